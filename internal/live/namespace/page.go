// SPDX-License-Identifier: MPL-2.0

package namespace

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// mostPages bounds how large an environment may be in which lists are read to their end.
const mostPages = 50

// onPage is what is looked at of a page (FACTS 1.5).
type onPage struct {
	Docs  []json.RawMessage `json:"docs"`
	Limit int               `json:"limit"`
}

// wholePage makes, of an answer that is a page, the page that there would be if nothing else
// existed: it reads all pages, drops what belongs to other accounts, and pages what is left.
func (n *Namespace) wholePage(r *http.Request, first *answer) (*answer, error) {
	var shown onPage
	if first.status != http.StatusOK || json.Unmarshal(first.body, &shown) != nil || shown.Docs == nil {
		return first, nil
	}
	query := r.URL.Query()
	number, limit := max(numberOf(query.Get("page")), 1), numberOf(query.Get("limit"))
	if shown.Limit > 0 {
		limit = shown.Limit
	}
	own, err := n.ownDocs(r)
	if err != nil {
		return nil, err
	}
	first.body, err = repaged(first.body, own, number, max(limit, 1))
	return first, err
}

// repaged has the documents of a page put in the place of those that a body shows, and the numbers
// that it shows as they are then. What it does not show, it still does not.
func repaged(body []byte, all []json.RawMessage, number, limit int) ([]byte, error) {
	var shown map[string]any
	if err := json.Unmarshal(body, &shown); err != nil {
		return nil, fmt.Errorf("decode a page: %w", err)
	}
	begin := min((number-1)*limit, len(all))
	end := min(begin+limit, len(all))
	pages := max((len(all)+limit-1)/limit, 1)
	for name, value := range map[string]any{
		"totalDocs": len(all), "limit": limit, "totalPages": pages, "page": number, "pagingCounter": begin + 1,
		"hasPrevPage": number > 1, "hasNextPage": number < pages,
		"prevPage": neighbour(number-1, number > 1), "nextPage": neighbour(number+1, number < pages),
	} {
		if _, isShown := shown[name]; isShown {
			shown[name] = value
		}
	}
	shown["docs"] = append([]json.RawMessage{}, all[begin:end]...)
	encoded, err := json.Marshal(shown)
	if err != nil {
		return nil, fmt.Errorf("encode a page: %w", err)
	}
	return encoded, nil
}

// ownDocs are those of all pages that belong to no account, or to one of the namespace.
func (n *Namespace) ownDocs(r *http.Request) ([]json.RawMessage, error) {
	var own []json.RawMessage
	seen := map[string]bool{}
	for page := 1; page <= mostPages; page++ {
		query := r.URL.Query()
		query.Set("page", strconv.Itoa(page))
		query.Set("limit", "100")
		received, err := n.exchange(r, nil, query)
		if err != nil {
			return nil, err
		}
		var shown onPage
		if received.status != http.StatusOK || json.Unmarshal(received.body, &shown) != nil {
			return nil, fmt.Errorf("read page %d: the answer %d is no page", page, received.status)
		}
		isNew := false
		for _, doc := range shown.Docs {
			if seen[string(doc)] {
				continue
			}
			seen[string(doc)], isNew = true, true
			if n.isOwn(doc) {
				own = append(own, doc)
			}
		}
		if !isNew {
			return own, nil
		}
	}
	return nil, fmt.Errorf("there are more than %d pages: use an environment with fewer accounts", mostPages)
}

func (n *Namespace) isOwn(doc json.RawMessage) bool {
	var named struct {
		AccountID string `json:"account_id"`
		Owner     string `json:"linked_account_id"`
	}
	if json.Unmarshal(doc, &named) != nil {
		return false
	}
	return strings.HasPrefix(named.AccountID+named.Owner, n.prefix) || named.AccountID+named.Owner == ""
}

func numberOf(text string) int {
	number, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return number
}

// neighbour is null where there is none.
func neighbour(number int, exists bool) any {
	if !exists {
		return nil
	}
	return number
}
