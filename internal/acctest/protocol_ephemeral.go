// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Opened is what a CLI keeps of an ephemeral resource while it is open.
type Opened struct {
	Result  tftypes.Value
	Private []byte
	RenewAt time.Time
}

// Text is a text of the result, empty for null.
func (o Opened) Text(t testing.TB, name string) string {
	t.Helper()
	var text *string
	if err := attributesOf(t, o.Result)[name].As(&text); err != nil {
		t.Fatal(err)
	}
	if text == nil {
		return ""
	}
	return *text
}

// OpenEphemeral validates and opens an ephemeral resource, as a CLI does;
// attributes that are left out are null.
func (p *Protocol) OpenEphemeral(typeName string, attributes map[string]tftypes.Value) (Opened, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	validated := p.ValidateEphemeral(typeName, attributes)
	if HasFailure(validated) {
		return Opened{}, validated
	}
	config := p.encode(Object(p.ephemeralType(typeName), attributes))
	response, err := p.server.OpenEphemeralResource(p.context(), &tfprotov6.OpenEphemeralResourceRequest{TypeName: typeName, Config: config})
	p.ran(err)
	result, err := response.Result.Unmarshal(p.ephemeralType(typeName))
	p.ran(err)
	return Opened{Result: result, Private: response.Private, RenewAt: response.RenewAt}, append(validated, response.Diagnostics...)
}

// CloseEphemeral closes what was opened.
func (p *Protocol) CloseEphemeral(typeName string, opened Opened) []*tfprotov6.Diagnostic {
	p.t.Helper()
	response, err := p.server.CloseEphemeralResource(p.context(), &tfprotov6.CloseEphemeralResourceRequest{TypeName: typeName, Private: opened.Private})
	p.ran(err)
	return response.Diagnostics
}

// ValidateEphemeral validates the configuration of an ephemeral resource, in
// which values may be unknown.
func (p *Protocol) ValidateEphemeral(typeName string, attributes map[string]tftypes.Value) []*tfprotov6.Diagnostic {
	p.t.Helper()
	response, err := p.server.ValidateEphemeralResourceConfig(p.context(), &tfprotov6.ValidateEphemeralResourceConfigRequest{
		TypeName: typeName, Config: p.encode(Object(p.ephemeralType(typeName), attributes)),
	})
	p.ran(err)
	return response.Diagnostics
}

func (p *Protocol) ephemeralType(typeName string) tftypes.Type {
	p.t.Helper()
	schema, ok := p.schema.EphemeralResourceSchemas[typeName]
	if !ok {
		p.t.Fatalf("the provider has no ephemeral resource %s", typeName)
	}
	return schema.ValueType()
}
