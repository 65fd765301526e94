// SPDX-License-Identifier: MPL-2.0

package question

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/live/site"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	publicPath     = "/api/v2/public"
	accountPath    = publicPath + "/linked-account"
	credentialPath = accountPath + "/default-app/auth-credentials"
	tokenPath      = publicPath + "/session-token"
	valuesPath     = publicPath + "/env/values"
	executionPath  = publicPath + "/execution"
	manyDocs       = "1000"
)

// mostStale is how many reads after a write are tried until one sees it, and betweenReads what
// comes between them: caches may end by time.
const (
	mostStale    = 20
	betweenReads = 250 * time.Millisecond
)

// probe asks one question. After a first failure it sends nothing more, and what it saw counts for
// nothing.
type probe struct {
	ctx context.Context
	at  *site.Site
	// found is what all probes have found so far.
	found *mockapi.Behaviour
	// lag is how many reads after a write may show what was before.
	lag int
	// made counts the accounts, so that each has an id of its own.
	made *int

	err  error
	seen []any
	open []string
}

// reply is an answer of Refold.
type reply struct {
	status int
	// body is nil where the answer is no JSON object; numbers are json.Number.
	body map[string]any
	text string
}

func (r reply) isDone() bool { return r.status >= 200 && r.status <= 299 }

// says reports whether the answer holds a text, in any case.
func (r reply) says(text string) bool {
	return strings.Contains(strings.ToLower(r.text), strings.ToLower(text))
}

// docs are those of a page.
func (r reply) docs() []map[string]any {
	all, _ := r.body["docs"].([]any)
	var docs []map[string]any
	for _, one := range all {
		if doc, isObject := one.(map[string]any); isObject {
			docs = append(docs, doc)
		}
	}
	return docs
}

// object is the JSON of a request.
type object = map[string]any

// request is one that a probe sends.
type request struct {
	method, path string
	query        url.Values
	// account goes into the header.
	account string
	// bearer goes in place of the API key.
	bearer string
	body   any
}

// send sends a request, whatever the answer is.
func (p *probe) send(r request) reply {
	if p.err != nil {
		return reply{}
	}
	answered, err := p.try(r)
	if err != nil {
		p.err = errors.New(p.at.Clean(err.Error()))
	}
	return answered
}

func (p *probe) try(r request) (reply, error) {
	target := p.at.BaseURL() + r.path
	if len(r.query) > 0 {
		target += "?" + r.query.Encode()
	}
	var body io.Reader
	if r.body != nil {
		encoded, err := json.Marshal(r.body)
		if err != nil {
			return reply{}, fmt.Errorf("encode the request: %w", err)
		}
		body = bytes.NewReader(encoded)
	}
	sent, err := http.NewRequestWithContext(p.ctx, r.method, target, body)
	if err != nil {
		return reply{}, fmt.Errorf("prepare the request: %w", err)
	}
	if body != nil {
		sent.Header.Set("Content-Type", "application/json")
	}
	if r.account != "" {
		sent.Header.Set("linked_account_id", r.account)
	}
	if r.bearer != "" {
		sent.Header.Set("Authorization", "Bearer "+r.bearer)
	}
	return p.answer(sent)
}

func (p *probe) answer(sent *http.Request) (reply, error) {
	response, err := p.at.RoundTrip(sent)
	if err != nil {
		return reply{}, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return reply{}, fmt.Errorf("read the answer: %w", err)
	}
	answered := reply{status: response.StatusCode, text: string(content)}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	if decoder.Decode(&answered.body) != nil {
		answered.body = nil
	}
	return answered, nil
}

// must is for what has to succeed, because the question is about something else.
func (p *probe) must(r request) reply {
	answered := p.send(r)
	if p.err == nil && !answered.isDone() {
		p.err = fmt.Errorf("%s %s: %s", r.method, r.path, p.quote(answered))
	}
	return answered
}

// quote is an answer as a message shows it.
func (p *probe) quote(answered reply) string {
	text := []rune(p.at.Clean(answered.text))
	return fmt.Sprintf("Refold answered %d: %s", answered.status, string(text[:min(len(text), 200)]))
}

// saw notes what a switch of the mock has to be for it to answer as this server does.
func saw[T comparable](p *probe, field *T, value T) {
	if p.err != nil {
		return
	}
	*field = value
	p.seen = append(p.seen, field)
}

// leave says what of the question stays open.
func (p *probe) leave(format string, arguments ...any) {
	if p.err == nil {
		p.open = append(p.open, fmt.Sprintf(format, arguments...))
	}
}

// newID is of an account of this run that does not exist yet. A suffix says what is odd about it.
func (p *probe) newID(suffix string) string {
	*p.made++
	return fmt.Sprintf("%sq%d%s", p.at.Prefix(), *p.made, suffix)
}

// account makes an account with some fields, and returns its id.
func (p *probe) account(fields object) string {
	id := p.newID("")
	p.must(upsert(id, fields))
	return id
}

func upsert(id string, fields object) request {
	body := object{"linked_account_id": id}
	for name, value := range fields {
		body[name] = value
	}
	return request{method: http.MethodPut, path: accountPath, body: body}
}

func get(path string, query url.Values) request {
	return request{method: http.MethodGet, path: path, query: query}
}

func ofAccount(id string) string { return accountPath + "/" + url.PathEscape(id) }

// late reads as often as a write may stay unseen, and returns the last answer.
func (p *probe) late(r request) reply {
	answered := p.send(r)
	for range p.lag {
		answered = p.send(r)
	}
	return answered
}

// look shows an account as it is after all writes.
func (p *probe) look(id string) map[string]any {
	answered := p.late(get(ofAccount(id), nil))
	if p.err == nil && !answered.isDone() {
		p.err = fmt.Errorf("read the account: %s", p.quote(answered))
	}
	return answered.body
}

// fieldsOf are the user-defined fields of an account by key, in either shape (FACTS 0.7).
func fieldsOf(account map[string]any) map[string]any {
	fields, isObject := account["udf"].(map[string]any)
	if isObject {
		return fields
	}
	fields = map[string]any{}
	entries, _ := account["udf"].([]any)
	for _, entry := range entries {
		one, _ := entry.(map[string]any)
		if key, isText := one["key_name"].(string); isText {
			fields[key] = one["key_value"]
		}
	}
	return fields
}

// token mints a session token of an account of this run.
func (p *probe) token(id string, query url.Values) string {
	answered := p.must(request{method: http.MethodPost, path: tokenPath, query: query, body: object{"linked_account_id": id}})
	token, _ := answered.body["token"].(string)
	refresh, _ := answered.body["refresh_token"].(string)
	p.at.Hide(token, refresh)
	if p.err == nil && token == "" {
		p.err = errors.New("the answer to the request for a session token shows none")
	}
	return token
}

// rest waits between reads.
func (p *probe) rest() {
	timer := time.NewTimer(betweenReads)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-p.ctx.Done():
		p.err = context.Cause(p.ctx)
	}
}
