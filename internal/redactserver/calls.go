// SPDX-License-Identifier: MPL-2.0

package redactserver

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// GetMetadata implements tfprotov6.ProviderServer.
func (s *server) GetMetadata(ctx context.Context, request *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	return call(ctx, s, nil, request, s.next.GetMetadata)
}

// GetProviderSchema implements tfprotov6.ProviderServer.
func (s *server) GetProviderSchema(ctx context.Context, request *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return call(ctx, s, nil, request, s.next.GetProviderSchema)
}

// GetResourceIdentitySchemas implements tfprotov6.ProviderServer.
func (s *server) GetResourceIdentitySchemas(ctx context.Context, request *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return call(ctx, s, nil, request, s.next.GetResourceIdentitySchemas)
}

// ValidateProviderConfig implements tfprotov6.ProviderServer.
func (s *server) ValidateProviderConfig(ctx context.Context, request *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return call(ctx, s, s.known(ctx).provider, request, s.next.ValidateProviderConfig)
}

// ConfigureProvider implements tfprotov6.ProviderServer.
func (s *server) ConfigureProvider(ctx context.Context, request *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return call(ctx, s, s.known(ctx).provider, request, s.next.ConfigureProvider)
}

// StopProvider implements tfprotov6.ProviderServer.
func (s *server) StopProvider(ctx context.Context, request *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return call(ctx, s, nil, request, s.next.StopProvider)
}

// ValidateResourceConfig implements tfprotov6.ProviderServer.
func (s *server) ValidateResourceConfig(ctx context.Context, request *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return call(ctx, s, s.known(ctx).resources[request.TypeName], request, s.next.ValidateResourceConfig)
}

// UpgradeResourceIdentity implements tfprotov6.ProviderServer.
func (s *server) UpgradeResourceIdentity(ctx context.Context, request *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return call(ctx, s, nil, request, s.next.UpgradeResourceIdentity)
}

// ReadResource implements tfprotov6.ProviderServer.
func (s *server) ReadResource(ctx context.Context, request *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return call(ctx, s, s.known(ctx).resources[request.TypeName], request, s.next.ReadResource)
}

// PlanResourceChange implements tfprotov6.ProviderServer.
func (s *server) PlanResourceChange(ctx context.Context, request *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return call(ctx, s, s.known(ctx).resources[request.TypeName], request, s.next.PlanResourceChange)
}

// ApplyResourceChange implements tfprotov6.ProviderServer.
func (s *server) ApplyResourceChange(ctx context.Context, request *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return call(ctx, s, s.known(ctx).resources[request.TypeName], request, s.next.ApplyResourceChange)
}

// ImportResourceState implements tfprotov6.ProviderServer.
func (s *server) ImportResourceState(ctx context.Context, request *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return call(ctx, s, s.known(ctx).resources[request.TypeName], request, s.next.ImportResourceState)
}

// MoveResourceState implements tfprotov6.ProviderServer.
func (s *server) MoveResourceState(ctx context.Context, request *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	return call(ctx, s, s.known(ctx).resources[request.TargetTypeName], request, s.next.MoveResourceState)
}

// GenerateResourceConfig implements tfprotov6.ProviderServer.
func (s *server) GenerateResourceConfig(ctx context.Context, request *tfprotov6.GenerateResourceConfigRequest) (*tfprotov6.GenerateResourceConfigResponse, error) {
	return call(ctx, s, s.known(ctx).resources[request.TypeName], request, s.next.GenerateResourceConfig)
}

// ValidateDataResourceConfig implements tfprotov6.ProviderServer.
func (s *server) ValidateDataResourceConfig(ctx context.Context, request *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return call(ctx, s, s.known(ctx).dataSources[request.TypeName], request, s.next.ValidateDataResourceConfig)
}

// ReadDataSource implements tfprotov6.ProviderServer.
func (s *server) ReadDataSource(ctx context.Context, request *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return call(ctx, s, s.known(ctx).dataSources[request.TypeName], request, s.next.ReadDataSource)
}

// GetFunctions implements tfprotov6.ProviderServer.
func (s *server) GetFunctions(ctx context.Context, request *tfprotov6.GetFunctionsRequest) (*tfprotov6.GetFunctionsResponse, error) {
	return call(ctx, s, nil, request, s.next.GetFunctions)
}

// CallFunction implements tfprotov6.ProviderServer.
func (s *server) CallFunction(ctx context.Context, request *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return call(ctx, s, nil, request, s.next.CallFunction)
}

// ValidateEphemeralResourceConfig implements tfprotov6.ProviderServer.
func (s *server) ValidateEphemeralResourceConfig(ctx context.Context, request *tfprotov6.ValidateEphemeralResourceConfigRequest) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return call(ctx, s, s.known(ctx).ephemeralResources[request.TypeName], request, s.next.ValidateEphemeralResourceConfig)
}

// OpenEphemeralResource implements tfprotov6.ProviderServer.
func (s *server) OpenEphemeralResource(ctx context.Context, request *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return call(ctx, s, s.known(ctx).ephemeralResources[request.TypeName], request, s.next.OpenEphemeralResource)
}

// RenewEphemeralResource implements tfprotov6.ProviderServer.
func (s *server) RenewEphemeralResource(ctx context.Context, request *tfprotov6.RenewEphemeralResourceRequest) (*tfprotov6.RenewEphemeralResourceResponse, error) {
	return call(ctx, s, s.known(ctx).ephemeralResources[request.TypeName], request, s.next.RenewEphemeralResource)
}

// CloseEphemeralResource implements tfprotov6.ProviderServer.
func (s *server) CloseEphemeralResource(ctx context.Context, request *tfprotov6.CloseEphemeralResourceRequest) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return call(ctx, s, s.known(ctx).ephemeralResources[request.TypeName], request, s.next.CloseEphemeralResource)
}

// ValidateListResourceConfig implements tfprotov6.ListResourceServer.
func (s *server) ValidateListResourceConfig(ctx context.Context, request *tfprotov6.ValidateListResourceConfigRequest) (*tfprotov6.ValidateListResourceConfigResponse, error) {
	return call(ctx, s, s.known(ctx).lists[request.TypeName], request, s.next.ValidateListResourceConfig)
}

// ValidateActionConfig implements tfprotov6.ActionServer.
func (s *server) ValidateActionConfig(ctx context.Context, request *tfprotov6.ValidateActionConfigRequest) (*tfprotov6.ValidateActionConfigResponse, error) {
	return call(ctx, s, s.known(ctx).actions[request.ActionType], request, s.next.ValidateActionConfig)
}

// PlanAction implements tfprotov6.ActionServer.
func (s *server) PlanAction(ctx context.Context, request *tfprotov6.PlanActionRequest) (*tfprotov6.PlanActionResponse, error) {
	return call(ctx, s, s.known(ctx).actions[request.ActionType], request, s.next.PlanAction)
}
