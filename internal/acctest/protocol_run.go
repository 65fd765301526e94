// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"net/http"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// ReadDataSource reads a data source; attributes that are left out are null. The
// values are nil when it failed.
func (p *Protocol) ReadDataSource(typeName string, attributes map[string]tftypes.Value) (map[string]tftypes.Value, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	schema, ok := p.schema.DataSourceSchemas[typeName]
	if !ok {
		p.t.Fatalf("the provider has no data source %s", typeName)
	}
	config := p.encode(Object(schema.ValueType(), attributes))
	validated, err := p.server.ValidateDataResourceConfig(p.context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: config})
	p.ran(err)
	if HasFailure(validated.Diagnostics) {
		return nil, validated.Diagnostics
	}
	response, err := p.server.ReadDataSource(p.context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: config})
	p.ran(err)
	if HasFailure(response.Diagnostics) {
		return nil, response.Diagnostics
	}
	state, err := response.State.Unmarshal(schema.ValueType())
	p.ran(err)
	return attributesOf(p.t, state), append(validated.Diagnostics, response.Diagnostics...)
}

// OnlyOnce lets no request be repeated.
func OnlyOnce(o *refold.Options) { o.MaxRetries = -1 }

// Stop interrupts everything that runs, as a CLI does after Ctrl-C.
func (p *Protocol) Stop() {
	p.t.Helper()
	_, err := p.server.StopProvider(p.context(), &tfprotov6.StopProviderRequest{})
	p.ran(err)
}

// StopAt interrupts a run while the request of that number, counted by method, is under way.
func (r *Refold) StopAt(run *Protocol, method string, number int32) {
	var arrived atomic.Int32
	r.Intercept(func(_ http.ResponseWriter, request *http.Request) bool {
		if request.Method == method && arrived.Add(1) == number {
			run.Stop()
		}
		return false
	})
}

// Validate checks a resource's configuration.
func (p *Protocol) Validate(typeName string, config tftypes.Value) []*tfprotov6.Diagnostic {
	p.t.Helper()
	return p.validateFor(typeName, config, &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true})
}

// ValidateByOlderCLI is Validate by a CLI before 1.11, which knows no write-only arguments, and
// tells of nothing that it can do.
func (p *Protocol) ValidateByOlderCLI(typeName string, config tftypes.Value) []*tfprotov6.Diagnostic {
	p.t.Helper()
	return p.validateFor(typeName, config, nil)
}

func (p *Protocol) validateFor(typeName string, config tftypes.Value, capabilities *tfprotov6.ValidateResourceConfigClientCapabilities) []*tfprotov6.Diagnostic {
	p.t.Helper()
	response, err := p.server.ValidateResourceConfig(p.context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: typeName, Config: p.encode(config), ClientCapabilities: capabilities,
	})
	p.ran(err)
	return response.Diagnostics
}
