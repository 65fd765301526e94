// SPDX-License-Identifier: MPL-2.0

package careless

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// client calls the server.
type client struct {
	mistakes         Mistakes
	transport        http.RoundTripper
	base, key, guard string
	// Data has the deletion policy of the provider, and what plans do with hooks.
	*providerdata.Data
	// planned are the states of which a plan was asked for.
	planned sync.Map
}

// statusError is an answer other than 200.
type statusError struct {
	status int
	quoted string
}

// Error implements error.
func (e *statusError) Error() string {
	if e.status == http.StatusUnauthorized {
		return "the API key was refused"
	}
	return fmt.Sprintf("Refold answered %d %s", e.status, e.quoted)
}

func isNotFound(err error) bool {
	answered, ok := err.(*statusError)
	return ok && answered.status == http.StatusNotFound
}

// document is a hook as it is sent.
type document struct {
	Name   string `json:"name"`
	Secret string `json:"secret"`
}

func (c *client) create(ctx context.Context, sent document) (hook, error) {
	if c.mistakes.CreatesTwice {
		if _, err := c.call(ctx, http.MethodPost, "/hooks", sent); err != nil {
			return hook{}, err
		}
	}
	made, err := c.call(ctx, http.MethodPost, "/hooks", sent)
	if err == nil && c.mistakes.GoesOnAfterStop {
		return c.call(context.WithoutCancel(ctx), http.MethodPut, "/hooks/"+made.ID, sent)
	}
	return made, err
}

func (c *client) read(ctx context.Context, id string) (hook, error) {
	read, err := c.call(ctx, http.MethodGet, "/hooks/"+id, nil)
	if c.mistakes.ShoutsNames {
		read.Name = string(bytes.ToUpper([]byte(read.Name)))
	}
	return read, err
}

func (c *client) update(ctx context.Context, id string, sent document) (hook, error) {
	return c.call(ctx, http.MethodPut, "/hooks/"+id, sent)
}

func (c *client) delete(ctx context.Context, id string) error {
	if c.mistakes.DeletesNothing {
		return nil
	}
	_, err := c.call(ctx, http.MethodDelete, "/hooks/"+id, nil)
	if isNotFound(err) && !c.mistakes.FailsToDeleteGone {
		return nil
	}
	return err
}

// checkScope fails where the key is not of the guarded environment, nor of the one
// in which an object is known to be. The latter may be empty.
func (c *client) checkScope(ctx context.Context, environment string) error {
	if c.key == "" {
		return errors.New("provider attribute api_key is not known yet")
	}
	scope, err := c.call(ctx, http.MethodGet, "/scope", nil)
	switch {
	case err != nil:
		return err
	case c.guard != "" && scope.Environment != c.guard && !c.mistakes.IgnoresGuard:
		return fmt.Errorf("the API key belongs to environment %s, not %s", scope.Environment, c.guard)
	case environment != "" && scope.Environment != environment && !c.mistakes.TakesSwappedKeyForGone:
		return fmt.Errorf("the API key belongs to another environment than the object, which is in %s", environment)
	}
	return nil
}

// attempts is how often a request is sent that may be repeated.
const attempts = 3

// call sends a request. A POST is not repeated, because each makes another hook.
func (c *client) call(ctx context.Context, method, path string, sent any) (hook, error) {
	if method != http.MethodGet && !c.mistakes.CutsOffAtStop {
		if err := ctx.Err(); err != nil {
			return hook{}, err
		}
		ctx = context.WithoutCancel(ctx)
	}
	body, err := json.Marshal(sent)
	if err != nil {
		return hook{}, err
	}
	target := c.base + path
	if c.mistakes.TellsSecrets {
		target += "?body=" + url.QueryEscape(string(body))
		tflog.Debug(ctx, "sending "+string(body)+" with "+c.key)
	}
	tflog.Debug(ctx, "request", map[string]any{"method": method, "path": path})
	times := attempts
	if method == http.MethodPost && !c.mistakes.RepeatsPost {
		times = 1
	}
	var got hook
	for n := range times {
		if n > 0 && method != http.MethodGet && method != http.MethodPost && !c.mistakes.RepeatsBlindly {
			if _, err := c.attempt(ctx, http.MethodGet, target, nil); isNotFound(err) {
				return hook{}, err
			}
		}
		if got, err = c.attempt(ctx, method, target, body); err == nil {
			return got, nil
		}
		if answered, isAnswered := err.(*statusError); isAnswered && answered.status != http.StatusServiceUnavailable {
			return hook{}, err
		}
	}
	return hook{}, err
}

func (c *client) attempt(ctx context.Context, method, target string, body []byte) (hook, error) {
	request, err := http.NewRequestWithContext(ctx, method, target, bytes.NewReader(body))
	if err != nil {
		return hook{}, err
	}
	request.Header.Set("X-Api-Key", c.key)
	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return hook{}, fmt.Errorf("no answer to %s", method)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return hook{}, fmt.Errorf("no whole answer to %s", method)
	}
	if response.StatusCode != http.StatusOK {
		failure := &statusError{status: response.StatusCode}
		if c.mistakes.TellsSecrets || c.mistakes.QuotesReads && method == http.MethodGet {
			failure.quoted = string(text)
		}
		return hook{}, failure
	}
	var got hook
	if err := json.Unmarshal(text, &got); err != nil && !c.mistakes.TakesAnyAnswer {
		return hook{}, fmt.Errorf("no answer in JSON to %s", method)
	}
	if got == (hook{}) && !c.mistakes.TakesAnyAnswer {
		return hook{}, fmt.Errorf("an answer to %s that shows nothing", method)
	}
	return got, nil
}
