// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/number"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Environment variables that stand in for attributes that are not set.
const (
	apiKeyVariable      = "REFOLD_API_KEY"
	baseURLVariable     = "REFOLD_BASE_URL"
	environmentVariable = "REFOLD_ENVIRONMENT"
)

// configuration is the provider block.
type configuration struct {
	APIKey            types.String `tfsdk:"api_key"`
	BaseURL           types.String `tfsdk:"base_url"`
	Environment       types.String `tfsdk:"environment"`
	RequestsPerSecond number.Real  `tfsdk:"requests_per_second"`
	Burst             number.Whole `tfsdk:"burst"`
	MaxRetries        number.Whole `tfsdk:"max_retries"`
	RequestTimeout    types.String `tfsdk:"request_timeout"`
	AllowInsecureHTTP types.Bool   `tfsdk:"allow_insecure_http"`
	DeletionPolicy    types.String `tfsdk:"deletion_policy"`
}

// unknown names the attributes whose values are not known yet, and without which there is no
// client.
func (c configuration) unknown() []string {
	attributes := []struct {
		name  string
		value attr.Value
	}{
		{"api_key", c.APIKey},
		{"base_url", c.BaseURL},
		{"environment", c.Environment},
		{"requests_per_second", c.RequestsPerSecond},
		{"burst", c.Burst},
		{"max_retries", c.MaxRetries},
		{"request_timeout", c.RequestTimeout},
		{"allow_insecure_http", c.AllowInsecureHTTP},
	}
	var names []string
	for _, attribute := range attributes {
		if attribute.value.IsUnknown() {
			names = append(names, "`"+attribute.name+"`")
		}
	}
	return names
}

// withEnvironment fills attributes that are not set from the environment.
func (c configuration) withEnvironment() configuration {
	c.APIKey = orVariable(c.APIKey, apiKeyVariable)
	c.BaseURL = orVariable(c.BaseURL, baseURLVariable)
	c.Environment = orVariable(c.Environment, environmentVariable)
	return c
}

func orVariable(value types.String, variable string) types.String {
	if text := os.Getenv(variable); value.IsNull() && text != "" {
		return types.StringValue(text)
	}
	return value
}

// check reports what is wrong with the values that are known.
func (c configuration) check(diagnostics *diag.Diagnostics) {
	if !c.BaseURL.IsNull() && !c.BaseURL.IsUnknown() && !c.AllowInsecureHTTP.IsUnknown() {
		c.baseURL(diagnostics)
	}
	if !c.RequestTimeout.IsUnknown() {
		c.requestTimeout(diagnostics)
	}
}

// options turns a wholly known configuration into the client's options.
func (c configuration) options(diagnostics *diag.Diagnostics) refold.Options {
	key := c.APIKey.ValueString()
	if key == "" {
		diagnostics.AddAttributeError(path.Root("api_key"), "No Refold API key",
			"Set the environment variable "+apiKeyVariable+", or the provider's `api_key`. Keys are found in the Refold dashboard, one for each environment.")
	} else if strings.TrimSpace(key) != key || !isHeaderValue(key) {
		diagnostics.AddAttributeError(path.Root("api_key"), "Malformed Refold API key",
			"The key has white space at its ends or characters that no key has. A line break at the end of a file is a common cause; trimspace() removes it.")
	}
	checkKeyPrefix(key, c.Environment.ValueString(), diagnostics)
	return refold.Options{
		BaseURL:           c.baseURL(diagnostics),
		APIKey:            key,
		Environment:       c.Environment.ValueString(),
		RequestsPerSecond: c.RequestsPerSecond.ValueFloat64(),
		Burst:             int(c.Burst.ValueInt64()),
		MaxRetries:        c.maxRetries(),
		RequestTimeout:    c.requestTimeout(diagnostics),
	}
}

// deletionPolicy is empty where none is set. One that is not known would be none in a plan, which
// could then take away what it is to protect.
func (c configuration) deletionPolicy(diagnostics *diag.Diagnostics) ownership.Policy {
	if c.DeletionPolicy.IsUnknown() {
		diagnostics.AddAttributeError(path.Root("deletion_policy"), "The provider's deletion policy is not known yet",
			"It decides what a plan may take away, so it has to be known in the plan. Take it from a variable instead of another resource, or apply what it depends on first (terraform apply -target=...).")
	}
	return ownership.Policy(c.DeletionPolicy.ValueString())
}

func (c configuration) baseURL(diagnostics *diag.Diagnostics) *url.URL {
	text := cmp.Or(c.BaseURL.ValueString(), refold.DefaultBaseURL)
	base, err := refold.ParseBaseURL(text, c.AllowInsecureHTTP.ValueBool())
	switch {
	case errors.Is(err, refold.ErrInsecureBaseURL):
		diagnostics.AddAttributeError(path.Root("base_url"), "Refusing to send the API key unencrypted",
			fmt.Sprintf("%q uses plain http:// to another host, and the API key travels in a header. Use https://, or set `allow_insecure_http = true` if the network in between is trusted.", text))
	case err != nil:
		diagnostics.AddAttributeError(path.Root("base_url"), "Not a usable base URL", fmt.Sprintf("`base_url` (or %s) cannot be used: %s.", baseURLVariable, err))
	}
	return base
}

func (c configuration) requestTimeout(diagnostics *diag.Diagnostics) time.Duration {
	if c.RequestTimeout.IsNull() {
		return refold.DefaultRequestTimeout
	}
	timeout, err := time.ParseDuration(c.RequestTimeout.ValueString())
	if err != nil || timeout <= 0 {
		diagnostics.AddAttributeError(path.Root("request_timeout"), "Not a usable duration",
			fmt.Sprintf("`request_timeout` is %q; write a positive number with a unit, for example \"30s\" or \"2m\".", c.RequestTimeout.ValueString()))
	}
	return timeout
}

// maxRetries tells the client's "default" (0) from the user's "none".
func (c configuration) maxRetries() int {
	if !c.MaxRetries.IsNull() && c.MaxRetries.ValueInt64() == 0 {
		return -1
	}
	return int(c.MaxRetries.ValueInt64())
}

// checkKeyPrefix compares the guard with the documented key prefixes (FACTS 1.3). Workspaces have
// environments of their own, so only the two documented pairs can contradict each other.
func checkKeyPrefix(key, environment string, diagnostics *diag.Diagnostics) {
	contradicts := (environment == "production" && strings.HasPrefix(key, "tk")) ||
		(environment == "test" && strings.HasPrefix(key, "pk"))
	if contradicts {
		diagnostics.AddAttributeError(path.Root("environment"), "The API key belongs to another environment",
			fmt.Sprintf("`environment` is %q, but the API key begins with %q: production keys begin with \"pk\", test keys with \"tk\". "+
				"Use the key of the intended environment, or change `environment`.", environment, key[:2]))
		return
	}
	if name := strings.ToLower(strings.TrimSpace(environment)); name != environment || slices.Contains(takenForNames(), name) {
		diagnostics.AddAttributeWarning(path.Root("environment"), "The environment may be misspelled",
			fmt.Sprintf("`environment` is %q. Refold's own environments are \"test\", whose keys begin with \"tk\", and \"production\", with \"pk\"; workspaces have environments of their own. %s"+
				"Where the key belongs to another environment than this one, to the letter, nothing is written: the apply stops at the first answer.", environment, tellPrefix(key)))
	}
}

// takenForNames are words that people take for one of Refold's names.
func takenForNames() []string { return []string{"default", "prod", "live"} }

// tellPrefix says what the API key tells by its beginning (FACTS 1.3), and nothing of other keys.
func tellPrefix(key string) string {
	switch {
	case strings.HasPrefix(key, "tk"):
		return "The API key begins with \"tk\". "
	case strings.HasPrefix(key, "pk"):
		return "The API key begins with \"pk\". "
	}
	return ""
}

// userAgent names provider and CLI, and what TF_APPEND_USER_AGENT adds.
func userAgent(version, terraformVersion string) string {
	agent := fmt.Sprintf("terraform-provider-refold/%s Terraform/%s", version, cmp.Or(terraformVersion, "unknown"))
	extra := strings.TrimSpace(os.Getenv("TF_APPEND_USER_AGENT"))
	if extra == "" || !isHeaderValue(extra) {
		return agent
	}
	return agent + " " + extra
}

func isHeaderValue(key string) bool {
	return !strings.ContainsFunc(key, func(r rune) bool { return r < ' ' || r > '~' })
}
