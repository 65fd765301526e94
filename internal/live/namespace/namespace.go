// SPDX-License-Identifier: MPL-2.0

// Package namespace shows a small part of a real Refold as if it was all: the accounts of one test,
// under the ids by which the test calls them. At Refold, each id begins with a prefix that no other
// test has; the namespace adds it to whatever is sent, and takes it out of whatever comes back. So
// the same test runs against the mock and against Refold, and can meet nothing but its own.
package namespace

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/live/site"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	accountPath = "/api/v2/public/linked-account"
	accountName = "linked_account_id"
)

// Namespace is an http.Handler for one test.
type Namespace struct {
	at *site.Site
	// prefix begins with that of the run.
	prefix string
	// outward puts ids of Refold in the place of those of the mock, and inward the other way round.
	outward, inward *strings.Replacer
	tokens          tokens
}

// New makes the namespace of a test, whose name is unlike that of every other one of the run. The
// test calls definitions of variables by ids of the mock; each stands for the id at Refold that it
// is mapped to.
func New(at *site.Site, name string, definitions map[string]string) *Namespace {
	var outward, inward []string
	for mocked, real := range definitions {
		outward, inward = append(outward, mocked, real), append(inward, real, mocked)
	}
	made := &Namespace{at: at, prefix: at.Prefix() + name + "-"}
	inward = append(inward, made.prefix, "")
	if organization := at.OrganizationID(); organization != "" {
		inward = append(inward, organization, mockapi.OrganizationID)
	}
	made.outward, made.inward = strings.NewReplacer(outward...), strings.NewReplacer(inward...)
	return made
}

// Clear deletes all accounts of the namespace.
func (n *Namespace) Clear(ctx context.Context) error {
	_, err := n.at.SweepOf(ctx, n.prefix)
	return err
}

// Seed makes an account, as a PUT of these fields does, and waits until reads show it (FACTS 4.21).
func (n *Namespace) Seed(ctx context.Context, fields map[string]any) error {
	body, err := json.Marshal(fields)
	if err != nil {
		return fmt.Errorf("encode an account: %w", err)
	}
	if err := n.ask(ctx, http.MethodPut, accountPath, body); err != nil {
		return fmt.Errorf("make the account %v: %w", fields[accountName], err)
	}
	for range mostReads {
		if err = n.ask(ctx, http.MethodGet, accountPath+"/"+url.PathEscape(fmt.Sprint(fields[accountName])), nil); err == nil {
			return nil
		}
		if err := rest(ctx); err != nil {
			return err
		}
	}
	return fmt.Errorf("read the account %v that was made: %w", fields[accountName], err)
}

// mostReads is how many reads are tried until one shows what was made, and betweenReads what comes
// between them.
const (
	mostReads    = 20
	betweenReads = 250 * time.Millisecond
)

func rest(ctx context.Context) error {
	timer := time.NewTimer(betweenReads)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// ask makes a request as a test does.
func (n *Namespace) ask(ctx context.Context, method, path string, body []byte) error {
	request, err := http.NewRequestWithContext(ctx, method, path, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("prepare the request: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	n.ServeHTTP(answer, request)
	if answer.Code > 299 {
		return fmt.Errorf("the answer is %d: %s", answer.Code, n.at.Clean(answer.Body.String()))
	}
	return nil
}

// ServeHTTP implements http.Handler. What may not be sent, or is not answered, is a 502 that says
// why.
func (n *Namespace) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	response, err := n.forward(r)
	if err != nil {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadGateway)
		_ = json.NewEncoder(w).Encode(map[string]any{ // a client that went away is not the server's business
			"status_code": http.StatusBadGateway, "http_error_type": "BAD_GATEWAY", "error": "SERVER_ERROR", "message": n.at.Clean(err.Error()),
		})
		return
	}
	for _, name := range []string{"Content-Type", "Date", "Retry-After"} {
		if value := response.Header.Get(name); value != "" {
			w.Header().Set(name, value)
		}
	}
	w.WriteHeader(response.status)
	_, _ = w.Write(response.body) // a client that went away is not the server's business
}

// answer is one that was read whole.
type answer struct {
	http.Header
	status int
	body   []byte
}

func (n *Namespace) forward(r *http.Request) (*answer, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, fmt.Errorf("read the request: %w", err)
	}
	received, err := n.exchange(r, body, r.URL.Query())
	if err != nil {
		return nil, err
	}
	if r.Method == http.MethodGet {
		if received, err = n.wholePage(r, received); err != nil {
			return nil, err
		}
	}
	received.body = []byte(n.tokens.alias(n.inward.Replace(string(received.body)), n.inward))
	return received, nil
}

// exchange sends a request with the ids that Refold knows.
func (n *Namespace) exchange(r *http.Request, body []byte, query url.Values) (*answer, error) {
	target := n.at.BaseURL() + n.outward.Replace(n.path(r))
	if len(query) > 0 {
		target += "?" + n.outward.Replace(n.query(query).Encode())
	}
	sent, err := http.NewRequestWithContext(r.Context(), r.Method, target, bytes.NewReader(n.body(body)))
	if err != nil {
		return nil, fmt.Errorf("prepare the request: %w", err)
	}
	sent.Header = r.Header.Clone()
	if id := sent.Header.Get(accountName); id != "" {
		sent.Header.Set(accountName, n.prefix+id)
	}
	if bearer, isSent := strings.CutPrefix(sent.Header.Get("Authorization"), "Bearer "); isSent {
		sent.Header.Set("Authorization", "Bearer "+n.tokens.real(bearer))
	}
	response, err := n.at.RoundTrip(sent)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	return &answer{Header: response.Header, status: response.StatusCode, body: content}, nil
}

// path adds the prefix to an account that the path names.
func (n *Namespace) path(r *http.Request) string {
	path := r.URL.EscapedPath()
	if id, isOne := strings.CutPrefix(path, accountPath+"/"); isOne && !strings.Contains(id, "/") {
		return accountPath + "/" + n.prefix + id
	}
	return path
}

func (n *Namespace) query(query url.Values) url.Values {
	if ids := query[accountName]; len(ids) == 1 {
		query.Set(accountName, n.prefix+ids[0])
	}
	return query
}

func (n *Namespace) body(body []byte) []byte {
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		return body
	}
	for _, name := range []string{accountName, "account_id"} {
		var id string
		if json.Unmarshal(fields[name], &id) == nil {
			fields[name], _ = json.Marshal(n.prefix + id) // a text can be encoded
		}
	}
	encoded, _ := json.Marshal(fields) // what was decoded can be encoded
	return []byte(n.outward.Replace(string(encoded)))
}
