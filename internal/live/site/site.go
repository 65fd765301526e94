// SPDX-License-Identifier: MPL-2.0

// Package site is a real Refold that tests and questions may use: only its test environment, only
// for accounts that a run has made itself, and at a pace that leaves room for others.
//
// Everything goes through [Site.RoundTrip], which adds the API key, so that nobody else has it.
package site

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/go-cleanhttp"
	"golang.org/x/time/rate"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
)

// Environment variables that name a site.
const (
	KeyVariable     = "REFOLD_LIVE_API_KEY"
	BaseURLVariable = "REFOLD_LIVE_BASE_URL"
)

// testEnvironment is the one environment that may be used (FACTS 1.3). Others, those of workspaces
// among them, may be somebody's production.
const testEnvironment = "test"

// Half of what Refold publishes (FACTS 1.4): the account has other users.
const (
	requestsPerSecond = 10
	burst             = 2
)

// Settings say where a site is.
type Settings struct {
	// BaseURL is the deployment; empty for the hosted service.
	BaseURL string
	// APIKey has to select the environment test.
	APIKey string
	// Network replaces the network, in tests.
	Network http.RoundTripper
}

// FromEnvironment reads the settings from KeyVariable and BaseURLVariable. A missing key is an
// error: nothing is skipped for the want of it.
func FromEnvironment(lookup func(string) string) (Settings, error) {
	settings := Settings{BaseURL: lookup(BaseURLVariable), APIKey: lookup(KeyVariable)}
	if settings.APIKey == "" {
		return Settings{}, fmt.Errorf("%s is not set, so nothing was run. Set it to an API key of a Refold environment that is called %q, "+
			"and %s to the URL of the deployment unless it is %s", KeyVariable, testEnvironment, BaseURLVariable, refold.DefaultBaseURL)
	}
	return settings, nil
}

// Site is one Refold, for one run. It is safe for concurrent use.
type Site struct {
	base         *url.URL
	key          string
	network      http.RoundTripper
	pace         *rate.Limiter
	gate         *gate
	secrets      *redact.Secrets
	organization string
}

// Open asks a Refold which environment the key selects, and refuses every other one than test, also
// where Refold does not say. It writes nothing.
func Open(ctx context.Context, settings Settings) (*Site, error) {
	if strings.HasPrefix(settings.APIKey, "pk") {
		return nil, errors.New("the API key begins with pk, as those of production do, so nothing was sent with it")
	}
	text := settings.BaseURL
	if text == "" {
		text = refold.DefaultBaseURL
	}
	base, err := refold.ParseBaseURL(text, false)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", BaseURLVariable, err)
	}
	opened := &Site{
		base: base, key: settings.APIKey, network: settings.Network,
		pace: rate.NewLimiter(requestsPerSecond, burst), gate: newGate(time.Now()), secrets: redact.New(),
	}
	if opened.network == nil {
		opened.network = cleanhttp.DefaultPooledTransport()
	}
	opened.secrets.Add(settings.APIKey)
	return opened, opened.checkEnvironment(ctx)
}

// checkEnvironment fails closed: what is not known to be the test environment is none.
func (s *Site) checkEnvironment(ctx context.Context) error {
	client, err := refold.New(refold.Options{BaseURL: s.base, APIKey: s.key, Secrets: s.secrets, Transport: s})
	if err != nil {
		return fmt.Errorf("make a client: %w", err)
	}
	scope, err := client.Scope(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("ask %s which environment the API key selects: %w", s.base, err)
	case scope.Environment == "":
		return fmt.Errorf("%s does not say which environment the API key selects, and may not be written to. "+
			"An old server says so once the environment has an account: make one in the dashboard", s.base)
	case scope.Environment != testEnvironment:
		return fmt.Errorf("the API key selects the environment %q. Only %q may be used", scope.Environment, testEnvironment)
	}
	s.organization = scope.OrganizationID
	return nil
}

// Prefix is how the ids of all accounts begin that this run may make.
func (s *Site) Prefix() string { return s.gate.prefix }

// BaseURL is the deployment, without a trailing slash.
func (s *Site) BaseURL() string { return s.base.String() }

// OrganizationID is the organization that the key selects, empty where no answer has shown it.
func (s *Site) OrganizationID() string { return s.organization }

// Clean takes the secrets of this run out of a text.
func (s *Site) Clean(text string) string { return s.secrets.RedactForeign(text) }

// Hide adds secrets to those that Clean takes out.
func (s *Site) Hide(secrets ...string) { s.secrets.Add(secrets...) }
