// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	testKey      = "tk0f1e2d3c-key"
	organization = "6500a1b2c3d4e5f6a7b8c9d0"
	accountsPath = "/api/v2/public/linked-account"
)

// sent is a request as it reached the network.
type sent struct {
	Method, URI, Body string
	Header            http.Header
	// At is the time since the network was made.
	At time.Duration
}

// reply plays one answer, or the lack of one.
type reply func(*http.Request) (*http.Response, error)

// network plays replies in order, repeating the last one, and remembers what it was sent.
type network struct {
	t       *testing.T
	start   time.Time
	mutex   sync.Mutex
	replies []reply
	seen    []sent
}

func newNetwork(t *testing.T, replies ...reply) *network {
	return &network{t: t, start: time.Now(), replies: replies}
}

// RoundTrip implements http.RoundTripper.
func (n *network) RoundTrip(request *http.Request) (*http.Response, error) {
	return n.next(request)(request)
}

func (n *network) next(request *http.Request) reply {
	var body []byte
	if request.Body != nil {
		var err error
		if body, err = io.ReadAll(request.Body); err != nil {
			n.t.Errorf("read the request: %v", err)
		}
	}
	n.mutex.Lock()
	defer n.mutex.Unlock()
	n.seen = append(n.seen, sent{
		Method: request.Method,
		URI:    request.URL.RequestURI(),
		Body:   string(body),
		Header: request.Header.Clone(),
		At:     time.Since(n.start),
	})
	return n.replies[min(len(n.seen), len(n.replies))-1]
}

func (n *network) requests() []sent {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return slices.Clone(n.seen)
}

// methods lists the methods of all requests, in order.
func (n *network) methods() string {
	var methods []string
	for _, request := range n.requests() {
		methods = append(methods, request.Method)
	}
	return strings.Join(methods, " ")
}

// answer is a whole answer; headers are pairs of name and value.
func answer(status int, body string, headers ...string) reply {
	return func(request *http.Request) (*http.Response, error) {
		response := stream(request, status, strings.NewReader(body))
		for pair := range slices.Chunk(headers, 2) {
			response.Header.Set(pair[0], pair[1])
		}
		return response, nil
	}
}

// about is an answer about the account that is asked for.
func about(status int, body func(id string) string) reply {
	return func(request *http.Request) (*http.Response, error) {
		return answer(status, body(path.Base(request.URL.Path)))(request)
	}
}

// stream is an answer whose body may break off or stop.
func stream(request *http.Request, status int, body io.Reader) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(body), Request: request, ProtoMajor: 1, ProtoMinor: 1}
}

// brokenOff is an answer that ends in the middle with an error.
func brokenOff(status int, begin string) reply {
	return func(request *http.Request) (*http.Response, error) {
		return stream(request, status, io.MultiReader(strings.NewReader(begin), failingReader{})), nil
	}
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// failure is an exchange that fails before an answer.
func failure(err error) reply {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

// silence never answers.
func silence(request *http.Request) (*http.Response, error) {
	<-request.Context().Done()
	return nil, request.Context().Err()
}

// after delays a reply.
func after(wait time.Duration, then reply) reply {
	return func(request *http.Request) (*http.Response, error) {
		select {
		case <-request.Context().Done():
			return nil, request.Context().Err()
		case <-time.After(wait):
			return then(request)
		}
	}
}

// newClient makes a client on a network; change adjusts its options.
func newClient(t *testing.T, transport http.RoundTripper, change ...func(*refold.Options)) *refold.Client {
	t.Helper()
	return newClientAt(t, "https://refold.example", append([]func(*refold.Options){func(o *refold.Options) { o.Transport = transport }}, change...)...)
}

func newClientAt(t *testing.T, baseURL string, change ...func(*refold.Options)) *refold.Client {
	t.Helper()
	base, err := refold.ParseBaseURL(baseURL, false)
	if err != nil {
		t.Fatal(err)
	}
	options := refold.Options{BaseURL: base, APIKey: testKey, UserAgent: "test"}
	for _, set := range change {
		set(&options)
	}
	client, err := refold.New(options)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func withoutRetries(o *refold.Options) { o.MaxRetries = -1 }

func guarding(environment string) func(*refold.Options) {
	return func(o *refold.Options) { o.Environment = environment }
}

// document is the answer to a GET of an account (FACTS 2.1).
func document(id string) string {
	return `{"_id":"6992cc7e9d38bc6a2ae28d12","associated_org":"` + organization + `","account_id":"` + id + `","environment":"test","name":"Acme Inc.","udf":[],"integrations":[],"createdAt":"2026-05-22T11:24:06.840Z","updatedAt":"2026-05-25T04:37:50.064Z","__v":2}`
}

// notFound is the long message of FACTS 1.6 in envelope E3. The id goes in as
// it stands, so it must not need JSON escapes.
func notFound(id string) string {
	return `{"status_code":404,"http_error_type":"NOT_FOUND","error":"SERVER_ERROR","message":"Linked Account with account id ` + id + ` for org ` + organization + ` in environment test not found"}`
}
