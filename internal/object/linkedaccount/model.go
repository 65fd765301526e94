// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"cmp"
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// model is the resource as configuration, plan or state.
type model struct {
	LinkedAccountID types.String `tfsdk:"linked_account_id"`
	Name            types.String `tfsdk:"name"`
	UDF             udf.Value    `tfsdk:"udf"`
	UDFExclusive    types.Bool   `tfsdk:"udf_exclusive"`
	YourApp         types.Object `tfsdk:"your_app"`
	AdoptExisting   types.Bool   `tfsdk:"adopt_existing"`
	ForceDestroy    types.Bool   `tfsdk:"force_destroy"`
	ownership.PolicyAttributes
	ID             types.String `tfsdk:"id"`
	OrganizationID types.String `tfsdk:"organization_id"`
	Environment    types.String `tfsdk:"environment"`
	CreatedAt      types.String `tfsdk:"created_at"`
	UpdatedAt      types.String `tfsdk:"updated_at"`
}

type yourApp struct {
	AppID types.String `tfsdk:"app_id"`
	credentials.Forms
}

// configured is the part of a plan that is configured, and with it what only the configuration
// holds. The rest of an apply's configuration is not to be acted on: Terraform hands it in as it is
// written, with the changes that lifecycle's ignore_changes keeps out of plans.
func (m model) configured(ctx context.Context, config model, diagnostics *diag.Diagnostics) model {
	if config.Name.IsNull() {
		m.Name = config.Name
	}
	if !config.UDF.IsSet() {
		m.UDF = config.UDF
	}
	m.YourApp = withWriteOnly(ctx, m.YourApp, config.YourApp, diagnostics)
	return m
}

// withoutIgnored takes out of what is configured what ignore_changes keeps as the state has it:
// somebody else's value at Refold may be newer than the plan.
func (m model) withoutIgnored(config, state model) model {
	if m.Name.Equal(state.Name) && !m.Name.Equal(config.Name) {
		m.Name = types.StringNull()
	}
	if m.UDF.IsSet() && m.UDF.Means(state.UDF) && !m.UDF.Means(config.UDF) {
		m.UDF = udf.Null()
	}
	return m
}

func withWriteOnly(ctx context.Context, planned, config types.Object, diagnostics *diag.Diagnostics) types.Object {
	app, written := readYourApp(ctx, planned, diagnostics), readYourApp(ctx, config, diagnostics)
	if app == nil || written == nil {
		return planned
	}
	app.Forms = app.WithWriteOnly(written.Forms)
	if credentials.HasNull(app.AuthCredentialsWO) {
		// There is nothing to send.
		app.AuthCredentialsWO = types.MapNull(types.StringType)
	}
	merged, problems := types.ObjectValueFrom(ctx, planned.AttributeTypes(ctx), app)
	diagnostics.Append(problems...)
	return merged
}

// desired reads a model whose values are all known.
func (m model) desired(ctx context.Context, diagnostics *diag.Diagnostics) reconcile.Desired {
	desired := reconcile.Desired{AccountID: m.LinkedAccountID.ValueString(), Name: m.Name.ValueStringPointer(), SharesUDF: m.sharesUDF()}
	if m.UDF.IsSet() {
		fields, err := m.UDF.ToJSON()
		if err != nil {
			diagnostics.Append(unsendableUDFError(desired.AccountID, err))
		}
		desired.UDF = (*refold.UDF)(&fields)
	}
	if app := readYourApp(ctx, m.YourApp, diagnostics); app != nil {
		desired.AppID = app.AppID.ValueString()
		desired.Credentials = app.credentials(ctx, diagnostics)
	}
	return desired
}

// fieldsDiffer reports whether what is configured of name or udf is not what the state holds.
func (m model) fieldsDiffer(state model) bool {
	return m.hasOtherName(state) || m.UDF.IsSet() && (state.sharesUDF() || !m.UDF.Means(state.UDF))
}

func (m model) hasOtherName(state model) bool {
	return !m.Name.IsNull() && m.Name.ValueString() != state.Name.ValueString()
}

// afterFailure is what the state holds after an update that failed half-way: what was written, so
// that the next plan shows the rest.
func (m model) afterFailure(failed reconcile.Outcome, plan model) model {
	left := m
	if failed.Upserted {
		left = plan
	}
	// Of credentials, the private state knows which are not as they were before.
	left.YourApp = m.YourApp
	return left
}

// readYourApp is nil for an object that is null or not known.
func readYourApp(ctx context.Context, object types.Object, diagnostics *diag.Diagnostics) *yourApp {
	if object.IsNull() || object.IsUnknown() {
		return nil
	}
	var app yourApp
	diagnostics.Append(object.As(ctx, &app, basetypes.ObjectAsOptions{})...)
	return &app
}

func (a *yourApp) credentials(ctx context.Context, diagnostics *diag.Diagnostics) map[string]string {
	form := a.Configured()
	credentials := make(map[string]string, len(form.Elements()))
	diagnostics.Append(form.ElementsAs(ctx, &credentials, false)...)
	return credentials
}

// appID is what a state says about the organization's own app, empty for nothing.
func (m model) appID(ctx context.Context, diagnostics *diag.Diagnostics) string {
	app := readYourApp(ctx, m.YourApp, diagnostics)
	if app == nil {
		return ""
	}
	return app.AppID.ValueString()
}

// givenUp is prior for an account that the state gives up.
func (m model) givenUp(ctx context.Context, app *credentials.DefaultApp, diagnostics *diag.Diagnostics) reconcile.Prior {
	prior := m.prior(app)
	prior.OwnAppID = m.appID(ctx, diagnostics)
	return prior
}

// readSentApp is readYourApp, and nil as well for an app that is only named: nothing is sent to
// Refold for that.
func readSentApp(ctx context.Context, object types.Object, diagnostics *diag.Diagnostics) *yourApp {
	if app := readYourApp(ctx, object, diagnostics); app != nil && !app.IsEmpty() {
		return app
	}
	return nil
}

// isWriteOnly reports whether the state holds the version instead of values.
func (a *yourApp) isWriteOnly() bool { return a.AuthCredentials.IsNull() }

// scope is where the state says that the account lives; unknown after an import or an account that
// could not be read back.
func (m model) scope() refold.Scope {
	return refold.Scope{OrganizationID: m.OrganizationID.ValueString(), Environment: m.Environment.ValueString()}
}

func (m model) subject() diagnose.Subject {
	return diagnose.LinkedAccount(m.LinkedAccountID.ValueString())
}

// prior is what a state and its private part know. Fields that cannot be sent cannot be written
// back either.
func (m model) prior(app *credentials.DefaultApp) reconcile.Prior {
	prior := reconcile.Prior{ID: m.ID.ValueString(), Scope: m.scope(), App: app, LacksUDF: !m.UDF.IsSet() || m.sharesUDF()}
	if fields, err := m.UDF.ToJSON(); err == nil && !prior.LacksUDF {
		prior.UDF = fields
	}
	return prior
}

// refresh replaces what Refold knows better. Credentials are not readable and stay as they are, and
// so does what an answer leaves out.
func (m *model) refresh(ctx context.Context, account *refold.LinkedAccount, diagnostics *diag.Diagnostics) {
	if account.UDF != nil || account.UDFError != nil {
		m.UDF = readUDF(ctx, account, diagnostics)
		m.Name = attribute.TextOrNull(account.Name)
	}
	m.LinkedAccountID = types.StringValue(account.AccountID)
	replace(&m.ID, account.ID)
	replace(&m.OrganizationID, account.OrganizationID)
	replace(&m.Environment, account.Environment)
	replace(&m.CreatedAt, account.CreatedAt)
	replace(&m.UpdatedAt, account.UpdatedAt)
	m.UDFExclusive = types.BoolValue(!m.sharesUDF())
	m.AdoptExisting = types.BoolValue(m.AdoptExisting.ValueBool())
	m.ForceDestroy = types.BoolValue(m.ForceDestroy.ValueBool())
}

// readUDF is null, with a warning, for fields that Terraform cannot hold. No other object is to
// suffer from them.
func readUDF(ctx context.Context, account *refold.LinkedAccount, diagnostics *diag.Diagnostics) udf.Value {
	fields, err := udf.FromJSON(ctx, account.UDF)
	if err = cmp.Or(account.UDFError, err); err != nil {
		diagnostics.Append(heldBackUDFWarning(account.AccountID, err))
		return udf.Null()
	}
	return fields
}

// complete fills in what the plan left open after a write: from what is known of the account, else
// from prior. What was planned stays: Terraform accepts nothing else.
func (m *model) complete(ctx context.Context, account *refold.LinkedAccount, prior model, diagnostics *diag.Diagnostics) {
	answered := prior
	answered.UDFExclusive = m.UDFExclusive
	if account != nil {
		answered.refresh(ctx, answered.managedOf(account), diagnostics)
	}
	fill(&m.Name, answered.Name)
	fill(&m.ID, answered.ID)
	fill(&m.OrganizationID, answered.OrganizationID)
	fill(&m.Environment, answered.Environment)
	fill(&m.CreatedAt, answered.CreatedAt)
	fill(&m.UpdatedAt, answered.UpdatedAt)
	switch {
	case !m.UDF.IsUnknown():
	case m.sharesUDF():
		m.UDF = udf.Empty()
	default:
		m.UDF = answered.UDF
	}
}

func replace(known *types.String, text string) {
	if text != "" {
		*known = types.StringValue(text)
	}
}

func fill(planned *types.String, answered types.String) {
	if planned.IsUnknown() {
		*planned = answered
	}
}
