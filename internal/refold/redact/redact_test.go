// SPDX-License-Identifier: MPL-2.0

package redact_test

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact/redacttest"
)

func knowing(secrets ...string) *redact.Secrets {
	store := redact.New()
	store.Add(secrets...)
	return store
}

func expect(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// What stands around a secret stays as it is.
func TestRedact(t *testing.T) {
	t.Parallel()
	const secret = "s3cr3t/Value+42"
	store := knowing(secret)
	for text, want := range map[string]string{
		"":                                   "",
		"nothing here":                       "nothing here",
		"refused: s3cr3t/Value+42!":          "refused: (redacted)!",
		"s3cr3t/Value+42":                    "(redacted)",
		"a s3cr3t/Value+42, s3cr3t/Value+42": "a (redacted), (redacted)",
		"xs3cr3t/Value+42y":                  "x(redacted)y",
		"S3CR3T-VALUE-42 in capitals":        "(redacted) in capitals",
		"s 3 c r 3 t / V a l u e + 4 2.":     "(redacted).",
		`{"value":"s3cr3t\/Value\u002b42"}`:  `{"value":"(redacted)"}`,
		"q=s3cr3t%2FValue%2B42&r=1":          "q=(redacted)&r=1",
		"q=s3cr3t%252fValue%252b42&r=1":      "q=(redacted)&r=1",
		"<b>s3cr3t&sol;Value&#43;42</b>":     "<b>(redacted)</b>",
		"it ends with s3cr3t/Va":             "it ends with (redacted)",
		"it ends with s3cr3t/":               "it ends with s3cr3t/",
		"…t/Value+42 is how it ends":         "…(redacted) is how it ends",
		"ｓ３ｃｒ３ｔ／Ｖａｌｕｅ＋４２ wide":               "(redacted) wide",
		"hash 733363723374 2f56616c7565 end": "hash (redacted) end",
	} {
		expect(t, store.Redact(text), want)
		expect(t, store.RedactForeign(text), want)
	}
}

func TestNoSecrets(t *testing.T) {
	t.Parallel()
	store := knowing("", " ", "\u200b")
	for _, text := range []string{"", "anything", "\xff\xfe", `%41\u0041&#65;`} {
		expect(t, store.Redact(text), text)
		expect(t, store.RedactForeign(text), text)
	}
}

// Web tokens are secrets that nobody has to know.
func TestWebTokens(t *testing.T) {
	t.Parallel()
	for _, store := range []*redact.Secrets{redact.New(), knowing("something else")} {
		expect(t, store.Redact("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln."), "token (redacted).")
		expect(t, store.RedactForeign("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0 "), "token (redacted) ")
	}
}

// Every form within every other one.
func TestEncodings(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	for _, secret := range []string{
		"k7Qz-91xP", `a"b&c<d>e/f`, "correct horse battery staple", "pässwörd-日本語-42", "!@#$%^&*()_=|", "50%25&amp;x\\n\\u0041-q9",
		"line 1\nline 2, and 3\n", "{\"key\": \"7f/9+ab==\"}",
	} {
		store := knowing(secret)
		hidden := func(layers ...redacttest.Encoding) {
			shown, name := secret, ""
			for _, layer := range layers {
				shown, name = layer.Encode(shown), layer.Name+" of "+name
			}
			redacted := store.RedactForeign("refused: " + shown + " was sent")
			if shares(redacted, shown, tolerated(secret, shown)) {
				t.Errorf("%s%q: too much is left: %s", name, secret, redacted)
			}
			if !strings.HasPrefix(redacted, "refused: ") || !strings.HasSuffix(redacted, " was sent") {
				t.Errorf("%s%q: more than the secret is gone: %s", name, secret, redacted)
			}
		}
		for _, inner := range redacttest.Encodings() {
			for _, outer := range redacttest.Encodings() {
				hidden(inner, outer)
			}
			for _, distortion := range redacttest.Distortions() {
				hidden(distortion, inner)
			}
		}
	}
}

// A secret without a letter or digit is one also within a word, and a line that rules a text off is
// none.
func TestSymbolsWithinWords(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"!@#$%^&*()_+{}", "😀😁😂🤣😃😄😅😆", "+/-/+/=/+/-/+/=="} {
		for _, around := range [][2]string{{"xx", "yy"}, {"", "1"}, {"a", ""}, {"1", ""}, {"x", "."}} {
			text := "refused: " + around[0] + secret + around[1]
			if got := knowing(secret).RedactForeign(text); strings.Contains(got, secret[3:len(secret)-3]) || !strings.HasPrefix(got, "refused: ") {
				t.Errorf("%q in %q: %q", secret, text, got)
			}
		}
	}
	const ruled = "a table:\n--------------------\nacme"
	if got := knowing("--------------").Redact(ruled); got != ruled {
		t.Errorf("ruled off: %q", got)
	}
}

// Logs write the bytes of what is not ASCII as \xXX.
func TestEscapedBytes(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"Passwört123", "Grüße-aus-Köln", "日本語のパスワード1"} {
		escaped := ""
		for _, one := range []byte(secret) {
			escaped += fmt.Sprintf("\\x%02x", one)
		}
		if got := knowing(secret).RedactForeign("refused: " + escaped + " was sent"); strings.Contains(got, `\x`) {
			t.Errorf("%q: %q", secret, got)
		}
	}
}

// Characters beyond 16 bits take two escapes of JSON, and others of other languages.
func TestEscapedCharacters(t *testing.T) {
	t.Parallel()
	store := knowing("pass😀word😁42")
	for text, want := range map[string]string{
		`refused: pass\ud83d\ude00word\uD83D\uDE0142!`:           "refused: (redacted)!",
		`refused: pass\u{1F600}word\u{1f601}42!`:                 "refused: (redacted)!",
		`refused: pass\x{1F600}word\x{1f601}42!`:                 "refused: (redacted)!",
		`refused: pass\U0001F600word\U0001f60142!`:               "refused: (redacted)!",
		`refused: pass%uD83D%uDE00word%ud83d%ude0142!`:           "refused: (redacted)!",
		`half a character: \ud83d, \ud83d\u0041, \ud83d\ud83d`:   "",
		`none: \u12, \uZZZZ, \u{110000}, \u{}, \u{zz}, \u{1F600`: "",
		`nor these: \U00110000, \U0001F60, \xZZ, \x4, \x{0`:      "",
	} {
		expect(t, store.RedactForeign(text), cmp.Or(want, text))
	}
}

// tolerated is how long a part of what shows a secret may be left: that of less than a run, with
// the escapes or the bytes that it shares with its neighbours.
func tolerated(secret, shown string) int {
	perRune := float64(len(shown)) / float64(len([]rune(secret)))
	return min(int(perRune*(redact.RunLength-1))+4, len(shown)-1)
}

// shares reports whether a text holds a part of another one that is longer than so many bytes. Such
// a part holds one of the pieces of half that length whole.
func shares(text, shown string, length int) bool {
	piece := (length + 1) / 2
	for at := 0; at+piece <= len(shown); at += piece {
		if !strings.Contains(text, shown[at:at+piece]) {
			continue
		}
		for start := max(0, at+piece-length-1); start <= at && start+length < len(shown); start++ {
			if strings.Contains(text, shown[start:start+length+1]) {
				return true
			}
		}
	}
	return false
}

func TestShortSecrets(t *testing.T) {
	t.Parallel()
	store := knowing("true", "5432", "hunter2", "on", "p@s:1", "us-1")
	for text, want := range map[string]string{
		"it must be true, or the port 15432 is on the constructed list": "it must be true, or the port 15432 is on the constructed list",
		`invalid value "true"`:          `invalid value "(redacted)"`,
		`{"ssl":"on","port":5432}`:      `{"ssl":"(redacted)","port":(redacted)}`,
		"ssl=on&port=5432":              "ssl=(redacted)&port=(redacted)",
		`{\"ssl\":\"on\"}`:              `{\"ssl\":\"(redacted)\"}`,
		"value: true":                   "value: (redacted)",
		"error: on no account":          "error: on no account",
		"True":                          "(redacted)",
		" true. ":                       " (redacted). ",
		"wrong password hunter2 given":  "wrong password (redacted) given",
		"wrong password hunter23 given": "wrong password hunter23 given",
		"Basic " + base64.StdEncoding.EncodeToString([]byte("bob:hunter2")): "Basic Ym9iO(redacted)=",
		"p%40s%3A1 and p@s:1": "(redacted) and (redacted)",
		"region us-1":         "region (redacted)",
		"region us-12":        "region us-12",
		"port 5432 is closed": "port (redacted) is closed",
	} {
		expect(t, store.RedactForeign(text), want)
	}
}

// A text of this program's has words and numbers of its own.
func TestShortSecretsInOwnTexts(t *testing.T) {
	t.Parallel()
	store := knowing("true", "5432", "hunter2", "on", "1", "hunter", "user1")
	store.AddPublic("user1")
	for text, want := range map[string]string{
		`Set "force_destroy" = true, "x" = 1; port 5432 is on`: `Set "force_destroy" = true, "x" = 1; port 5432 is on`,
		`environment "hunter2", app "hunter"`:                  `environment "(redacted)", app "(redacted)"`,
		`the hunter of linked account "user1"`:                 `the hunter of linked account "user1"`,
		`field "port": "5432"`:                                 `field "port": "(redacted)"`,
	} {
		expect(t, store.Redact(text), want)
	}
}

// A secret may be a word of the messages, or hold some.
func TestOrdinaryWords(t *testing.T) {
	t.Parallel()
	store := knowing("production", "linked-account-password-2291", "not found", "https://app.refold.ai/connect/k7Qz91xP")
	const text = "Linked account \"acme\" was not found in production: check the password and https://app.refold.ai/connect."
	expect(t, store.Redact(text), text)
	expect(t, store.RedactForeign(text), text)
	expect(t, store.RedactForeign(`{"value":"production"}`), `{"value":"(redacted)"}`)
	for _, shown := range []string{"linked-account-password-2291", "account-password-2291", "linked-account-password-22", "https://app.refold.ai/connect/k7Qz91xP", "k7Qz91xP"} {
		for _, redacted := range []string{store.Redact("so: " + shown), store.RedactForeign("so: " + shown)} {
			if strings.Contains(redacted, "22") || strings.Contains(redacted, "k7Qz") {
				t.Errorf("%s: %s", shown, redacted)
			}
		}
	}
}

// What an object is called is no secret, also where its credentials hold its name.
func TestPublicNames(t *testing.T) {
	t.Parallel()
	store := knowing("customer-0001@example.com", "customer-0001", "pw-customer-0001-k7Qz91xP")
	store.AddPublic("customer-0001")
	const text = `Could not update linked account "customer-0001".`
	expect(t, store.Redact(text), text)
	expect(t, store.RedactForeign(text), text)
	expect(t, store.RedactForeign("login customer-0001@example.com"), "login (redacted)")
	expect(t, store.RedactForeign("pw-customer-0001-k7Qz91xP"), "(redacted)")
}

func TestURLs(t *testing.T) {
	t.Parallel()
	store := knowing("postgres://admin:pw42!@db.example.com:5432/orders?key=k7Qz91xP", "https://acme.example.com")
	for text, want := range map[string]string{
		"cannot reach db.example.com:5432":    "cannot reach db.example.com:5432",
		"wrong password pw42! for admin":      "wrong password (redacted) for admin",
		"/orders?key=k7Qz91xP":                "(redacted)",
		`instance "https://acme.example.com"`: `instance "(redacted)"`,
		"cannot reach acme.example.com":       "cannot reach acme.example.com",
	} {
		expect(t, store.RedactForeign(text), want)
	}
}

// The messages of the provider stay whole with secrets such as people have.
func TestMessagesStayReadable(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	pages, err := filepath.Glob("../../*/testdata/diagnostics.md")
	if err != nil {
		t.Fatal(err)
	}
	further, err := filepath.Glob("../../object/*/testdata/diagnostics.md")
	if err != nil {
		t.Fatal(err)
	}
	pages = append(pages, further...)
	if len(pages) < 5 {
		t.Fatalf("found only %q", pages)
	}
	store := knowing(realisticSecrets()...)
	for _, page := range pages {
		content, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(string(content), "\n") {
			// What carries out an advice is no message.
			if !strings.HasPrefix(line, "_") {
				expect(t, store.Redact(line), line)
			}
		}
	}
}

func realisticSecrets() []string {
	secrets := []string{
		"true", "false", "5432", "443", "test", "production", "password", "credentials", "organization", "environment", "linked-account",
		"provider-configuration", "Connected App", "administrator", "us-east-1", "https://example.com", "https://refold.test/v1",
		"prod-database-password-2024!", "linked-account-token-9f8e7d6c5b4a", "refold-production-api-key-001", "correct horse battery staple",
		"xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "AKIAIOSFODNN7EXAMPLE",
		"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "postgres://svc:pa55word@db.internal:5432/prod?sslmode=require",
		"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n-----END PRIVATE KEY-----\n",
		`{"type": "service_account", "project_id": "acme-prod", "private_key_id": "0f1e2d3c4b5a", "client_email": "svc@acme-prod.iam.example.com"}`,
	}
	for i := range 2000 {
		secrets = append(secrets, fmt.Sprintf("%x-%d", uint64(i+1)*0x9e3779b97f4a7c15, i))
	}
	return secrets
}

// A text that is made to be decoded for ever is redacted as a whole, and so is none that is only
// long.
func TestEffortIsBounded(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	store := knowing("k7Qz-91xP", "5432")
	long := strings.Repeat("The quick brown fox jumps over the lazy dog. ", 3_000)
	expect(t, store.RedactForeign(long+"k7Qz-91xP"), long+"(redacted)")
	nested := "k7Qz-91xP"
	for len(nested) < 1<<15 {
		nested = base64.StdEncoding.EncodeToString([]byte(nested))
	}
	store.RedactForeign(strings.Repeat(nested, 4))
	store.RedactForeign("%" + strings.Repeat("25", 1<<16) + "41")
	store.RedactForeign(strings.Repeat("&", 1<<17))
}
