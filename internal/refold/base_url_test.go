// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestParseBaseURLAccepts(t *testing.T) {
	tests := map[string]struct {
		text          string
		allowInsecure bool
		want          string
	}{
		"hosted":                      {text: refold.DefaultBaseURL, want: "https://app.refold.ai"},
		"trailing slash":              {text: "https://app.refold.ai/", want: "https://app.refold.ai"},
		"several trailing slashes":    {text: "https://app.refold.ai///", want: "https://app.refold.ai"},
		"path prefix":                 {text: "https://tools.example.com/refold", want: "https://tools.example.com/refold"},
		"path prefix, trailing slash": {text: "https://tools.example.com/a/refold/", want: "https://tools.example.com/a/refold"},
		"encoded path prefix":         {text: "https://tools.example.com/a%2Fb/", want: "https://tools.example.com/a%2Fb"},
		"port":                        {text: "https://refold.example.com:3443", want: "https://refold.example.com:3443"},
		"scheme in capitals":          {text: "HTTPS://refold.example.com", want: "https://refold.example.com"},
		"http on localhost":           {text: "http://localhost:3000", want: "http://localhost:3000"},
		"http on LOCALHOST":           {text: "http://LOCALHOST:3000/", want: "http://LOCALHOST:3000"},
		"http on 127.0.0.1":           {text: "http://127.0.0.1:8080/", want: "http://127.0.0.1:8080"},
		"http elsewhere in 127/8":     {text: "http://127.9.8.7", want: "http://127.9.8.7"},
		"http on ::1":                 {text: "http://[::1]:3000", want: "http://[::1]:3000"},
		"http elsewhere, allowed":     {text: "http://refold.internal:3000/x/", allowInsecure: true, want: "http://refold.internal:3000/x"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			base, err := refold.ParseBaseURL(test.text, test.allowInsecure)
			if err != nil {
				t.Fatalf("ParseBaseURL(%q) = %v", test.text, err)
			}
			if base.String() != test.want {
				t.Errorf("ParseBaseURL(%q) = %q, want %q", test.text, base, test.want)
			}
		})
	}
}

func TestParseBaseURLRefuses(t *testing.T) {
	tests := map[string]struct {
		text string
		says string
	}{
		"empty":                 {"", "https://"},
		"host only":             {"app.refold.ai", "https://"},
		"host and port":         {"app.refold.ai:443", "https://"},
		"address and port":      {"127.0.0.1:8080", "https://"},
		"host and path":         {"app.refold.ai/refold", "https://"},
		"scheme relative":       {"//app.refold.ai", "https://"},
		"another scheme":        {"ftp://app.refold.ai", "https://"},
		"scheme only":           {"https://", "no host"},
		"path only":             {"https:///refold", "no host"},
		"port only":             {"https://:443", "no host"},
		"no slashes":            {"https:app.refold.ai", "no host"},
		"user name":             {"https://me@app.refold.ai", "user name"},
		"password":              {"https://me:hunter2@app.refold.ai", "user name"},
		"query":                 {"https://app.refold.ai?x=hunter2", "query"},
		"empty query":           {"https://app.refold.ai/?", "query"},
		"fragment":              {"https://app.refold.ai/#hunter2", "fragment"},
		"port that is no port":  {"https://app.refold.ai:hunter2", "not a valid URL"},
		"white space in front":  {" https://app.refold.ai", "not a valid URL"},
		"line break at the end": {"https://app.refold.ai\n", "not a valid URL"},
		"broken escape":         {"https://app.refold.ai/%hunter2", "not a valid URL"},
		"space in the host":     {"https://app refold.ai", "not a valid URL"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			base, err := refold.ParseBaseURL(test.text, true)
			if err == nil {
				t.Fatalf("ParseBaseURL(%q) = %q, want an error", test.text, base)
			}
			if !strings.Contains(err.Error(), test.says) {
				t.Errorf("ParseBaseURL(%q) = %q, want it to say %q", test.text, err, test.says)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the error shows a part of the URL that may be secret: %q", err)
			}
		})
	}
}

func TestParseBaseURLRefusesPlainHTTP(t *testing.T) {
	for _, text := range []string{
		"http://app.refold.ai",
		"http://10.0.0.1:3000",
		"http://localhost.example.com",
		"http://127.0.0.1.example.com",
		"http://[::2]:3000",
		"http://0.0.0.0:3000",
	} {
		if _, err := refold.ParseBaseURL(text, false); !errors.Is(err, refold.ErrInsecureBaseURL) {
			t.Errorf("ParseBaseURL(%q) = %v, want ErrInsecureBaseURL", text, err)
		}
		if _, err := refold.ParseBaseURL(text, true); err != nil {
			t.Errorf("ParseBaseURL(%q) with plain HTTP allowed = %v", text, err)
		}
	}
}
