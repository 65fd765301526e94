// SPDX-License-Identifier: MPL-2.0

package redactserver_test

import (
	"context"
	"reflect"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// talkative is a server that says a text wherever it can.
type talkative struct {
	text   string
	schema *tfprotov6.GetProviderSchemaResponse
}

func (t talkative) diagnostics() []*tfprotov6.Diagnostic {
	return []*tfprotov6.Diagnostic{{Summary: "summary " + t.text, Detail: "detail " + t.text}}
}

// say puts the text into every field of a response that people read.
func say[R any](t talkative, response *R) (*R, error) {
	for _, field := range reflect.ValueOf(response).Elem().Fields() {
		switch field.Interface().(type) {
		case []*tfprotov6.Diagnostic:
			field.Set(reflect.ValueOf(t.diagnostics()))
		case *tfprotov6.FunctionError:
			field.Set(reflect.ValueOf(&tfprotov6.FunctionError{Text: t.text}))
		case string:
			field.SetString(t.text)
		}
	}
	return response, failure(t.text)
}

// failure is an error of a library.
type failure string

// Error implements error.
func (f failure) Error() string { return "failed: " + string(f) }

func (t talkative) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	response := *t.schema
	response.Diagnostics = t.diagnostics()
	return &response, nil
}

func (t talkative) ListResource(context.Context, *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	return &tfprotov6.ListResourceServerStream{Results: func(yield func(tfprotov6.ListResourceResult) bool) {
		yield(tfprotov6.ListResourceResult{Diagnostics: t.diagnostics()})
	}}, failure(t.text)
}

func (t talkative) InvokeAction(context.Context, *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	return &tfprotov6.InvokeActionServerStream{Events: func(yield func(tfprotov6.InvokeActionEvent) bool) {
		if yield(tfprotov6.InvokeActionEvent{Type: tfprotov6.ProgressInvokeActionEventType{Message: t.text}}) {
			yield(tfprotov6.InvokeActionEvent{Type: tfprotov6.CompletedInvokeActionEventType{Diagnostics: t.diagnostics()}})
		}
	}}, failure(t.text)
}

func (t talkative) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	return say(t, &tfprotov6.GetMetadataResponse{})
}

func (t talkative) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return say(t, &tfprotov6.GetResourceIdentitySchemasResponse{})
}

func (t talkative) ValidateProviderConfig(context.Context, *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return say(t, &tfprotov6.ValidateProviderConfigResponse{})
}

func (t talkative) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return say(t, &tfprotov6.ConfigureProviderResponse{})
}

func (t talkative) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return say(t, &tfprotov6.StopProviderResponse{})
}

func (t talkative) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return say(t, &tfprotov6.ValidateResourceConfigResponse{})
}

func (t talkative) UpgradeResourceState(context.Context, *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return say(t, &tfprotov6.UpgradeResourceStateResponse{})
}

func (t talkative) UpgradeResourceIdentity(context.Context, *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return say(t, &tfprotov6.UpgradeResourceIdentityResponse{})
}

func (t talkative) ReadResource(context.Context, *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return say(t, &tfprotov6.ReadResourceResponse{})
}

func (t talkative) PlanResourceChange(context.Context, *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return say(t, &tfprotov6.PlanResourceChangeResponse{})
}

func (t talkative) ApplyResourceChange(context.Context, *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return say(t, &tfprotov6.ApplyResourceChangeResponse{})
}

func (t talkative) ImportResourceState(context.Context, *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return say(t, &tfprotov6.ImportResourceStateResponse{})
}

func (t talkative) MoveResourceState(context.Context, *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	return say(t, &tfprotov6.MoveResourceStateResponse{})
}

func (t talkative) GenerateResourceConfig(context.Context, *tfprotov6.GenerateResourceConfigRequest) (*tfprotov6.GenerateResourceConfigResponse, error) {
	return say(t, &tfprotov6.GenerateResourceConfigResponse{})
}

func (t talkative) ValidateDataResourceConfig(context.Context, *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return say(t, &tfprotov6.ValidateDataResourceConfigResponse{})
}

func (t talkative) ReadDataSource(context.Context, *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return say(t, &tfprotov6.ReadDataSourceResponse{})
}

func (t talkative) GetFunctions(context.Context, *tfprotov6.GetFunctionsRequest) (*tfprotov6.GetFunctionsResponse, error) {
	return say(t, &tfprotov6.GetFunctionsResponse{})
}

func (t talkative) CallFunction(context.Context, *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return say(t, &tfprotov6.CallFunctionResponse{})
}

func (t talkative) ValidateEphemeralResourceConfig(context.Context, *tfprotov6.ValidateEphemeralResourceConfigRequest) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return say(t, &tfprotov6.ValidateEphemeralResourceConfigResponse{})
}

func (t talkative) OpenEphemeralResource(context.Context, *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return say(t, &tfprotov6.OpenEphemeralResourceResponse{})
}

func (t talkative) RenewEphemeralResource(context.Context, *tfprotov6.RenewEphemeralResourceRequest) (*tfprotov6.RenewEphemeralResourceResponse, error) {
	return say(t, &tfprotov6.RenewEphemeralResourceResponse{})
}

func (t talkative) CloseEphemeralResource(context.Context, *tfprotov6.CloseEphemeralResourceRequest) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return say(t, &tfprotov6.CloseEphemeralResourceResponse{})
}

func (t talkative) ValidateListResourceConfig(context.Context, *tfprotov6.ValidateListResourceConfigRequest) (*tfprotov6.ValidateListResourceConfigResponse, error) {
	return say(t, &tfprotov6.ValidateListResourceConfigResponse{})
}

func (t talkative) ValidateActionConfig(context.Context, *tfprotov6.ValidateActionConfigRequest) (*tfprotov6.ValidateActionConfigResponse, error) {
	return say(t, &tfprotov6.ValidateActionConfigResponse{})
}

func (t talkative) PlanAction(context.Context, *tfprotov6.PlanActionRequest) (*tfprotov6.PlanActionResponse, error) {
	return say(t, &tfprotov6.PlanActionResponse{})
}
