// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// ConfigKey names a config: that of an app, for an account (FACTS 2.7).
type ConfigKey struct {
	AccountID string
	// Slug is the app's, or for an app that the organization built its application id.
	Slug string
	// ConfigID is the account's id by default.
	ConfigID string
}

var (
	configPath   = path{"api", "v2", "public", "config"}
	configOfPath = path{"api", "v2", "public", "slug"}
)

// configMeanings are how a config, or its app, is said not to be there (FACTS 2.6, 2.7).
var configMeanings = []meaning{
	{NotFound, http.StatusNotFound, "config with config id ", " not found"},
	{ApplicationNotFound, http.StatusNotFound, "application with app_type ", ""},
	{ApplicationNotFound, http.StatusBadRequest, "application with slug ", " not found"},
}

// deletionMeanings are those of a deletion: servers of 2023 and 2024 say that there is no such app
// where there is no such config (FACTS 2.7).
var deletionMeanings = append([]meaning{{NotFound, http.StatusBadRequest, "application with slug ", " not found"}}, configMeanings...)

// Config reads a config, without the options of its fields unless they are asked for, which costs
// Refold requests to the app. One that does not exist is an *Error of kind NotFound.
func (c *Client) Config(ctx context.Context, key ConfigKey, withOptions bool) (*Config, error) {
	request, err := heading(key.AccountID, call{
		segments:   configOfPath.join(key.Slug, "config", key.ConfigID),
		meanings:   configMeanings,
		hidesScope: true,
	})
	if err != nil {
		return nil, err
	}
	if !withOptions {
		request.header.Set("disable_field_options", "true")
	}
	received, err := c.get(ctx, request)
	if err != nil {
		return nil, err
	}
	return decodeConfig(received, key.ConfigID)
}

// ConfigIDs are those of the configs that an account has of an app, in Refold's order. None is no
// error. The organization's own config may stand among them, and is left out.
func (c *Client) ConfigIDs(ctx context.Context, accountID, slug string) ([]string, error) {
	request, err := heading(accountID, call{
		segments:   configOfPath.join(slug, "configs"),
		meanings:   configMeanings,
		hidesScope: true,
	})
	if err != nil {
		return nil, err
	}
	received, err := c.get(ctx, request)
	if err != nil {
		return nil, err
	}
	// One page of 2024 shows whole configs (FACTS 2.7); their ids stand in the same place.
	var entries []struct {
		ConfigID     lenientText `json:"config_id"`
		TenantConfig lenientBool `json:"tenant_config"`
	}
	if json.Unmarshal(received.body, &entries) != nil || entries == nil {
		return nil, unreadable(received, "not a list of configs in JSON")
	}
	var ids []string
	for _, entry := range entries {
		switch {
		case entry.TenantConfig.isTrue():
		case entry.ConfigID == "":
			return nil, unreadable(received, "a list of configs with one without a config_id")
		default:
			ids = append(ids, string(entry.ConfigID))
		}
	}
	return ids, nil
}

// CreateConfig makes a config, or returns the one that is there, unchanged: Refold does not say
// which it did, so it is looked for before (FACTS 2.7). To ask again does no harm.
func (c *Client) CreateConfig(ctx context.Context, key ConfigKey) (*Config, error) {
	request, err := heading(key.AccountID, call{
		method:       http.MethodPost,
		segments:     configPath,
		body:         map[string]string{"slug": key.Slug, "config_id": key.ConfigID},
		meanings:     configMeanings,
		keepsAccount: true,
		expectsJSON:  true,
		// It returns the config that an earlier attempt has made.
		repeating: repeatable,
	})
	if err != nil {
		return nil, err
	}
	request.header.Set("disable_field_options", "true")
	return write(ctx, c, request, func(ctx context.Context, received answer) (*Config, error) {
		config, err := decodeConfig(received, key.ConfigID)
		if err == nil || KindOf(err) == WrongObject {
			return config, err
		}
		// Answers to writes may be as short as {"success": true} (FACTS 0.1).
		return c.readAfter(ctx, received, key)
	})
}

// ConfigAfterWrite reads a config right after writes to it, again for a while where it may show
// what was before (FACTS 4.21).
func (c *Client) ConfigAfterWrite(ctx context.Context, key ConfigKey, isBefore func(*Config) bool) (*Config, error) {
	return AfterWrite(ctx, c.reading(key), func(shown *Config, err error) bool { return err == nil && isBefore(shown) })
}

func (c *Client) reading(key ConfigKey) func(context.Context) (*Config, error) {
	return func(ctx context.Context) (*Config, error) { return c.Config(ctx, key, false) }
}

// readAfter reads the config that a write was about, and fails where nothing shows it. Reads may
// not see at once that it was made (FACTS 4.21).
func (c *Client) readAfter(ctx context.Context, received answer, key ConfigKey) (*Config, error) {
	isMissing := func(_ *Config, err error) bool { return KindOf(err) == NotFound }
	config, err := AfterWrite(ctx, c.reading(key), isMissing)
	if err != nil {
		return nil, unproven(received, "the answer does not show the config, and it could not be read back: "+err.Error(), err)
	}
	return config, nil
}

// SetConfigField gives a field a value: any JSON, with numbers as json.Number. Others stay. It
// returns the field as the answer shows it, and nil where it only says that it was done; one that
// says neither is an *Error of kind Unproven. A field that the config does not have is an *Error of
// kind FieldNotFound, and a config that is not there one of kind NotFound. Recheck is as of
// DeleteLinkedAccount: somebody may have set another value meanwhile.
func (c *Client) SetConfigField(ctx context.Context, key ConfigKey, fieldID string, value any, recheck Recheck) (*ConfigField, error) {
	return c.changeField(ctx, key, fieldID, call{method: http.MethodPut, body: map[string]any{"value": value}, repeating: repeatable, recheck: recheck})
}

// ClearConfigField lets a field go back to its default. Results, and recheck, are as of
// SetConfigField.
func (c *Client) ClearConfigField(ctx context.Context, key ConfigKey, fieldID string, recheck Recheck) (*ConfigField, error) {
	return c.changeField(ctx, key, fieldID, call{method: http.MethodDelete, repeating: repeatable, recheck: recheck})
}

func (c *Client) changeField(ctx context.Context, key ConfigKey, fieldID string, change call) (*ConfigField, error) {
	change.segments = configPath.join("field", fieldID)
	change.query = url.Values{"config_id": {key.ConfigID}}
	change.meanings = append([]meaning{{FieldNotFound, http.StatusBadRequest, "field with id ", " not found"}}, configMeanings...)
	change.keepsAccount = true
	request, err := heading(key.AccountID, change)
	if err != nil {
		return nil, err
	}
	if err := CheckHeader(key.Slug); err != nil {
		return nil, notSent("the slug " + err.Error())
	}
	request.header.Set("slug", key.Slug)
	request.header.Set("disable_field_options", "true")
	return write(ctx, c, request, func(_ context.Context, received answer) (*ConfigField, error) {
		var wire wireConfigField
		switch isField := decodeNumbers(received.body, &wire) == nil && string(wire.ID) == fieldID; {
		case isField:
			return new(wire.field()), nil
		case received.says == succeeded:
			return nil, nil
		}
		return nil, unproven(received, "the answer shows neither the field nor that it was changed", nil)
	})
}

// ToggleWorkflow switches a workflow on or off in a config (FACTS 2.7). An answer that shows
// neither the workflow as it is to be nor that it was done is an *Error of kind Unproven. Some
// servers know the path with PUT only, which is tried where PATCH is not known.
func (c *Client) ToggleWorkflow(ctx context.Context, key ConfigKey, workflowID string, enabled bool) error {
	about, err := heading(key.AccountID, call{})
	if err != nil {
		return err
	}
	// That a server does not know the path which the guard asks says nothing of this one.
	if err := c.checkEnvironment(ctx, about); err != nil {
		return err
	}
	err = c.toggleBy(ctx, http.MethodPatch, key, workflowID, enabled)
	if refusal, ok := errors.AsType[*Error](err); ok && refusal.isUnknownPath() {
		return c.toggleBy(ctx, http.MethodPut, key, workflowID, enabled)
	}
	return err
}

// isUnknownPath tells the page of a server that does not know a path from what Refold itself says.
func (e *Error) isUnknownPath() bool {
	return e.NotRefold && (e.Status == http.StatusNotFound || e.Status == http.StatusMethodNotAllowed)
}

func (c *Client) toggleBy(ctx context.Context, method string, key ConfigKey, workflowID string, enabled bool) error {
	request, err := heading(key.AccountID, call{
		method:       method,
		segments:     configOfPath.join(key.Slug, "config", key.ConfigID, "workflows", workflowID),
		body:         map[string]bool{"enabled": enabled},
		meanings:     configMeanings,
		keepsAccount: true,
		repeating:    repeatable,
	})
	if err != nil {
		return err
	}
	_, err = write(ctx, c, request, func(_ context.Context, received answer) (answer, error) {
		return received, settleToggle(received, workflowID, enabled)
	})
	return err
}

func settleToggle(received answer, workflowID string, enabled bool) error {
	var wire struct {
		Workflows []struct {
			ID      lenientText `json:"id"`
			Enabled lenientBool `json:"enabled"`
		} `json:"workflows"`
	}
	if json.Unmarshal(received.body, &wire) == nil {
		for _, workflow := range wire.Workflows {
			if string(workflow.ID) != workflowID || workflow.Enabled.bool == nil {
				continue
			}
			if workflow.Enabled.isTrue() == enabled {
				return nil
			}
			return unproven(received, fmt.Sprintf("after it, Refold shows the workflow with enabled = %t", !enabled), nil)
		}
	}
	if received.says == succeeded {
		return nil
	}
	return unproven(received, "the answer does not show the workflow", nil)
}

// DeleteConfig deletes a config with all its values (FACTS 2.7). One that does not exist is an
// *Error of kind NotFound, or ApplicationNotFound where its app does not. Recheck is as of
// DeleteLinkedAccount.
func (c *Client) DeleteConfig(ctx context.Context, key ConfigKey, recheck Recheck) error {
	request, err := heading(key.AccountID, call{
		method:       http.MethodDelete,
		segments:     configOfPath.join(key.Slug, "config", key.ConfigID),
		meanings:     deletionMeanings,
		keepsAccount: true,
		repeating:    repeatable,
		recheck:      recheck,
	})
	if err != nil {
		return err
	}
	_, err = write(ctx, c, request, func(ctx context.Context, received answer) (answer, error) {
		return received, c.settleConfigDeletion(ctx, received, key)
	})
	return err
}

// settleConfigDeletion looks for the config where the answer does not say that it was deleted. With
// its account or app, it is gone as well.
func (c *Client) settleConfigDeletion(ctx context.Context, received answer, key ConfigKey) error {
	if received.says == succeeded {
		return nil
	}
	_, err := c.ConfigAfterWrite(ctx, key, func(*Config) bool { return true })
	switch kind := KindOf(err); {
	case kind == NotFound, kind == AccountNotFound, kind == ApplicationNotFound:
		return nil
	case err == nil:
		return unproven(received, "the answer does not say that the config was deleted, and it is still there", nil)
	}
	return unproven(received, "the answer does not say that the config was deleted, and it could not be looked at: "+err.Error(), err)
}

// heading names the account in the header, for endpoints that take it nowhere else (FACTS 2.0). An
// id that would arrive there as another one is refused before anything is sent.
func heading(accountID string, request call) (call, error) {
	if err := CheckHeader(accountID); err != nil {
		return call{}, notSent("the id of the linked account " + err.Error())
	}
	request.accountID = accountID
	// The name has underscores and lower case on the wire, as documented.
	request.header = http.Header{"linked_account_id": {accountID}}
	return request, nil
}

// notSent is the error about a request that was not even begun.
func notSent(reason string) error {
	return &UnreachableError{Delivery: Delivery{Repeatable: true}, reason: "nothing was sent, because " + reason, cause: ErrNotInHeader}
}

// ErrNotInHeader is in the chain of errors about a request that was not sent, because what names
// its object can only travel in a header, and would arrive there as another text.
var ErrNotInHeader = errors.New("it cannot travel in a header")
