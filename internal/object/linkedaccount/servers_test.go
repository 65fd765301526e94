// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Servers that are not Refold, or not as it should be, get a readable error.
func TestWrongServers(t *testing.T) {
	t.Parallel()
	for name, server := range map[string]struct {
		handler http.HandlerFunc
		message string
	}{
		"HTML":              {acctest.Answering(200, "<html><title>Sign in</title></html>", "Content-Type", "text/html"), `an HTML page titled "Sign in" instead of JSON`},
		"HTML not found":    {acctest.Answering(404, "<pre>Cannot GET /api</pre>", "Content-Type", "text/html"), "This does not look like Refold's API. Check the provider's `base_url`"},
		"nothing":           {acctest.Answering(200, ""), "an empty answer"},
		"other JSON":        {acctest.Answering(200, `{"hello":"world"}`), "JSON without an account_id"},
		"a list":            {acctest.Answering(200, `[]`), "not a linked account in JSON"},
		"another account":   {acctest.Answering(200, `{"account_id":"USER_1","udf":[]}`), "the answer is about another account, USER_1"},
		"200 with an error": {acctest.Answering(200, `{"error":"Custom apps are not supported for this endpoint."}`), "Custom apps are not supported"},
		"server fault":      {acctest.Answering(502, "<html>Bad gateway</html>", "Content-Type", "text/html"), "HTTP 502 Bad Gateway"},
		"forbidden":         {acctest.Answering(403, `{"message":"no","error":"FORBIDDEN"}`), "The API key may not do this"},
		"other host":        {http.RedirectHandler("https://login.example.com/?next=secret", http.StatusFound).ServeHTTP, "a redirect to https://login.example.com, which was not followed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := acctest.Serve(t, server.handler)
			config := acctest.Provider(url, mockapi.TestKey, "max_retries = 0")
			acctest.Run(t,
				failing(config+account("user_1", `name = "Acme"`), server.message),
				failing(config+`data "refold_linked_account" "test" { linked_account_id = "user_1" }`, server.message),
			)
		})
	}
}

func TestUnreachableServer(t *testing.T) {
	t.Parallel()
	config := acctest.Provider("http://127.0.0.1:1", mockapi.TestKey, "max_retries = 0") + account("user_1", `name = "Acme"`)
	acctest.Run(t, failing(config, "No answer from Refold:"))
}

func TestRefusedKey(t *testing.T) {
	t.Parallel()
	for name, isBroken := range map[string]bool{"JSON": false, "broken JSON": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) { b.Answer.BrokenUnauthorized = isBroken }))
			config := acctest.Provider(refold.URL, "tk-not-a-key") + account("user_1", `name = "Acme"`)
			acctest.Run(t,
				failing(config, "Invalid Credentials"),
				failing(config, "The API key was refused. Check the provider's `api_key` (or REFOLD_API_KEY)"),
			)
		})
	}
}

// A deployment may live below a path of a shared host.
func TestBaseURLWithPath(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	for _, prefix := range []string{"/refold", "/refold/", "/a%20b"} {
		t.Run(strings.ReplaceAll(prefix, "/", "_"), func(t *testing.T) {
			t.Parallel()
			path := strings.ReplaceAll(strings.TrimSuffix(prefix, "/"), "%20", " ")
			url := acctest.Serve(t, http.StripPrefix(path, refold))
			id := "user" + strings.ReplaceAll(prefix, "/", "_")
			acctest.Run(t, applied(acctest.Provider(url+prefix, mockapi.TestKey)+account(id, `name = "Acme"`), plancheck.ResourceActionCreate))
		})
	}
}

// Accepted writes that cannot be read back are kept, and completed by the next
// plan; the account must not be lost, nor tainted.
func TestWriteThatCannotBeReadBack(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(answering(mockapi.AnswerMinimal)))
	allGone(t, refold)
	written := false
	refold.Intercept(func(w http.ResponseWriter, request *http.Request) bool {
		if request.Method == http.MethodPut {
			written = true
		}
		if request.Method != http.MethodGet || !written {
			return false
		}
		written = false
		acctest.Answering(http.StatusUnauthorized, `{"status_code":401,"http_error_type":"UNAUTHORIZED","error":"SERVER_ERROR","message":"not now"}`)(w, request)
		return true
	})
	config := refold.Provider() + account("user_1", `name = "Acme"`)
	acctest.Run(t,
		applied(config, plancheck.ResourceActionCreate, resource.TestCheckResourceAttr(address, "name", "Acme")),
		resource.TestStep{RefreshState: true, Check: resource.TestCheckResourceAttr(address, "environment", "test")},
		unchanged(config),
	)
}
