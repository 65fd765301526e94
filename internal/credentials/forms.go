// SPDX-License-Identifier: MPL-2.0

// Package credentials is how resources hold the credentials of the organization's own app, which
// Refold stores for an account and never returns: their two forms, what is remembered of them, and
// what a change of them takes.
package credentials

import (
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
)

// Forms are the two forms in which credentials are configured: in plain text, which the state
// holds, and write-only, of which it holds the version. Embed it in the model of the object that
// has these attributes.
type Forms struct {
	AuthCredentials          types.Map    `tfsdk:"auth_credentials"`
	AuthCredentialsWO        types.Map    `tfsdk:"auth_credentials_wo"`
	AuthCredentialsWOVersion types.String `tfsdk:"auth_credentials_wo_version"`
}

// Configured is whichever form is set, and null for none.
func (f Forms) Configured() types.Map {
	if !f.AuthCredentialsWO.IsNull() {
		return f.AuthCredentialsWO
	}
	return f.AuthCredentials
}

// WithWriteOnly adds to the forms of a plan what only the configuration holds, unless the plan is
// about the other form: lifecycle's ignore_changes may keep that.
func (f Forms) WithWriteOnly(config Forms) Forms {
	if !f.AuthCredentialsWOVersion.IsNull() {
		f.AuthCredentialsWO = config.AuthCredentialsWO
	}
	return f
}

// IsEmpty reports whether neither form is configured, not even by its version.
func (f Forms) IsEmpty() bool {
	return f.AuthCredentials.IsNull() && f.AuthCredentialsWO.IsNull() && f.AuthCredentialsWOVersion.IsNull()
}

// LacksValues reports whether write-only credentials are configured, by their version, and are
// null: perhaps the variable that they come from is not set in this run.
func (f Forms) LacksValues() bool {
	return !f.AuthCredentialsWOVersion.IsNull() && f.AuthCredentials.IsNull() && f.AuthCredentialsWO.IsNull()
}

// IsOther reports whether a planned version, or the id of an app, is not that of the state. What is
// not known yet is not.
func IsOther(prior, planned types.String) bool { return !planned.IsUnknown() && !planned.Equal(prior) }

// HasNull reports whether the credentials of an account are null, or one of them is.
func HasNull(ofAccount types.Map) bool {
	if ofAccount.IsNull() {
		return true
	}
	for _, value := range ofAccount.Elements() {
		if value.IsNull() {
			return true
		}
	}
	return false
}

// Check refuses both forms at once, and a version with the plain form. Write-only values may be
// null as long as nothing sends them (LacksValues). At is where the attributes are.
func (f Forms) Check(at path.Path, diagnostics *diag.Diagnostics) {
	plain, writeOnly, version := f.AuthCredentials, f.AuthCredentialsWO, f.AuthCredentialsWOVersion
	switch {
	case !plain.IsNull() && !writeOnly.IsNull():
		diagnostics.AddAttributeError(at.AtName("auth_credentials"), "Two forms of credentials at once",
			"Both `auth_credentials` and `auth_credentials_wo` are set. Keep one; `auth_credentials_wo` keeps the values out of the state.")
	case !writeOnly.IsNull() && version.IsNull():
		diagnostics.AddAttributeError(at.AtName("auth_credentials_wo_version"), "Write-only credentials need a version",
			"Terraform does not store `auth_credentials_wo`, so only a version tells when to send it again. `auth_credentials_wo_version` is left out, or null, perhaps because a variable is. Give it a value, such as 1.")
	case !plain.IsNull() && !version.IsNull():
		diagnostics.AddAttributeError(at.AtName("auth_credentials_wo_version"), "A version without write-only credentials",
			"`auth_credentials_wo_version` goes with `auth_credentials_wo` only. Remove it.")
	}
}

// Version is an auth_credentials_wo_version as the private state keeps it. Earlier versions of the
// provider kept numbers.
type Version string

// UnmarshalJSON implements json.Unmarshaler.
func (v *Version) UnmarshalJSON(kept []byte) error {
	var text string
	if json.Unmarshal(kept, &text) == nil {
		*v = Version(text)
		return nil
	}
	var number json.Number
	if err := json.Unmarshal(kept, &number); err != nil {
		return fmt.Errorf("read a version of credentials: %w", err)
	}
	*v = Version(number)
	return nil
}

// VersionAttribute is auth_credentials_wo_version, which is the same whatever auth_credentials_wo
// looks like.
func VersionAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		Optional:            true,
		MarkdownDescription: "Version of `auth_credentials_wo`, required with it: a number, a date, or a hash; the state shows it. Change it to send the credentials again: new and changed keys are written, keys that are no longer there are removed.",
		Validators:          []validator.String{attribute.NotEmpty("A version tells when to send the credentials again.")},
	}
}

// AppIDAttribute is app_id. What says which app it is the id of, as a sentence.
func AppIDAttribute(what string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true,
		MarkdownDescription: what + " Self-hosted servers from before October 2024 need it. " +
			"It also tells the guard against deletions which of the connected apps is your own, where the provider cannot find that out.",
		Validators: []validator.String{attribute.NotEmpty("Then the provider finds out by itself which app is your own, where Refold shows it.")},
	}
}
