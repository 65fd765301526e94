// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

const (
	accountPath    = "/api/v2/public/linked-account"
	credentialPath = accountPath + "/default-app/auth-credentials/"
	tokenPath      = "/api/v2/public/session-token"
	connectURLPath = "/api/v2/public/connect-url"
	keysPath       = accountPath + "/integration/save-key-credentials/"
	appsPath       = "/api/v2/public/application"
	configPath     = "/api/v2/public/config"
	fieldPath      = configPath + "/field"
	hubSpotPath    = "/api/v2/public/slug/hubspot"
	workflowPath   = "/api/v2/public/workflow"
	userAgent      = "terraform-provider-refold/1.2.3 Terraform/1.11.4"
)

// reports collects what Wrap reports.
type reports struct {
	mu    sync.Mutex
	texts []string
	sides []contract.Side
}

func (r *reports) add(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.texts = append(r.texts, err.Error())
	if violation, ok := errors.AsType[*contract.Violation](err); ok {
		r.sides = append(r.sides, violation.Side)
	}
}

// take returns the reports since the last call.
func (r *reports) take() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	text := strings.Join(slices.Sorted(slices.Values(r.texts)), "\n")
	r.texts, r.sides = nil, nil
	return text
}

// takeSides returns whose fault the reports since the last call are.
func (r *reports) takeSides() []contract.Side {
	r.mu.Lock()
	defer r.mu.Unlock()
	sides := r.sides
	r.texts, r.sides = nil, nil
	return sides
}

// wrapped is a handler behind the contract.
type wrapped struct {
	t   *testing.T
	url string
	// sent holds method and target of each request.
	sent *[]string
	*reports
}

func load(t *testing.T) *contract.Contract {
	t.Helper()
	loaded, err := contract.Load()
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func wrap(t *testing.T, loaded *contract.Contract, next http.Handler) wrapped {
	t.Helper()
	collected := &reports{}
	server := httptest.NewServer(loaded.Wrap(next, collected.add))
	t.Cleanup(server.Close)
	return wrapped{t, server.URL, new([]string), collected}
}

// send sends as the provider does. Headers are pairs of name and value; an
// empty value takes the header away.
func (w wrapped) send(method, target, body string, headers ...string) (int, string) {
	w.t.Helper()
	request, err := http.NewRequestWithContext(w.t.Context(), method, w.url+target, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	request.Header = http.Header{"X-Api-Key": {mockapi.TestKey}, "User-Agent": {userAgent}, "Accept": {"application/json"}}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Del(headers[i])
		if headers[i] == "User-Agent" || headers[i+1] != "" {
			request.Header.Set(headers[i], headers[i+1])
		}
	}
	*w.sent = append(*w.sent, method+" "+target)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return answer.StatusCode, string(read)
}

// answers is a handler that gives one answer to everything.
func answers(status int, contentType, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}
