// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// oddIDs are ids that break providers which encode too little or too much.
var oddIDs = []string{
	"owner+test@example.com",
	"team/one",
	"100%",
	"100%25",
	"two words",
	"käse-ä",
	"account:12345",
	`quote"and\slash`,
	"a?b#c;d&e=f",
	"...",
	"${not.interpolated}",
}

// hclText writes an id as an HCL string.
func hclText(id string) string {
	return fmt.Sprintf("base64decode(%q)", encode64(id))
}

// Odd ids work in the body, the path, the query and the import.
func TestOddIDs(t *testing.T) {
	t.Parallel()
	for _, id := range oddIDs {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			allGone(t, refold)
			config := func(name, key string) string {
				return refold.Provider() + fmt.Sprintf("resource \"refold_linked_account\" \"test\" {\n  linked_account_id = %s\n  name = %q\n  %s\n}\n",
					hclText(id), name, plain(`{ "key @/%+ä" = "`+key+`" }`))
			}
			acctest.Run(t,
				applied(config("Acme", "k1"), plancheck.ResourceActionCreate),
				counted(refold, applied(config("Acme", "k2"), plancheck.ResourceActionUpdate,
					storedCredentials(refold, id, map[string]string{"key @/%+ä": "k2"})), map[string]int{"PUT": 1}),
				resource.TestStep{
					ResourceName:                         address,
					ImportState:                          true,
					ImportStateId:                        id,
					ImportStateVerify:                    true,
					ImportStateVerifyIdentifierAttribute: "linked_account_id",
					// Credentials are not readable, and changing one does not tell the new time.
					ImportStateVerifyIgnore: []string{"your_app", "updated_at"},
				},
			)
		})
	}
}

// Importing by id and by import block gives an empty plan, whatever the account
// has and however the server shows what it has not.
func TestImport(t *testing.T) {
	t.Parallel()
	accounts := map[string]struct {
		account mockapi.Account
		lines   []string
	}{
		"full":     {existing, []string{`name = "Acme"`, `udf = { plan = "pro" }`}},
		"as map":   {existing, []string{`name = "Acme"`, `udf = tomap({ plan = "pro" })`}},
		"nameless": {mockapi.Account{AccountID: "user_1"}, nil},
		"empty":    {mockapi.Account{AccountID: "user_1"}, []string{"udf = {}"}},
		"partly":   {existing, nil},
	}
	for name, imported := range accounts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) {
				b.Document.UnsetName, b.Document.NoIntegrations = mockapi.UnsetNameEmpty, mockapi.NoIntegrationsNull
			}))
			refold.Create(test, imported.account)
			config := refold.Provider() + account("user_1", imported.lines...)
			acctest.Run(t,
				counted(refold, resource.TestStep{
					Config: config + importing("user_1"),
					ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction(address, plancheck.ResourceActionNoop),
					}},
				}, map[string]int{}),
				resource.TestStep{
					ResourceName:                         address,
					ImportState:                          true,
					ImportStateId:                        "user_1",
					ImportStateVerify:                    true,
					ImportStateVerifyIdentifierAttribute: "linked_account_id",
				},
				unchanged(config),
			)
		})
	}
}

func TestImportOfUnknownAccount(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	config := refold.Provider() + account("user_1", `name = "Acme"`)
	acctest.Run(t,
		failing(config+importing("user_1"), "There is no such linked account to import"),
		failing(config+importing("user_1"), "for org "+mockapi.OrganizationID+" in environment test not found"),
	)
}

func TestImportOfUnusableID(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	config := refold.Provider() + account("user_1")
	acctest.Run(t, failing(config+importing(" user_1"), `" user_1" cannot be a linked_account_id: it begins or ends with white space`))
}
