// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// InvokeAction validates, plans and invokes an action, as a CLI of 1.14 or later
// does; attributes that are left out are null. It returns the progress messages.
func (p *Protocol) InvokeAction(typeName string, attributes map[string]tftypes.Value) ([]string, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	server, ok := p.server.(tfprotov6.ActionServer)
	schema, known := p.schema.ActionSchemas[typeName]
	if !ok || !known {
		p.t.Fatalf("the provider has no action %s", typeName)
	}
	config := p.encode(Object(schema.Schema.ValueType(), attributes))
	validated, err := server.ValidateActionConfig(p.context(), &tfprotov6.ValidateActionConfigRequest{ActionType: typeName, Config: config})
	p.ran(err)
	if HasFailure(validated.Diagnostics) {
		return nil, validated.Diagnostics
	}
	planned, err := server.PlanAction(p.context(), &tfprotov6.PlanActionRequest{ActionType: typeName, Config: config})
	p.ran(err)
	if HasFailure(planned.Diagnostics) {
		return nil, planned.Diagnostics
	}
	stream, err := server.InvokeAction(p.context(), &tfprotov6.InvokeActionRequest{ActionType: typeName, Config: config})
	p.ran(err)
	var messages []string
	diagnostics := append(validated.Diagnostics, planned.Diagnostics...)
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			messages = append(messages, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			diagnostics = append(diagnostics, event.Diagnostics...)
		}
	}
	return messages, diagnostics
}
