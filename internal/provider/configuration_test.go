// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"regexp"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const oneAccount = `resource "refold_linked_account" "test" { linked_account_id = "user_1" }`

func failing(config, message string) resource.TestStep {
	return resource.TestStep{Config: config + "\n" + oneAccount, ExpectError: acctest.Wrapped(message)}
}

func TestWrongConfiguration(t *testing.T) {
	t.Parallel()
	key := `api_key = "` + mockapi.TestKey + `"`
	for name, wrong := range map[string]struct{ block, message string }{
		"no key":               {``, "Set the environment variable REFOLD_API_KEY, or the provider's `api_key`"},
		"empty key":            {`api_key = ""`, "`api_key` is set, but empty"},
		"key with a line end":  {`api_key = "tk-1\n"`, "trimspace() removes it"},
		"no scheme":            {key + "\n" + `base_url = "app.refold.ai"`, `it must start with https://, as in "https://app.refold.ai"`},
		"host and port only":   {key + "\n" + `base_url = "localhost:3000"`, "it must start with https://"},
		"no host":              {key + "\n" + `base_url = "https:///api"`, "it names no host"},
		"with password":        {key + "\n" + `base_url = "https://a:b@example.com"`, "it must not contain a user name or password"},
		"with query":           {key + "\n" + `base_url = "https://example.com/?a=b"`, "it must not contain a query or a fragment"},
		"plain http elsewhere": {key + "\n" + `base_url = "http://refold.example.com"`, "or set `allow_insecure_http = true` if the network in between is trusted"},
		"timeout without unit": {key + "\n" + `request_timeout = "30"`, `write a positive number with a unit, for example "30s"`},
		"timeout of nothing":   {key + "\n" + `request_timeout = "0s"`, "write a positive number with a unit"},
		"no pace":              {key + "\n" + `requests_per_second = 0`, "requests_per_second value must be between 0.1"},
		"half a request":       {key + "\n" + `burst = 2.5`, "`burst` is 2.5. It has to be a whole number: floor() or ceil()"},
		"half a retry":         {key + "\n" + `max_retries = 1.5`, "`max_retries` is 1.5. It has to be a whole number"},
		"too many retries":     {key + "\n" + `max_retries = 1e400`, "`max_retries` is 1e+400. It has to be a whole number"},
		"no such pace":         {key + "\n" + `requests_per_second = 1e400`, "`requests_per_second` is 1e+400, which is beyond the range"},
		"no burst":             {key + "\n" + `burst = 0`, "burst value must be between 1"},
		"negative retries":     {key + "\n" + `max_retries = -1`, "max_retries value must be between 0"},
		"other environment":    {key + "\n" + `environment = "production"`, `production keys begin with "pk", test keys with "tk"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.Run(t, failing("provider \"refold\" {\n"+wrong.block+"\n}", wrong.message))
		})
	}
}

// Settings may come from the environment, and attributes win over it.
func TestEnvironmentVariables(t *testing.T) {
	refold := acctest.StartRefold(t)
	t.Setenv("REFOLD_API_KEY", mockapi.TestKey)
	t.Setenv("REFOLD_BASE_URL", refold.URL+"/")
	t.Setenv("REFOLD_ENVIRONMENT", "test")
	t.Setenv("TF_APPEND_USER_AGENT", "pipeline/7")
	acctest.Run(t,
		resource.TestStep{Config: oneAccount, Check: resource.TestCheckResourceAttr("refold_linked_account.test", "environment", "test")},
		failing(`provider "refold" { environment = "staging" }`+"\n"+`data "refold_linked_account" "x" { linked_account_id = "user_1" }`, `not "staging"`),
		failing(`provider "refold" { api_key = "tk-other" }`, "Invalid Credentials"),
		resource.TestStep{Config: oneAccount},
	)
	agent := regexp.MustCompile(`^terraform-provider-refold/test Terraform/\d+\.\d+\.\d+\S* pipeline/7$`)
	for _, request := range refold.Requests() {
		if got := request.Header.Get("User-Agent"); !agent.MatchString(got) {
			t.Fatalf("User-Agent %q", got)
		}
	}
}

// A wrong variable is refused like a wrong attribute.
func TestWrongEnvironmentVariable(t *testing.T) {
	t.Setenv("REFOLD_API_KEY", mockapi.TestKey)
	t.Setenv("REFOLD_BASE_URL", "http://refold.example.com")
	acctest.Run(t, failing("", "Refusing to send the API key unencrypted"))
}

// Without retries, one fault is one request.
func TestRetriesCanBeTurnedOff(t *testing.T) {
	t.Parallel()
	var requests atomic.Int32
	url := acctest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		w.WriteHeader(http.StatusBadGateway)
	}))
	acctest.Run(t, resource.TestStep{
		Config:      acctest.Provider(url, mockapi.TestKey, "max_retries = 0") + `data "refold_linked_account" "x" { linked_account_id = "user_1" }`,
		ExpectError: acctest.Wrapped("HTTP 502 Bad Gateway"),
	})
	if got := requests.Load(); got != 1 {
		t.Errorf("%d requests, want 1", got)
	}
}
