// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"encoding/base64"
	"fmt"
	"strings"
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

// oddAccounts is a configuration of one account per odd id.
func oddAccounts(name, key string) string {
	return fmt.Sprintf(`
locals {
  ids = [for id in %s : base64decode(id)]
}

resource "refold_linked_account" "odd" {
  count = length(local.ids)

  linked_account_id = local.ids[count.index]
  name              = %q
  your_app          = { auth_credentials = { "key @/%%+ä" = %q } }
}
`, encodedIDs(), name, key)
}

// encodedIDs is an HCL list of the odd ids in base64.
func encodedIDs() string {
	var encoded []string
	for _, id := range oddIDs {
		encoded = append(encoded, fmt.Sprintf("%q", base64.StdEncoding.EncodeToString([]byte(id))))
	}
	return "[" + strings.Join(encoded, ", ") + "]"
}

// Odd ids work in the body, the path, the query and the header. Imports of them
// are in TestImportByIdentity and TestImportOfOddIDs.
func TestOddIDs(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	allGone(t, refold)
	stored := func(key string) resource.TestCheckFunc {
		var checks []resource.TestCheckFunc
		for _, id := range oddIDs {
			checks = append(checks, storedCredentials(refold, id, map[string]string{"key @/%+ä": key}))
		}
		return resource.ComposeAggregateTestCheckFunc(checks...)
	}
	acctest.Run(t,
		counted(refold, resource.TestStep{Config: refold.Provider() + oddAccounts("Acme", "k1"), Check: stored("k1")}, map[string]int{"PUT": len(oddIDs)}),
		counted(refold, resource.TestStep{Config: refold.Provider() + oddAccounts("Acme", "k2"), Check: stored("k2")}, map[string]int{"PUT": len(oddIDs)}),
	)
}

func TestImportOfOddIDs(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	config := refold.Provider()
	for i, id := range oddIDs {
		refold.Create(test, mockapi.Account{AccountID: id, Name: new("Acme")})
		quoted := strings.ReplaceAll(fmt.Sprintf("%q", id), "${", "$${")
		config += fmt.Sprintf("import {\n  to = refold_linked_account.odd_%d\n  id = %s\n}\n", i, quoted) +
			fmt.Sprintf("resource \"refold_linked_account\" \"odd_%d\" {\n  linked_account_id = %s\n  name = \"Acme\"\n}\n", i, quoted)
	}
	acctest.Run(t, counted(refold, resource.TestStep{Config: config}, map[string]int{}))
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
				// What is not shown as connected is not deleted.
				after(func() {
					refold.Behave(func(b *mockapi.Behaviour) { b.Document.NoIntegrations = mockapi.NoIntegrationsArray })
				}, unchanged(config)),
			)
		})
	}
}

func TestImportOfUnusableID(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	config := refold.Provider() + account("user_1")
	acctest.Run(t, failing(config+importing(" user_1"), `" user_1" cannot be a linked_account_id: it begins or ends with white space`))
}
