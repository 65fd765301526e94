// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// schemaKey is where tfplugindocs looks for a provider that is given by its short name.
const schemaKey = "registry.terraform.io/hashicorp/" + providerName

// schemaServer is the part of a provider that describes it; a tfprotov6.ProviderServer is one.
type schemaServer interface {
	GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error)
	GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error)
}

// readSchema asks a provider for its schemas, in the form in which a CLI prints them. A CLI prints
// only the kinds of object that it knows itself, so the pages would depend on which one is
// installed.
func readSchema(ctx context.Context, server schemaServer) (*tfjson.ProviderSchema, error) {
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, fmt.Errorf("ask the provider for its schemas: %w", err)
	}
	if err := errorOf(schemas.Diagnostics); err != nil {
		return nil, fmt.Errorf("ask the provider for its schemas: %w", err)
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, fmt.Errorf("ask the provider for its identity schemas: %w", err)
	}
	if err := errorOf(identities.Diagnostics); err != nil {
		return nil, fmt.Errorf("ask the provider for its identity schemas: %w", err)
	}
	return convertProvider(schemas, identities.IdentitySchemas)
}

func convertProvider(schemas *tfprotov6.GetProviderSchemaResponse, identities map[string]*tfprotov6.ResourceIdentitySchema) (*tfjson.ProviderSchema, error) {
	var failures [9]error
	var provider tfjson.ProviderSchema
	provider.ConfigSchema, failures[0] = convertSchema(schemas.Provider)
	provider.ResourceSchemas, failures[1] = convertAll(schemas.ResourceSchemas, convertSchema)
	provider.DataSourceSchemas, failures[2] = convertAll(schemas.DataSourceSchemas, convertSchema)
	provider.EphemeralResourceSchemas, failures[3] = convertAll(schemas.EphemeralResourceSchemas, convertSchema)
	provider.ListResourceSchemas, failures[4] = convertAll(schemas.ListResourceSchemas, convertSchema)
	provider.StateStoreSchemas, failures[5] = convertAll(schemas.StateStoreSchemas, convertSchema)
	provider.ActionSchemas, failures[6] = convertAll(schemas.ActionSchemas, convertAction)
	provider.Functions, failures[7] = convertAll(schemas.Functions, convertFunction)
	provider.ResourceIdentitySchemas, failures[8] = convertAll(identities, convertIdentity)
	return &provider, errors.Join(failures[:]...)
}

func convertAll[From, To any](all map[string]From, convert func(From) (To, error)) (map[string]To, error) {
	if len(all) == 0 {
		return nil, nil
	}
	converted := make(map[string]To, len(all))
	for name, one := range all {
		var err error
		if converted[name], err = convert(one); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return converted, nil
}

func errorOf(diagnostics []*tfprotov6.Diagnostic) error {
	var failures []error
	for _, diagnostic := range diagnostics {
		if diagnostic.Severity == tfprotov6.DiagnosticSeverityError {
			failures = append(failures, fmt.Errorf("%s: %s", diagnostic.Summary, diagnostic.Detail))
		}
	}
	return errors.Join(failures...)
}
