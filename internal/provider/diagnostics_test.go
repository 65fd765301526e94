// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var update = flag.Bool("update", false, "rewrite testdata/diagnostics.md")

const accountType = "refold_linked_account"

type (
	attributes  = map[string]tftypes.Value
	diagnostics = []*tfprotov6.Diagnostic
)

// situation is one way to meet a diagnostic.
type situation struct {
	name string
	meet func(*testing.T) diagnostics
}

// The errors and warnings that a user can meet, as one page to be read as a set:
// each says what happened, to which account, and what to do. Rewrite it with
// go test ./internal/provider -run TestDiagnostics -update, and read the change.
func TestDiagnostics(t *testing.T) {
	var page strings.Builder
	page.WriteString("# Diagnostics\n\nWritten by `TestDiagnostics`; rewrite with `go test ./internal/provider -run TestDiagnostics -update`.\n")
	for _, each := range slices.Concat(configurationSituations(), validationSituations(), answerSituations(), accountSituations()) {
		var met diagnostics
		synctest.Test(t, func(t *testing.T) { met = each.meet(t) })
		if len(met) == 0 {
			t.Errorf("%s: there is no diagnostic", each.name)
		}
		fmt.Fprintf(&page, "\n## %s\n", each.name)
		for _, found := range met {
			if found.Summary == "" || len(found.Detail) < len(found.Summary) {
				t.Errorf("%s: a diagnostic without a detail: %q", each.name, found.Summary)
			}
			fmt.Fprintf(&page, "\n%s: **%s**", strings.ToLower(found.Severity.String()), found.Summary)
			if found.Attribute != nil {
				fmt.Fprintf(&page, " (at `%s`)", found.Attribute)
			}
			fmt.Fprintf(&page, "\n\n%s\n", strings.ReplaceAll("> "+found.Detail, "\n", "\n> "))
		}
	}
	got := regexp.MustCompile(`\(the last of (\d+) attempts in [0-9.ms]+\)`).ReplaceAllString(page.String(), "(the last of $1 attempts in TIME)")
	path := filepath.Join("testdata", "diagnostics.md")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the diagnostics differ from %s (rewrite with -update and read the change):\n%s", path, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	lines, wanted := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(lines), len(wanted)) {
		if lines[i] != wanted[i] {
			return fmt.Sprintf("line %d\n got: %s\nwant: %s", i+1, lines[i], wanted[i])
		}
	}
	return "one is longer than the other"
}

// configurationSituations are about the provider block.
func configurationSituations() []situation {
	key := attributes{"api_key": str(mockapi.TestKey)}
	with := func(name string, value tftypes.Value) attributes {
		return attributes{"api_key": key["api_key"], name: value}
	}
	return []situation{
		{"No API key", configuring(attributes{})},
		{"An API key with a line end", configuring(attributes{"api_key": str("tk-1\n")})},
		{"The key of another environment", configuring(with("environment", str("production")))},
		{"A base URL without a scheme", configuring(with("base_url", str("app.refold.ai")))},
		{"A base URL with a password", configuring(with("base_url", str("https://a:b@example.com")))},
		{"Plain http to another host", configuring(with("base_url", str("http://refold.example.com")))},
		{"A timeout without a unit", configuring(with("request_timeout", str("30")))},
	}
}

func configuring(values attributes) func(*testing.T) diagnostics {
	return func(t *testing.T) diagnostics {
		server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
		if err != nil {
			t.Fatal(err)
		}
		schema, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
		if err != nil {
			t.Fatal(err)
		}
		block := acctest.Object(schema.Provider.ValueType(), values)
		encoded, err := tfprotov6.NewDynamicValue(block.Type(), block)
		if err != nil {
			t.Fatal(err)
		}
		response, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: &encoded})
		if err != nil {
			t.Fatal(err)
		}
		return response.Diagnostics
	}
}

// validationSituations are about a resource block, before anything is sent.
func validationSituations() []situation {
	text := func(values map[string]string) tftypes.Value {
		elements := map[string]tftypes.Value{}
		for name, value := range values {
			elements[name] = str(value)
		}
		return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, elements)
	}
	app := func(values attributes) attributes {
		return attributes{"linked_account_id": str("user_1"), "your_app": yourApp(values)}
	}
	id := func(id string) attributes { return attributes{"linked_account_id": str(id)} }
	udf := func(value tftypes.Value) attributes {
		return attributes{"linked_account_id": str("user_1"), "udf": value}
	}
	list := tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, []tftypes.Value{str("a")})
	return []situation{
		{"An empty id", validating(id(""))},
		{"An id with a space at its end", validating(id("user_1 "))},
		{"An id of two dots", validating(id(".."))},
		{"An id with a line break", validating(id("user\n1"))},
		{"An empty name", validating(attributes{"linked_account_id": str("user_1"), "name": str("")})},
		{"User-defined fields that are a list", validating(udf(list))},
		{"A list within user-defined fields", validating(udf(tftypes.NewValue(
			tftypes.Object{AttributeTypes: map[string]tftypes.Type{"roles": list.Type()}}, attributes{"roles": list})))},
		{"No credentials in your_app", validating(app(nil))},
		{"Both forms of credentials", validating(app(attributes{
			"auth_credentials": text(map[string]string{"key": "a"}), "auth_credentials_wo": text(map[string]string{"key": "a"}), "auth_credentials_wo_version": tftypes.NewValue(tftypes.Number, 1)}))},
		{"Write-only credentials without a version", validating(app(attributes{"auth_credentials_wo": text(map[string]string{"key": "a"})}))},
		{"An empty map of credentials", validating(app(attributes{"auth_credentials": text(nil)}))},
		{"A credential with an impossible name", validating(app(attributes{"auth_credentials": text(map[string]string{"..": "a"})}))},
	}
}

func validating(values attributes) func(*testing.T) diagnostics {
	return func(t *testing.T) diagnostics {
		server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
		if err != nil {
			t.Fatal(err)
		}
		schema, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
		if err != nil {
			t.Fatal(err)
		}
		block := acctest.Object(schema.ResourceSchemas[accountType].ValueType(), values)
		encoded, err := tfprotov6.NewDynamicValue(block.Type(), block)
		if err != nil {
			t.Fatal(err)
		}
		response, err := server.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{
			TypeName: accountType, Config: &encoded,
			ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
		})
		if err != nil {
			t.Fatal(err)
		}
		return response.Diagnostics
	}
}

// answerSituations are what Refold, or something in front of it, may answer.
func answerSituations() []situation {
	refusal := func(status int, body string, headers ...string) func(*testing.T) diagnostics {
		return creatingAt(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			for pair := range slices.Chunk(headers, 2) {
				w.Header().Set(pair[0], pair[1])
			}
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		})
	}
	return []situation{
		{"The key is refused", refusal(401, `{"status_code":401,"http_error_type":"UNAUTHORIZED","error":"SERVER_ERROR","message":"Invalid Credentials"}`)},
		{"The key may not", refusal(403, `{"error":"FORBIDDEN","message":"no"}`)},
		{"The rate limit stays exceeded", refusal(429, `{"error":"TOO_MANY_REQUESTS","message":"slow down"}`)},
		{"The server asks for a long wait", refusal(429, `{"message":"slow down"}`, "Retry-After", "3600")},
		{"A redirect to another host", refusal(302, ``, "Location", "https://login.example.com/?next=x")},
		{"A login page", refusal(200, `<html><title>Sign in</title></html>`)},
		{"An unknown path", refusal(404, `<pre>Cannot GET /api</pre>`)},
		{"JSON of something else", refusal(200, `{"hello":"world"}`)},
		{"Another account", refusal(200, `{"account_id":"USER_1","udf":[]}`)},
		{"Nothing", refusal(200, ``)},
		{"A parameter that did not arrive", refusal(404, `{"error":"MISSING_REQUIRED_FIELD","message":"linked_account_id is required"}`)},
		{"A bad request", refusal(400, `{"error":"VALIDATION_ERROR","message":"name is too long"}`)},
		{"A fault of Refold", refusal(500, `{"error":"SERVER_ERROR","message":"Something went wrong","request_id":"r-1"}`)},
		{"A fault of a proxy", refusal(502, `<html><title>502 Bad Gateway</title></html>`)},
		{"No answer in time", creatingAt(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })},
		{"A connection that breaks off", creatingAt(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })},
	}
}

func creatingAt(handler http.HandlerFunc) func(*testing.T) diagnostics {
	return func(t *testing.T) diagnostics {
		_, met := managing(t, handler, mockapi.TestKey).create(named("Acme"))
		return met
	}
}

// manager is a provider on a Refold without a network.
type manager struct{ *acctest.Protocol }

func managing(t *testing.T, handler http.Handler, key string, more ...attributes) manager {
	t.Helper()
	block := attributes{"api_key": str(key), "base_url": str("https://refold.test"), "max_retries": tftypes.NewValue(tftypes.Number, 1)}
	for _, values := range more {
		for name, value := range values {
			block[name] = value
		}
	}
	return manager{acctest.StartProtocol(t, block, func(o *refold.Options) { o.Transport = acctest.InProcess(handler) })}
}

func (m manager) create(values attributes) (acctest.Instance, diagnostics) {
	return m.Apply(accountType, nil, m.Config(accountType, values))
}

func (m manager) update(from acctest.Instance, values attributes) diagnostics {
	_, met := m.Apply(accountType, &from, m.Config(accountType, values))
	return met
}

func (m manager) destroy(from acctest.Instance) diagnostics {
	_, met := m.Apply(accountType, &from, tftypes.NewValue(from.State.Type(), nil))
	return met
}

func (m manager) read(from acctest.Instance) diagnostics {
	_, met := m.Read(accountType, from)
	return met
}

func str(text string) tftypes.Value { return tftypes.NewValue(tftypes.String, text) }

func named(name string) attributes {
	return attributes{"linked_account_id": str("user_1"), "name": str(name)}
}

func yourApp(values attributes) tftypes.Value {
	texts := tftypes.Map{ElementType: tftypes.String}
	return acctest.Object(tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"app_id": tftypes.String, "auth_credentials": texts, "auth_credentials_wo": texts, "auth_credentials_wo_version": tftypes.Number,
	}}, values)
}
