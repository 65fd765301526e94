// SPDX-License-Identifier: MPL-2.0

// Package config offers Refold's configs to Terraform: what is configured of an app for an account.
package config

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var _ datasource.DataSourceWithConfigure = (*configDataSource)(nil)

type configDataSource struct{ providerdata.DataSource }

// NewDataSource makes the data source refold_config.
func NewDataSource() datasource.DataSource {
	return &configDataSource{providerdata.DataSource{Name: "config"}}
}

// Schema implements datasource.DataSource.
func (d *configDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, response *datasource.SchemaResponse) {
	response.Schema = schema.Schema{
		MarkdownDescription: "Reads the configuration of an app for a linked account: what Refold's dialog *Configure* shows. The ids of its fields and workflows are those that the resource `refold_config` takes.",
		Attributes: map[string]schema.Attribute{
			"linked_account_id": attribute.HeaderLinkedAccountIDInDataSource(),
			"slug":              attribute.SlugInDataSource(),
			"config_id": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Which of the account's configs of the app, case-sensitive. One that does not exist is an error. Defaults to the account's id, which is that of the config that a customer sees.",
				Validators:          []validator.String{configID()},
			},
			"fields": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The fields, in Refold's order.",
				NestedObject:        schema.NestedAttributeObject{Attributes: fieldAttributes()},
			},
			"workflows": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The workflows that the app has for the account, in Refold's order.",
				NestedObject:        schema.NestedAttributeObject{Attributes: workflowAttributes()},
			},
			"field_errors": schema.ListAttribute{
				ElementType: types.StringType, Computed: true,
				MarkdownDescription: "What is wrong with the values of fields, in Refold's words.",
			},
		},
	}
}

func fieldAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":   attribute.ComputedInDataSource("The key of the field in `fields` of the resource `refold_config`."),
		"name": attribute.ComputedInDataSource("What Refold's dialog calls it."),
		"type": attribute.ComputedInDataSource("What kind of field it is, for example `text`, `number`, `select` or `map`."),
		"required": schema.BoolAttribute{
			Computed: true, MarkdownDescription: "Whether it needs a value.",
		},
		"value":   attribute.ComputedInDataSource("Its value as JSON, for `jsondecode`; null for a field that has none of its own, for which the default counts. Some servers show the default here as well."),
		"default": attribute.ComputedInDataSource("Its default as JSON, or null."),
		"options": attribute.ComputedInDataSource("What may be chosen, as JSON, in the form that Refold gives it, or null. Refold may ask the app for it."),
	}
}

func workflowAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":          attribute.ComputedInDataSource("The key of the workflow in `workflows` of the resource `refold_config`."),
		"name":        attribute.ComputedInDataSource("Display name."),
		"description": attribute.ComputedInDataSource("What it does, where Refold says."),
		"enabled": schema.BoolAttribute{
			Computed: true, MarkdownDescription: "Whether it is switched on in this config.",
		},
	}
}

// Read implements datasource.DataSource.
func (d *configDataSource) Read(ctx context.Context, request datasource.ReadRequest, response *datasource.ReadResponse) {
	var data dataSourceModel
	response.Diagnostics.Append(request.Config.Get(ctx, &data)...)
	client := d.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	key := data.key()
	config, err := client.Config(ctx, key, true)
	switch refold.KindOf(err) {
	case refold.NotFound:
		// Only helps to find a misspelt id, so what goes wrong here is not worth a word.
		others, _ := client.ConfigIDs(ctx, key.AccountID, key.Slug)
		response.Diagnostics.Append(missingError(key, others, err))
		return
	case refold.ApplicationNotFound:
		response.Diagnostics.Append(unknownAppError(key, err))
		return
	}
	if err != nil {
		response.Diagnostics.Append(diagnose.AccountFailure("read", dependant.Config(key).Subject(), diagnose.DataSourceWaits, err))
		return
	}
	data.show(key, config)
	response.Diagnostics.Append(response.State.Set(ctx, &data)...)
}
