// SPDX-License-Identifier: MPL-2.0

// Package refold is a client of Refold's public API: the requests that the
// provider makes, and what their answers mean. It knows nothing of Terraform.
// Comments cite what is known of the API by its number in FACTS.md, beside this file.
package refold

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-cleanhttp"
	"golang.org/x/sync/semaphore"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
)

// Options configure a Client. The zero value of a number means its default.
type Options struct {
	// BaseURL is the deployment, as ParseBaseURL returns it. Required.
	BaseURL *url.URL
	// APIKey selects organization and environment (FACTS 1.3). Required.
	APIKey string
	// Environment, when set, is a guard: every call fails before its first
	// write unless the key turns out to belong to this environment, and after an
	// answer has shown that it does not.
	Environment string
	// UserAgent is sent with every request.
	UserAgent string
	// RequestsPerSecond and Burst are the server's allowance; Refold publishes 20
	// and 5 (FACTS 1.4). All attempts are paced to stay just below it, and slower
	// for a while after the server has throttled one.
	RequestsPerSecond float64
	Burst             int
	// MaxRetries is how often a failed request is repeated, within LongestCall;
	// negative means never.
	MaxRetries int
	// RequestTimeout bounds one attempt, waits excluded.
	RequestTimeout time.Duration
	// RetryWait is the first wait between attempts; it doubles from there.
	RetryWait time.Duration
	// OpenTokens learns which session tokens are to be revoked, and which have been. Nil means that
	// nobody asks for them.
	OpenTokens *OpenTokens
	// Transport replaces the network, in tests.
	Transport http.RoundTripper
	// Proxy is by which proxy a request goes; nil for what the environment says.
	Proxy func(*http.Request) (*url.URL, error)
	// Secrets are those that nothing may show; the client adds to them. Nil for those of this
	// client alone.
	Secrets *redact.Secrets
	// Trace, when set, is called after every attempt.
	Trace func(context.Context, Attempt)
}

// Defaults of Options.
const (
	DefaultRequestsPerSecond = 20
	DefaultBurst             = 5
	DefaultMaxRetries        = 8
	DefaultRequestTimeout    = 30 * time.Second
	defaultRetryWait         = time.Second
)

// Client talks to one Refold deployment with one API key. It is safe for
// concurrent use; all its users share one pace and one connection pool.
type Client struct {
	base      *url.URL
	apiKey    string
	guard     *environmentGuard
	userAgent string
	http      *http.Client
	retries   int
	retryWait time.Duration
	secrets   *redact.Secrets
	scope     scopeCache
	bulk      *bulkread.Reader[listed]
	// applications are those of an account by its id, and of the catalogue under none.
	applications sharedReads[[]*Application]
	catalogue    sharedCatalogue
	variables    variableReads
	// made is when the client was, which is when a run begins.
	made       time.Time
	openTokens *OpenTokens
	contact    *contact
}

// New makes a Client. It sends nothing.
func New(options Options) (*Client, error) {
	if options.BaseURL == nil {
		return nil, errors.New("a Refold client needs a base URL")
	}
	if options.APIKey == "" {
		return nil, errors.New("a Refold client needs an API key")
	}
	secrets := cmp.Or(options.Secrets, redact.New())
	secrets.Add(options.APIKey)
	guard := &environmentGuard{environment: options.Environment}
	reached := &contact{}
	client := &Client{
		base:       options.BaseURL,
		apiKey:     options.APIKey,
		guard:      guard,
		userAgent:  options.UserAgent,
		http:       newHTTPClient(options, secrets, guard, reached),
		secrets:    secrets,
		retries:    max(0, cmp.Or(options.MaxRetries, DefaultMaxRetries)),
		retryWait:  cmp.Or(options.RetryWait, defaultRetryWait),
		scope:      scopeCache{probing: semaphore.NewWeighted(1)},
		made:       time.Now(),
		openTokens: cmp.Or(options.OpenTokens, &OpenTokens{}),
		contact:    reached,
	}
	client.bulk = bulkread.NewReader(client.accountList(url.Values{}, pageLimit))
	return client, nil
}

func newHTTPClient(options Options, secrets *redact.Secrets, guard *environmentGuard, reached *contact) *http.Client {
	proxy := options.Proxy
	if proxy == nil {
		proxy = http.ProxyFromEnvironment
	}
	transport := options.Transport
	if transport == nil {
		transport = newTransport(proxy)
	}
	return &http.Client{
		CheckRedirect: checkRedirect,
		Transport: &attemptTransport{
			next:    transport,
			pacer:   newPacer(cmp.Or(options.RequestsPerSecond, DefaultRequestsPerSecond), cmp.Or(options.Burst, DefaultBurst)),
			timeout: cmp.Or(options.RequestTimeout, DefaultRequestTimeout),
			trace:   options.Trace,
			secrets: secrets,
			guard:   guard,
			contact: reached,
			proxy:   proxy,
		},
	}
}

func newTransport(proxy func(*http.Request) (*url.URL, error)) *http.Transport {
	transport := cleanhttp.DefaultPooledTransport()
	transport.Proxy, transport.OnProxyConnectResponse = proxy, refusedByProxy
	// Terraform's -parallelism is often raised to 50; none of it should
	// reconnect for every request.
	transport.MaxIdleConnsPerHost = 64
	transport.MaxResponseHeaderBytes = 1 << 20
	return transport
}

const maxRedirects = 5

// checkRedirect follows a redirect only where the key may go and the request
// stays what it was: same scheme and host, same method. Any other one is
// handed back as the answer, which decodeError describes.
func checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	if len(via) > maxRedirects || next.Method != first.Method || next.URL.Scheme != first.URL.Scheme || next.URL.Host != first.URL.Host {
		return http.ErrUseLastResponse
	}
	return nil
}
