// SPDX-License-Identifier: MPL-2.0

package config

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Schema implements resource.Resource.
func (r *configResource) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	account := attribute.LinkedAccountIDInResource("The account has to exist; refer to the `linked_account_id` of its resource. Changing it deletes the config and makes another one.")
	account.Validators = append(account.Validators, attribute.InHeader())
	slug := attribute.SlugInResource("Refer to the `slug` of the `refold_integration` that connects it, if there is one, so that both are made and deleted in the right order. Changing it deletes the config and makes another one.")
	slug.Validators = append(slug.Validators, attribute.InHeader())
	response.Schema = schema.Schema{
		MarkdownDescription: "The configuration of an app for a linked account: what Refold's dialog *Configure* shows. Only the fields and workflows that are given are managed; what the customer sets beside them stays.\n\n" +
			"~> **Deleting a config deletes all that is set in it**, also by the customer. See `force_destroy` and `deletion_policy`. (No CLI shows what goes with a replacement that `-replace` or `replace_triggered_by` asks for.)",
		Attributes: map[string]schema.Attribute{
			"linked_account_id": account,
			"slug":              slug,
			"config_id": schema.StringAttribute{
				Optional:            true,
				Computed:            true,
				MarkdownDescription: "Which config of the app, for an app that has several for one account; case-sensitive. Defaults to the account's id, which is that of the config that the customer sees. Changing it deletes the config and makes another one; taking it out of the configuration changes nothing.",
				Validators:          []validator.String{configID()},
				PlanModifiers:       []planmodifier.String{accountByDefault{}, stringplanmodifier.RequiresReplace()},
			},
			"fields": schema.DynamicAttribute{
				CustomType: Type{},
				Optional:   true,
				MarkdownDescription: "The values of the app's fields, as an object or a map of field id to any value: text, number, bool, list or object, as Refold has the field (the data source `refold_config` shows ids and values). Types count: `\"25\"` is not 25. " +
					"Only the fields that are given are managed. One that is taken out goes back to its default, unless it was only imported and never applied; null is as if it was left out. Workflows may have fields of their own, which only Refold's dashboard changes; messages name them as `WORKFLOW: FIELD`.",
				Validators:    []validator.Dynamic{Validator()},
				PlanModifiers: []planmodifier.Dynamic{KeepEqualState()},
			},
			"workflows": schema.MapAttribute{
				ElementType:         types.BoolType,
				Optional:            true,
				MarkdownDescription: "Which workflows are switched on, by their ids. Only those that are given are managed. One that is taken out stays as it is. Refold switches workflows only where the app is connected.",
			},
			"adopt_existing": attribute.OffByDefaultInResource("Take over a config that exists already, whatever is set in it: what is configured here is set, and everything else stays. " +
				"Defaults to `false`: a config in which something else is set than here is then an error that shows how to import it. One that holds nothing else is taken over in any case: Refold may make one when an app is connected."),
			"force_destroy":             attribute.OffByDefaultInResource("Delete the config even where it holds values that are not managed here: the customer's own settings, those in fields of workflows among them (`WORKFLOW: FIELD`). Defaults to `false`: the deletion is then refused, and they are named. Has to be applied before the deletion."),
			"deletion_policy":           attribute.DeletionPolicyInResource("to the config when it is destroyed or replaced"),
			"effective_deletion_policy": attribute.EffectiveDeletionPolicyInResource(),
			"field_errors": schema.ListAttribute{
				ElementType:         types.StringType,
				Computed:            true,
				MarkdownDescription: "What Refold finds wrong with the values of fields, in its own words. Each apply that writes warns of it, and so does each plan that has nothing to send.",
			},
			"organization_id": attribute.OrganizationIDInResource(),
			"environment":     attribute.EnvironmentInResource(),
		},
	}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *configResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, response *resource.IdentitySchemaResponse) {
	response.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"linked_account_id": attribute.LinkedAccountIDInIdentity(),
		"slug":              attribute.SlugInIdentity(),
		"config_id":         identityschema.StringAttribute{OptionalForImport: true, Description: "Which config of the app; the account's id by default."},
	}}
}

// IdentityOrder implements providerdata.Identified.
func (r *configResource) IdentityOrder() []string {
	return []string{"linked_account_id", "slug", "config_id"}
}

// accountByDefault plans the account's id where no id is configured. What was imported or made by
// another one keeps that, as long as it is the same app of the same account.
type accountByDefault struct{}

// Description implements planmodifier.Describer.
func (accountByDefault) Description(context.Context) string { return "the account's id by default" }

// MarkdownDescription implements planmodifier.Describer.
func (a accountByDefault) MarkdownDescription(ctx context.Context) string { return a.Description(ctx) }

// PlanModifyString implements planmodifier.String.
func (accountByDefault) PlanModifyString(ctx context.Context, request planmodifier.StringRequest, response *planmodifier.StringResponse) {
	if !request.ConfigValue.IsNull() {
		return
	}
	response.Diagnostics.Append(request.Plan.GetAttribute(ctx, path.Root("linked_account_id"), &response.PlanValue)...)
	if request.State.Raw.IsNull() {
		return
	}
	for _, name := range []string{"linked_account_id", "slug"} {
		var before, after types.String
		response.Diagnostics.Append(request.State.GetAttribute(ctx, path.Root(name), &before)...)
		response.Diagnostics.Append(request.Plan.GetAttribute(ctx, path.Root(name), &after)...)
		if !after.Equal(before) {
			return
		}
	}
	response.PlanValue = request.StateValue
}

// allOf is what every one of its validators accepts.
type allOf []validator.String

// Description implements validator.Describer.
func (allOf) Description(context.Context) string { return "must be accepted by each of several rules" }

// MarkdownDescription implements validator.Describer.
func (a allOf) MarkdownDescription(ctx context.Context) string { return a.Description(ctx) }

// ValidateString implements validator.String.
func (a allOf) ValidateString(ctx context.Context, request validator.StringRequest, response *validator.StringResponse) {
	for _, one := range a {
		one.ValidateString(ctx, request, response)
	}
}

// configID refuses what no path can carry, as refold_linked_account does of ids of accounts.
func configID() validator.String {
	return attribute.TextValidator{Rule: "must be fit for an id", Check: func(at path.Path, id string) diag.Diagnostic {
		err := refold.CheckLinkedAccountID(id)
		if err == nil {
			return nil
		}
		return diag.NewAttributeErrorDiagnostic(at, "Not usable as the id of a config", fmt.Sprintf(
			"%q cannot be the id of a config: %s. Write it as Refold has it, or leave it out (null) for the account's id.", id, err))
	}}
}
