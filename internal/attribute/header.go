// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"fmt"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// HeaderLinkedAccountIDInDataSource is LinkedAccountIDInDataSource for endpoints that take the
// account in a header only (FACTS 2.0, 2.7).
func HeaderLinkedAccountIDInDataSource() datasource.StringAttribute {
	account := LinkedAccountIDInDataSource()
	account.MarkdownDescription += " Its id has to be of ASCII characters, because Refold takes it in a header here."
	account.Validators = append(account.Validators, InHeader())
	return account
}

// InHeader refuses what would arrive as another text in a header, and so could name another object
// (FACTS 4.10).
func InHeader() validator.String {
	return TextValidator{"must hold nothing but letters, digits, signs and spaces of ASCII", func(at path.Path, text string) diag.Diagnostic {
		err := refold.CheckHeader(text)
		if err == nil {
			return nil
		}
		return diag.NewAttributeErrorDiagnostic(at, "Cannot travel in a header", fmt.Sprintf(
			"%q cannot be used as `%s` here: it %s. So another object could be meant.\n\n"+
				"What it names can be managed in Refold's dashboard. For Terraform, the id has to be of ASCII characters: that of an account is your own choice when the customer is onboarded, and the application id of an app that your organization built stands in for its name.", text, at, err))
	}}
}
