// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Every secret of these tests begins and ends with one of these words, which
// no encoding changes, so that half a secret is found as well.
const (
	begin = "5ecretB"
	end   = "m4rkerE"
)

var secretCores = map[string]string{
	"plain":      "-",
	"quotes":     `"'\"`,
	"HTML":       `&<>`,
	"mixed":      `&"<`,
	"URL":        ` +/%?#;:@=!*()`,
	"not ASCII":  "ä日",
	"two lines":  "\n",
	"a key file": "\n" + strings.Repeat(strings.Repeat("A9/+", 16)+"\n", 25),
	"control":    "\t\x1b[0m\u200b",
}

// echoes are ways in which servers quote what they were sent.
var echoes = map[string]func(string) string{
	"raw":                func(s string) string { return s },
	"JSON by Go":         func(s string) string { return jsonText(s, true) },
	"JSON by JavaScript": func(s string) string { return jsonText(s, false) },
	"URL query":          url.QueryEscape,
	"URL path":           url.PathEscape,
	"encodeURIComponent": func(s string) string {
		return strings.NewReplacer("+", "%20", "%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*").Replace(url.QueryEscape(s))
	},
	"HTML": html.EscapeString,
}

func jsonText(text string, escapeHTML bool) string {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(escapeHTML)
	if err := encoder.Encode(text); err != nil {
		panic(err)
	}
	quoted := strings.TrimSpace(buffer.String())
	return quoted[1 : len(quoted)-1]
}

// carriers are the places of an answer that an error may quote.
var carriers = map[string]func(string) reply{
	"message": func(s string) reply {
		return answer(400, `{"error":"SERVER_ERROR","message":`+quote("bad value "+s+" given")+`}`)
	},
	"code":        func(s string) reply { return answer(400, `{"error_code":`+quote(s)+`,"message":"bad"}`) },
	"error type":  func(s string) reply { return answer(400, `{"error_type":`+quote(s)+`,"message":"bad"}`) },
	"request id":  func(s string) reply { return answer(400, `{"request_id":`+quote(s)+`,"message":"bad"}`) },
	"error prose": func(s string) reply { return answer(400, `{"message":"bad","error":`+quote(s)+`}`) },
	"broken JSON": func(s string) reply { return answer(400, `{"code":400 "message":`+quote(s)+`}`) },
	"odd JSON":    func(s string) reply { return answer(400, `{"detail":`+quote(s)+`}`) },
	"text":        func(s string) reply { return answer(400, "bad value "+s) },
	"HTML title":  func(s string) reply { return answer(400, "<html><title>bad value "+s+"</title>") },
	"text, across the limit": func(s string) reply {
		return answer(400, strings.Repeat("x", 495)+" "+s)
	},
	"text, far back": func(s string) reply {
		return answer(400, strings.Repeat("\x01", 1995)+" "+s)
	},
	"HTML title, across the limit": func(s string) reply {
		return answer(400, "<html><title>"+strings.Repeat("x", 95)+" "+s+"</title>")
	},
	"message, across the limit": func(s string) reply { return answer(400, `{"message":`+quote(strings.Repeat("x", 495)+" "+s)+`}`) },
	"200 with an error":         func(s string) reply { return answer(200, `{"error":`+quote("bad value "+s)+`}`) },
	"transport error":           func(s string) reply { return failure(errors.New("proxy said: " + s)) },
}

func quote(text string) string { return `"` + jsonText(text, true) + `"` }

func TestSecretsAreRedacted(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	for coreName, core := range secretCores {
		secret := begin + core + end
		for echoName, echo := range echoes {
			for carrierName, carrier := range carriers {
				t.Run(coreName+"/"+echoName+"/"+carrierName, func(t *testing.T) {
					play := carrier(echo(secret))
					client := newClient(t, newNetwork(t, play), withoutRetries)
					err := client.PutCredential(t.Context(), "user", "api_key", secret, nil)
					checkClean(t, err)
					_, err = client.UpsertLinkedAccount(t.Context(), refold.Upsert{
						AccountID: "user",
						YourApp:   &refold.YourApp{AuthCredentials: map[string]string{"a": "other", "b": secret, "c": ""}},
					})
					checkClean(t, err)
				})
			}
		}
	}
}

func TestAPIKeyIsRedacted(t *testing.T) {
	key := begin + `&"<'+/%` + end
	for echoName, echo := range echoes {
		for carrierName, carrier := range carriers {
			t.Run(echoName+"/"+carrierName, func(t *testing.T) {
				client := newClient(t, newNetwork(t, carrier(echo(key))), withoutRetries, func(o *refold.Options) { o.APIKey, o.RequestsPerSecond = key, 1e6 })
				_, err := client.LinkedAccount(t.Context(), "user")
				checkClean(t, err)
				checkClean(t, client.DeleteLinkedAccount(t.Context(), "user", nil))
				checkClean(t, client.DeleteCredential(t.Context(), "user", "api_key", nil))
			})
		}
	}
}

func checkClean(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	text := err.Error()
	if refusal, ok := errors.AsType[*refold.Error](err); ok {
		text += fmt.Sprintf("%+v", *refusal)
	}
	if strings.Contains(text, begin) || strings.Contains(text, end) {
		t.Errorf("the error shows a secret: %s", text)
	}
}

// TestRedactionOfNestedSecrets has one secret within another.
func TestRedactionOfNestedSecrets(t *testing.T) {
	client := newClient(t, newNetwork(t, answer(400, `{"message":"got 1234 and 12345678"}`)))
	_, err := client.UpsertLinkedAccount(t.Context(), refold.Upsert{
		AccountID: "user",
		YourApp:   &refold.YourApp{AuthCredentials: map[string]string{"a": "1234", "b": "12345678"}},
	})
	expect(t, err.Error(), "HTTP 400 Bad Request: got (redacted) and (redacted)")
}

// TestUnsendableAPIKey holds a key that no header can carry.
func TestUnsendableAPIKey(t *testing.T) {
	client := newClientAt(t, "http://127.0.0.1:9", func(o *refold.Options) { o.APIKey = begin + "\n" + end })
	_, err := client.LinkedAccount(t.Context(), "user")
	checkClean(t, err)
	if !strings.Contains(err.Error(), "X-Api-Key") {
		t.Errorf("err = %q, want it to name the header", err)
	}
	if unreachable, ok := errors.AsType[*refold.UnreachableError](err); !ok || unreachable.Attempts > 1 {
		t.Errorf("err = %#v, want an UnreachableError of one attempt", err)
	}
}

// TestKindSurvivesRedaction has credentials that are words of the messages.
func TestKindSurvivesRedaction(t *testing.T) {
	for _, word := range []string{"not found", "found", "Linked", "linked account with account id ", "user", organization, "test", " ", "a", "n", `"`, "message", "Default app", "Duplicate"} {
		put := func(status int, body string) error {
			return newClient(t, newNetwork(t, answer(status, body))).PutCredential(t.Context(), "user", "k", word, nil)
		}
		err := put(404, notFound("user"))
		if refusal, ok := errors.AsType[*refold.Error](err); !ok || refusal.Kind != refold.AccountNotFound || refusal.Scope.Environment != "test" {
			t.Errorf("%q: err = %v, want AccountNotFound in test", word, err)
		}
		if err := put(404, `{"message":"Default app integration not found for linked account user"}`); refold.KindOf(err) != refold.DefaultAppMissing {
			t.Errorf("%q: err = %v, want DefaultAppMissing", word, err)
		}
		if err := put(400, `{"message":"Duplicate Auth key_name not allowed"}`); refold.KindOf(err) != refold.DuplicateCredential {
			t.Errorf("%q: err = %v, want DuplicateCredential", word, err)
		}
	}
}
