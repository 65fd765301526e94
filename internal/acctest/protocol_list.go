// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"iter"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Listing is what a list block asks for.
type Listing struct {
	// Arguments that are left out are null.
	Arguments       map[string]tftypes.Value
	IncludeResource bool
	// Limit is 0 for none.
	Limit int64
}

// Listed is one result of a list resource. State and Identity are zero where there is none.
type Listed struct {
	DisplayName     string
	Identity, State tftypes.Value
	Diagnostics     []*tfprotov6.Diagnostic
}

// List lists a resource as `terraform query` does: it validates, then takes one
// result after the other.
func (p *Protocol) List(typeName string, listing Listing) iter.Seq[Listed] {
	p.t.Helper()
	server, canList := p.server.(tfprotov6.ListResourceServer)
	schema, isListed := p.schema.ListResourceSchemas[typeName]
	if !canList || !isListed {
		p.t.Fatalf("the provider has no list resource %s", typeName)
	}
	config := p.encode(Object(schema.ValueType(), listing.Arguments))
	validated, err := server.ValidateListResourceConfig(p.context(), &tfprotov6.ValidateListResourceConfigRequest{TypeName: typeName, Config: config})
	p.ran(err)
	if HasFailure(validated.Diagnostics) {
		return func(yield func(Listed) bool) { yield(Listed{Diagnostics: validated.Diagnostics}) }
	}
	stream, err := server.ListResource(p.context(), &tfprotov6.ListResourceRequest{
		TypeName: typeName, Config: config, IncludeResource: listing.IncludeResource, Limit: listing.Limit,
	})
	p.ran(err)
	return func(yield func(Listed) bool) {
		for result := range stream.Results {
			if !yield(p.listed(typeName, result)) {
				return
			}
		}
	}
}

func (p *Protocol) listed(typeName string, result tfprotov6.ListResourceResult) Listed {
	p.t.Helper()
	found := Listed{DisplayName: result.DisplayName, Diagnostics: result.Diagnostics}
	if result.Identity != nil && result.Identity.IdentityData != nil {
		identity, err := result.Identity.IdentityData.Unmarshal(p.identityType(typeName))
		p.ran(err)
		found.Identity = identity
	}
	if result.Resource != nil {
		found.State = p.decode(typeName, result.Resource)
	}
	return found
}

// IdentityOf is the identity of an instance.
func (p *Protocol) IdentityOf(typeName string, instance Instance) tftypes.Value {
	p.t.Helper()
	if instance.Identity == nil || instance.Identity.IdentityData == nil {
		p.t.Fatalf("the %s has no identity", typeName)
	}
	identity, err := instance.Identity.IdentityData.Unmarshal(p.identityType(typeName))
	p.ran(err)
	return identity
}

func (p *Protocol) identityType(typeName string) tftypes.Type {
	p.t.Helper()
	schemas, err := p.server.GetResourceIdentitySchemas(p.context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	p.ran(err)
	return schemas.IdentitySchemas[typeName].ValueType()
}

// Generated is the configuration that Terraform writes for a listed resource, of
// which 1.14 and later ask the provider.
func (p *Protocol) Generated(typeName string, state tftypes.Value) (tftypes.Value, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	response, err := p.server.GenerateResourceConfig(p.context(), &tfprotov6.GenerateResourceConfigRequest{TypeName: typeName, State: p.encode(state)})
	p.ran(err)
	return p.decode(typeName, response.Config), response.Diagnostics
}
