// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact/redacttest"
)

// Canaries that one request of these tests sends, and the answer to another one quotes.
const (
	otherCanary  = `canary-other "/+<2c6f`
	secondCanary = "CanarySecond/+42e8"
)

const accountType = "refold_linked_account"

// A server quotes a secret that it was sent by another request, of another credential or another
// account, in the answer to any one: none is shown, in no form.
func TestEchoesOfOtherRequests(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	for name, provoke := range map[string]func(*acctest.Refold, *acctest.Protocol, acctest.Instance) acctest.Diagnostics{
		"a credential's PUT": func(refold *acctest.Refold, process *acctest.Protocol, known acctest.Instance) acctest.Diagnostics {
			_, met := process.Apply(accountType, &known, ownApp(process, "Acme", map[string]string{"first": plainCanary, "second": "something else"}))
			return met
		},
		"an update of the name alone": func(refold *acctest.Refold, process *acctest.Protocol, known acctest.Instance) acctest.Diagnostics {
			_, met := process.Apply(accountType, &known, ownApp(process, "Acme Inc.", map[string]string{"first": plainCanary, "second": secondCanary}))
			return met
		},
		"a read": func(refold *acctest.Refold, process *acctest.Protocol, known acctest.Instance) acctest.Diagnostics {
			_, met := process.Read(accountType, known)
			return met
		},
		"a deletion": func(refold *acctest.Refold, process *acctest.Protocol, known acctest.Instance) acctest.Diagnostics {
			_, met := process.Delete(accountType, known)
			return met
		},
		"a data source": func(refold *acctest.Refold, process *acctest.Protocol, known acctest.Instance) acctest.Diagnostics {
			_, met := process.ReadDataSource(accountType, acctest.OfAccount("acme"))
			return met
		},
		"a session token": func(refold *acctest.Refold, process *acctest.Protocol, known acctest.Instance) acctest.Diagnostics {
			_, met := process.OpenEphemeral("refold_session_token", acctest.OfAccount("acme"))
			return met
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			first := refold.Protocol(t)
			known, met := first.Apply(accountType, nil, ownApp(first, "Acme", map[string]string{"first": plainCanary, "second": secondCanary}))
			acctest.WantNoDiagnostics(t, met)
			for _, secret := range []string{plainCanary, secondCanary, otherCanary, mockapi.TestKey} {
				for _, encoding := range redacttest.Encodings() {
					refold.Intercept(nil)
					process := refold.Protocol(t, acctest.Unpaced, acctest.OnlyOnce)
					_, met := process.Read(accountType, known)
					acctest.WantNoDiagnostics(t, met)
					acctest.WantNoDiagnostics(t, process.Validate(accountType, ownApp(process, "Other", map[string]string{"first": otherCanary})))
					refold.Intercept(quoting(encoding.Encode(secret)))
					said := acctest.List(provoke(refold, process, known))
					if strings.Contains(said, encoding.Encode(secret)) || acctest.HoldsSecret(said, secret) || !strings.Contains(said, redact.Redacted) {
						t.Errorf("%q, %s: %s", secret, encoding.Name, said)
					}
				}
			}
		})
	}
}

// The same where Refold accepts an update, and says no more, and its look at the account fails.
func TestEchoOfFailedReadBack(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	first := refold.Protocol(t)
	known, met := first.Apply(accountType, nil, ownApp(first, "Acme", map[string]string{"first": plainCanary}))
	acctest.WantNoDiagnostics(t, met)
	for _, encoding := range redacttest.Encodings() {
		echo := quoting(encoding.Encode(plainCanary))
		refold.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method == http.MethodPut {
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(`{"success":true}`))
				return true
			}
			return echo(w, r)
		})
		process := refold.Protocol(t, acctest.Unpaced, acctest.OnlyOnce)
		_, met := process.Apply(accountType, &known, ownApp(process, "Acme Inc.", map[string]string{"first": plainCanary}))
		if said := acctest.List(met); acctest.HoldsSecret(said, plainCanary) || strings.Contains(said, encoding.Encode(plainCanary)) || !strings.Contains(said, redact.Redacted) {
			t.Errorf("%s: %s", encoding.Name, said)
		}
	}
}

// Tokens that Refold issued are not shown either, by whatever comes later.
func TestEchoesOfTokens(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "acme"})
	process := refold.Protocol(t, acctest.Unpaced, acctest.OnlyOnce)
	opened, met := process.OpenEphemeral("refold_session_token", acctest.OfAccount("acme"))
	acctest.WantNoDiagnostics(t, met)
	page, met := process.OpenEphemeral("refold_connect_url", acctest.OfAccount("acme"))
	acctest.WantNoDiagnostics(t, met)
	for _, secret := range []string{opened.Text(t, "token"), opened.Text(t, "refresh_token"), page.Text(t, "hosted_url")} {
		for _, encoding := range redacttest.Encodings() {
			refold.Intercept(quoting(encoding.Encode(secret)))
			_, met := process.ReadDataSource(accountType, acctest.OfAccount("acme"))
			if said := acctest.List(met); acctest.HoldsSecret(said, secret) || strings.Contains(said, encoding.Encode(secret)) || !strings.Contains(said, redact.Redacted) {
				t.Errorf("%s: %s", encoding.Name, said)
			}
		}
	}
}

// Names that a user or a server has made of a secret are redacted where a message names them, also
// in the log.
func TestSecretsInNames(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	var log strings.Builder
	process := refold.Protocol(t)
	process.LogTo(&log)
	known, met := process.Apply(accountType, nil, ownApp(process, "Acme", map[string]string{"first": secondCanary, secondCanary: "something"}))
	acctest.WantNoDiagnostics(t, met)
	refold.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		return strings.Contains(r.URL.Path, "auth-credentials") && quoting("no")(w, r)
	})
	process = refold.Protocol(t, acctest.Unpaced, acctest.OnlyOnce)
	process.LogTo(&log)
	_, met = process.Apply(accountType, &known, ownApp(process, "Acme", map[string]string{"first": secondCanary, secondCanary: "something else"}))
	refold.Intercept(nil)
	if said := acctest.List(met); acctest.HoldsSecret(said, secondCanary) || !strings.Contains(said, redact.Redacted) {
		t.Errorf("a credential's name: %s", said)
	}
	ours := slices.DeleteFunc(strings.Split(log.String(), "\n"), func(line string) bool { return !strings.Contains(line, `"request to Refold"`) })
	if len(ours) == 0 || acctest.HoldsSecret(strings.Join(ours, "\n"), secondCanary) {
		t.Errorf("the log of requests: %q", ours)
	}
	refold.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/acme") {
			return false
		}
		text, _ := json.Marshal("Linked Account with account id acme for org 1 in environment " + secondCanary + " not found")
		fail(w, http.StatusNotFound, "NOT_FOUND", string(text))
		return true
	})
	_, met = refold.Protocol(t, acctest.Unpaced, acctest.OnlyOnce).Read(accountType, known)
	if said := acctest.List(met); acctest.HoldsSecret(said, secondCanary) || !strings.Contains(said, redact.Redacted) {
		t.Errorf("an environment: %s", said)
	}
}

// ownApp is the account acme with a name and credentials that the state holds.
func ownApp(process *acctest.Protocol, name string, credentials map[string]string) tftypes.Value {
	appType := process.Config(accountType, nil).Type().(tftypes.Object).AttributeTypes["your_app"]
	values := map[string]tftypes.Value{}
	for key, value := range credentials {
		values[key] = acctest.Text(value)
	}
	return process.Config(accountType, acctest.Attributes{
		"linked_account_id": acctest.Text("acme"), "name": acctest.Text(name),
		"your_app": acctest.Object(appType, acctest.Attributes{"auth_credentials": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, values)}),
	})
}

// quoting fails every request, and quotes a text.
func quoting(text string) mockapi.Interceptor {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		message, _ := json.Marshal("refused: " + text)
		fail(w, http.StatusInternalServerError, "INTERNAL_SERVER_ERROR", string(message))
		return true
	}
}

func fail(w http.ResponseWriter, status int, kind, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"status_code":%d,"http_error_type":%q,"error":"SERVER_ERROR","message":%s}`, status, kind, message)
}
