// SPDX-License-Identifier: MPL-2.0

package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/route"
)

const (
	publicPath    = "/api/v2/public/"
	accountPath   = publicPath + "linked-account"
	accountHeader = "Linked_account_id"
	accountName   = "linked_account_id"
)

// NobodysID is an id of which nothing exists: the second of its creation is 80 years off (FACTS
// 1.7).
const NobodysID = "ffffffffffffffffffffffff"

var objectID = regexp.MustCompile(`^[0-9a-f]{24}$`)

// gate lets reads pass, and writes that are about this run's accounts and nothing else. What it
// cannot tell, it refuses.
type gate struct {
	prefix string
	began  time.Time

	mutex sync.Mutex
	// tokens are session tokens that were issued for this run's accounts.
	tokens map[string]bool
	// ids are of what answers have shown to belong to this run's accounts.
	ids map[string]bool
	// accounts are those that this run has written to and not deleted.
	accounts map[string]bool
	// strange is an environment that an answer has shown in place of test. Nothing is written from
	// then on: the key may have been swapped at the server.
	strange string
}

func newGate(now time.Time) *gate {
	return &gate{prefix: newPrefix(now), began: now, tokens: map[string]bool{}, ids: map[string]bool{NobodysID: true}, accounts: map[string]bool{}}
}

// isOurs reports whether an account may be written to: one of this run, or of one that is over.
func (g *gate) isOurs(accountID string) bool {
	return strings.HasPrefix(accountID, g.prefix) || isAbandoned(accountID, g.began)
}

// admit returns why a request must not be sent.
func (g *gate) admit(r *http.Request, path string, body []byte) error {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if r.Method == http.MethodGet {
		// The one read that writes (FACTS 2.15).
		if strings.HasSuffix(strings.TrimSuffix(path, "/"), "/edit") {
			return errors.New("this read makes a draft")
		}
		return nil
	}
	if g.strange != "" {
		return fmt.Errorf("an answer was of the environment %q, so nothing is written any more", g.strange)
	}
	named, err := accountsOf(r, path, body)
	if err != nil {
		return err
	}
	for _, accountID := range named {
		if !g.isOurs(accountID) {
			return fmt.Errorf("it would write to the account %q, which is not of this run", accountID)
		}
	}
	last := path[strings.LastIndex(path, "/")+1:]
	// Beside accounts, everything is deleted by an id of its own.
	isByID := r.Method == http.MethodDelete && (objectID.MatchString(last) || !strings.HasPrefix(path, accountPath+"/"))
	switch {
	case isByID && !g.ids[last]:
		return fmt.Errorf("it would delete %q, which no answer has shown to belong to an account of this run", last)
	case isByID, len(named) > 0:
		return nil
	case g.tokens[bearerOf(r)]:
		return nil
	}
	return errors.New("it would write, and names no account of this run")
}

// accountsOf are the accounts that a write names, wherever Refold takes them from (FACTS 2.0).
func accountsOf(r *http.Request, path string, body []byte) ([]string, error) {
	named := slices.Concat(r.Header[accountHeader], r.URL.Query()[accountName])
	if id, isOne := strings.CutPrefix(path, accountPath+"/"); isOne && !strings.Contains(id, "/") {
		decoded, err := url.PathUnescape(id)
		if err != nil {
			return nil, fmt.Errorf("decode the path: %w", err)
		}
		named = append(named, decoded)
	}
	var fields map[string]any
	if len(body) > 0 && json.Unmarshal(body, &fields) != nil {
		return nil, errors.New("its body is no JSON object")
	}
	payload, _ := fields["payload"].(map[string]any)
	for _, level := range []map[string]any{fields, payload} {
		for _, name := range []string{accountName, "account_id"} {
			if value, isSent := level[name]; isSent {
				named = append(named, fmt.Sprint(value))
			}
		}
	}
	return named, nil
}

func bearerOf(r *http.Request) string {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return token
}

// learn remembers what an answer shows to be this run's.
func (g *gate) learn(r *http.Request, path string, sent []byte, status int, body []byte) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	var shown map[string]any
	if status > 299 || json.Unmarshal(body, &shown) != nil {
		return
	}
	if r.Method == http.MethodGet {
		docs, _ := shown["docs"].([]any)
		for _, doc := range docs {
			one, _ := doc.(map[string]any)
			if owner, _ := one[accountName].(string); g.isOurs(owner) {
				g.learnID(one)
			}
		}
		return
	}
	if environment, isShown := shown["environment"].(string); isShown && environment != testEnvironment {
		g.strange = environment
	}
	named, err := accountsOf(r, path, sent)
	if err != nil || len(named) == 0 {
		return
	}
	g.learnID(shown)
	if token, isShown := shown["token"].(string); isShown {
		g.tokens[token] = true
	}
}

// begin remembers which accounts a write may make, whatever comes of it. Lists may lag behind
// (FACTS 4.21).
func (g *gate) begin(r *http.Request, path string, body []byte) {
	if r.Method != http.MethodPost && r.Method != http.MethodPut || strings.TrimSuffix(path, "/") != accountPath {
		return
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	named, _ := accountsOf(r, path, body) // it was admitted
	for _, accountID := range named {
		g.accounts[accountID] = true
	}
}

// end forgets an account that is deleted.
func (g *gate) end(accountID string) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	delete(g.accounts, accountID)
}

// made are the accounts that this run may have left.
func (g *gate) made() []string {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return slices.Sorted(maps.Keys(g.accounts))
}

func (g *gate) learnID(shown map[string]any) {
	if id, isText := shown["_id"].(string); isText && objectID.MatchString(id) {
		g.ids[id] = true
	}
}

// pathOf is below the deployment's base URL, escaped.
func (s *Site) pathOf(r *http.Request) string {
	return strings.TrimPrefix(route.Path(r), s.base.EscapedPath())
}
