// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// Each wrong configuration is refused before anything is asked or written, with
// the attribute's name and the way out.
func TestInvalidConfiguration(t *testing.T) {
	t.Parallel()
	resourceWith := func(lines ...string) string { return account("user_1", lines...) }
	for name, wrong := range map[string]struct{ config, message string }{
		"id is empty":            {account(""), `"" cannot be a linked_account_id: it is empty`},
		"id begins with a space": {account(" user_1"), "it begins or ends with white space"},
		"id ends with a break":   {account("user_1\n"), "trimspace() removes white space"},
		"id is a dot":            {account("."), "have a meaning of their own in URLs"},
		"id is two dots":         {account(".."), "have a meaning of their own in URLs"},
		"id has a tab":           {account("user\t1"), "it contains a control character"},
		"name is empty":          {resourceWith(`name = ""`), "`name` is set, but empty"},
		"your_app is empty":      {resourceWith("your_app = {}"), "Add `auth_credentials_wo` with `auth_credentials_wo_version`"},
		"both forms": {resourceWith(`your_app = {
			auth_credentials = { a = "1" }
			auth_credentials_wo = { a = "1" }
			auth_credentials_wo_version = 1
		}`), "Both `auth_credentials` and `auth_credentials_wo` are set. Keep one"},
		"no credentials":            {resourceWith(plain("{}")), "Add at least one key, or remove `your_app`"},
		"no write-only credentials": {resourceWith(writeOnly("{}", "1")), "Add at least one key, or remove `your_app`"},
		"no version":                {resourceWith(`your_app = { auth_credentials_wo = { a = "1" } }`), "Give it a value, such as 1"},
		"version alone":             {resourceWith(`your_app = { auth_credentials = { a = "1" }, auth_credentials_wo_version = 1 }`), "goes with `auth_credentials_wo` only. Remove it"},
		"null credential":           {resourceWith(plain(`{ a = null }`)), `The credential "a" is null`},
		"empty key":                 {resourceWith(plain(`{ "" = "1" }`)), `Key "" cannot be used: it is empty`},
		"dots as key":               {resourceWith(plain(`{ ".." = "1" }`)), `Key ".." cannot be used`},
		"udf is nested":             {resourceWith(`udf = { address = { city = "Bern" } }`), "`udf` key \"address\" is a nested object"},
		"udf has a list":            {resourceWith(`udf = { tags = ["a"] }`), "`udf` key \"tags\" is a list"},
		"udf is a list":             {resourceWith(`udf = ["a"]`), "`udf` is a list. Write it as an object of simple values"},
		"udf is a string":           {resourceWith(`udf = "pro"`), "`udf` is a string"},
		"udf has a set":             {resourceWith(`udf = { tags = toset(["a"]) }`), "`udf` key \"tags\" is a set"},
		"data source id":            {`data "refold_linked_account" "test" { linked_account_id = ".." }`, "have a meaning of their own in URLs"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			step := failing(refold.Provider()+wrong.config, wrong.message)
			step.PlanOnly = true
			acctest.Run(t, step)
			if requests := refold.Requests(); len(requests) > 0 {
				t.Errorf("%d requests were sent, the first %s %s", len(requests), requests[0].Method, requests[0].Path)
			}
		})
	}
}

// A udf that is null, or has null in it, is a way to say "not configured".
func TestNullUDF(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	acctest.Run(t,
		failing(refold.Provider()+account(`user_1`, `udf = { tags = [] }`), "is a list"),
		applied(refold.Provider()+account("user_1", `name = "Acme"`, "udf = null"), plancheck.ResourceActionCreate, storedUDF(refold, "user_1", map[string]any{})),
		applied(refold.Provider()+account("user_1", `name = "Acme"`, `udf = { a = null, b = "b" }`), plancheck.ResourceActionUpdate, storedUDF(refold, "user_1", map[string]any{"b": "b"})),
	)
}
