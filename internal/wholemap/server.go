// SPDX-License-Identifier: MPL-2.0

package wholemap

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/redactserver"
)

// NewServer makes a server in front of the framework's that keeps the whole maps of a plan out of
// its hands. The framework sees short stand-ins; Restore puts the maps back before a resource
// plans, and a plan of one that does not call it is an error.
func NewServer(next redactserver.Server, providerTypeName string, resources []func() resource.Resource) redactserver.Server {
	return &server{Server: next, wholeMaps: sync.OnceValue(func() map[string]map[string]tftypes.Type {
		return find(providerTypeName, resources)
	})}
}

type server struct {
	redactserver.Server
	// wholeMaps are the types of the attributes by resource and name.
	wholeMaps func() map[string]map[string]tftypes.Type
}

// find looks through the schemas of resources.
func find(providerTypeName string, resources []func() resource.Resource) map[string]map[string]tftypes.Type {
	found := map[string]map[string]tftypes.Type{}
	for _, construct := range resources {
		ctx, made := context.Background(), construct()
		var metadata resource.MetadataResponse
		made.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: providerTypeName}, &metadata)
		var offered resource.SchemaResponse
		made.Schema(ctx, resource.SchemaRequest{}, &offered)
		for name, attribute := range offered.Schema.Attributes {
			if whole, isWhole := attribute.GetType().(Type); isWhole {
				if found[metadata.TypeName] == nil {
					found[metadata.TypeName] = map[string]tftypes.Type{}
				}
				found[metadata.TypeName][name] = whole.TerraformType(ctx)
			}
		}
	}
	return found
}

// PlanResourceChange implements tfprotov6.ProviderServer.
func (s *server) PlanResourceChange(ctx context.Context, request *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	wholeMaps := s.wholeMaps()[request.TypeName]
	if len(wholeMaps) == 0 {
		return s.Server.PlanResourceChange(ctx, request)
	}
	taken := &taken{types: wholeMaps}
	shortened := *request
	shortened.PriorState, taken.state = taken.takeFrom(request.PriorState)
	shortened.ProposedNewState, taken.plan = taken.takeFrom(request.ProposedNewState)
	shortened.Config, taken.config = taken.takeFrom(request.Config)
	response, err := s.Server.PlanResourceChange(context.WithValue(ctx, takenKey{}, taken), &shortened)
	if err != nil || response == nil || taken.isRestored {
		return response, err
	}
	if response.Deferred == nil && !hasError(response.Diagnostics) && len(taken.plan)+len(taken.state) > 0 {
		return nil, fmt.Errorf("%s planned without its whole maps; it has to call wholemap.Restore", request.TypeName)
	}
	response.PlannedState = taken.putBack(response.PlannedState)
	return response, nil
}

func hasError(diagnostics []*tfprotov6.Diagnostic) bool {
	return slices.ContainsFunc(diagnostics, func(one *tfprotov6.Diagnostic) bool {
		return one.Severity == tfprotov6.DiagnosticSeverityError
	})
}

type takenKey struct{}

// taken is what the framework does not see of a plan: maps by attribute.
type taken struct {
	types               map[string]tftypes.Type
	config, state, plan map[string]wholeMap
	// isRestored is true once the resource has them.
	isRestored bool
}

// wholeMap is a map, and how the protocol has encoded it.
type wholeMap struct {
	encoded []byte
	value   tftypes.Value
}

// What the framework sees in place of maps. It looks for a difference between state and plan, and
// for null.
var (
	differsFromState = []byte{0xd4, 0, 0} // not known
	isAsInState      = []byte{0x80}       // empty
)

func isStandIn(encoded []byte) bool {
	return bytes.Equal(encoded, differsFromState) || bytes.Equal(encoded, isAsInState)
}

// takeFrom replaces the whole maps of an object by stand-ins, and keeps them. What it cannot read,
// and what is null or not known, is left to the framework. The state has to come first.
func (t *taken) takeFrom(object *tfprotov6.DynamicValue) (*tfprotov6.DynamicValue, map[string]wholeMap) {
	if object == nil {
		return nil, nil
	}
	maps := map[string]wholeMap{}
	replaced, err := replace(object.MsgPack, func(name string, encoded []byte) ([]byte, error) {
		if t.types[name] == nil || !isMap(encoded) {
			return encoded, nil
		}
		value, err := t.decode(name, encoded)
		if err != nil {
			return nil, err
		}
		maps[name] = wholeMap{encoded, value}
		if before, exists := t.state[name]; t.state != nil && !(exists && before.equal(maps[name])) {
			return differsFromState, nil
		}
		return isAsInState, nil
	})
	if err != nil {
		return object, nil
	}
	return &tfprotov6.DynamicValue{MsgPack: replaced}, maps
}

// equal compares what may be encoded in another order.
func (m wholeMap) equal(other wholeMap) bool {
	return bytes.Equal(m.encoded, other.encoded) || len(m.encoded) == len(other.encoded) && m.value.Equal(other.value)
}

// decode reads what is the same in state, plan and configuration only once.
func (t *taken) decode(name string, encoded []byte) (tftypes.Value, error) {
	for _, maps := range []map[string]wholeMap{t.state, t.plan} {
		if known, exists := maps[name]; exists && bytes.Equal(known.encoded, encoded) {
			return known.value, nil
		}
	}
	return (&tfprotov6.DynamicValue{MsgPack: encoded}).Unmarshal(t.types[name])
}

// putBack replaces stand-ins, which a plan that has ended early still shows, by what was proposed.
func (t *taken) putBack(object *tfprotov6.DynamicValue) *tfprotov6.DynamicValue {
	if object == nil {
		return nil
	}
	replaced, err := replace(object.MsgPack, func(name string, encoded []byte) ([]byte, error) {
		if planned, wasTaken := t.plan[name]; wasTaken && isStandIn(encoded) {
			return planned.encoded, nil
		}
		return encoded, nil
	})
	if err != nil {
		return object
	}
	return &tfprotov6.DynamicValue{MsgPack: replaced}
}
