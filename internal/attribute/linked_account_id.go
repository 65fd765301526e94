// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"fmt"

	action "github.com/hashicorp/terraform-plugin-framework/action/schema"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	ephemeral "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	customersID     = "The id under which your own system knows the customer"
	existingAccount = customersID + "; case-sensitive. An account that does not exist is an error."
)

// LinkedAccountIDInResource names the account that a resource manages, or to which it belongs.
// OnChange says what a change of it costs, as a sentence.
func LinkedAccountIDInResource(onChange string) resource.StringAttribute {
	return resource.StringAttribute{
		Required:            true,
		MarkdownDescription: customersID + ", unique within the environment and case-sensitive. " + onChange,
		Validators:          []validator.String{LinkedAccountID()},
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
}

// LinkedAccountIDInDataSource names an account that has to exist.
func LinkedAccountIDInDataSource() datasource.StringAttribute {
	return datasource.StringAttribute{Required: true, MarkdownDescription: existingAccount, Validators: []validator.String{LinkedAccountID()}}
}

// LinkedAccountIDInEphemeralResource names an account that has to exist.
func LinkedAccountIDInEphemeralResource() ephemeral.StringAttribute {
	return ephemeral.StringAttribute{Required: true, MarkdownDescription: existingAccount, Validators: []validator.String{LinkedAccountID()}}
}

// LinkedAccountIDInAction names an account that has to exist.
func LinkedAccountIDInAction() action.StringAttribute {
	return action.StringAttribute{Required: true, MarkdownDescription: existingAccount, Validators: []validator.String{LinkedAccountID()}}
}

// LinkedAccountIDInIdentity is the part of an identity that names the account.
func LinkedAccountIDInIdentity() identityschema.StringAttribute {
	return identityschema.StringAttribute{RequiredForImport: true, Description: customersID + "."}
}

const accountIDRule = "must not be empty, `.` or `..`, have white space at its ends, or contain control characters"

// LinkedAccountID refuses ids that could not address an account reliably.
func LinkedAccountID() validator.String {
	return TextValidator{accountIDRule, func(at path.Path, id string) diag.Diagnostic {
		err := refold.CheckLinkedAccountID(id)
		if err == nil {
			return nil
		}
		return diag.NewAttributeErrorDiagnostic(at, "Not usable as a linked account id", ExplainLinkedAccountID(id, err))
	}}
}

// ExplainLinkedAccountID says what is wrong with an id and how to mend it.
func ExplainLinkedAccountID(id string, err error) string {
	return fmt.Sprintf("%q cannot be a linked_account_id: %s. Use the id under which your own system knows the customer; "+
		"it %s. trimspace() removes white space that came from a file.", id, err, accountIDRule)
}
