// SPDX-License-Identifier: MPL-2.0

package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Sweep deletes this run's accounts, and those that other runs have left behind more than six hours
// ago, with all that belongs to them. It returns the ids of those that it deleted. Every other
// account is left alone, whatever the list says.
func (s *Site) Sweep(ctx context.Context) ([]string, error) { return s.SweepOf(ctx, "") }

// SweepOf is Sweep for ids that begin with a prefix.
func (s *Site) SweepOf(ctx context.Context, prefix string) ([]string, error) {
	all, err := s.accountIDs(ctx)
	if err != nil {
		return nil, err
	}
	all = append(all, s.gate.made()...)
	slices.Sort(all)
	var swept []string
	var problems []error
	for _, id := range slices.Compact(all) {
		if !strings.HasPrefix(id, prefix) || !s.gate.isOurs(id) {
			continue
		}
		if err := s.deleteAccount(ctx, id); err != nil {
			problems = append(problems, fmt.Errorf("delete the account %s: %w", id, err))
			continue
		}
		s.gate.end(id)
		swept = append(swept, id)
	}
	return swept, errors.Join(problems...)
}

// pageSize is a limit that lists are known to take (FACTS 1.5).
const pageSize = 100

// accountIDs are those of the whole environment. A page without anything new is the end (FACTS
// 1.5).
func (s *Site) accountIDs(ctx context.Context) ([]string, error) {
	var ids []string
	for page := 1; ; page++ {
		query := url.Values{"page": {strconv.Itoa(page)}, "limit": {strconv.Itoa(pageSize)}}
		status, body, err := s.send(ctx, http.MethodGet, accountPath+"?"+query.Encode())
		if err != nil {
			return nil, fmt.Errorf("list the accounts: %w", err)
		}
		var shown struct {
			Docs []struct {
				AccountID string `json:"account_id"`
			} `json:"docs"`
		}
		if status != http.StatusOK || json.Unmarshal(body, &shown) != nil {
			return nil, fmt.Errorf("list the accounts: the answer %d is no page: %s", status, s.quote(body))
		}
		before := len(ids)
		for _, doc := range shown.Docs {
			if !slices.Contains(ids, doc.AccountID) {
				ids = append(ids, doc.AccountID)
			}
		}
		if len(ids) == before {
			return ids, nil
		}
	}
}

// deleteAccount takes what is gone for deleted, whose status is an open question (FACTS 4.19).
func (s *Site) deleteAccount(ctx context.Context, id string) error {
	status, body, err := s.send(ctx, http.MethodDelete, accountPath+"/"+url.PathEscape(id))
	switch {
	case err != nil:
		return err
	case status <= 299, strings.Contains(string(body), " not found"):
		return nil
	}
	return fmt.Errorf("the answer is %d: %s", status, s.quote(body))
}

func (s *Site) send(ctx context.Context, method, target string) (int, []byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, s.BaseURL()+target, nil)
	if err != nil {
		return 0, nil, fmt.Errorf("prepare the request: %w", err)
	}
	response, err := s.RoundTrip(request)
	if err != nil {
		return 0, nil, errors.New(s.Clean(err.Error()))
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return response.StatusCode, body, err
}

// quote is as much of an answer as a message holds.
func (s *Site) quote(body []byte) string {
	text := []rune(s.Clean(string(body)))
	return string(text[:min(len(text), 300)])
}
