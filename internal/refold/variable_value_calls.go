// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync/atomic"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
)

var (
	valuePath  = path{"api", "v2", "public", "env", "value"}
	valuesPath = path{"api", "v2", "public", "env", "values"}
)

// valueMeanings are how a value, or its definition, is said not to be there (FACTS 2.8, 2.9).
var valueMeanings = []meaning{
	{NotFound, http.StatusNotFound, "variable value", " not found"},
	{NotFound, http.StatusBadRequest, "variable value", " not found"},
	{DefinitionNotFound, http.StatusNotFound, definitionMissing, ""},
	{DefinitionNotFound, http.StatusBadRequest, definitionMissing, ""},
}

// about is a call about values, of which no answer may be quoted.
func (k VariableKey) about(request call) call {
	request.accountID = k.AccountID
	request.meanings = append(request.meanings, valueMeanings...)
	request.hidesBody = true
	return request
}

// target names in a query what a value is for.
func (k VariableKey) target(query url.Values) url.Values {
	if k.AccountID != "" {
		query.Set("linked_account_id", k.AccountID)
	}
	if k.WorkflowID != "" {
		query.Set("workflow_id", k.WorkflowID)
	}
	return query
}

// VariableValue reads a value, from the pages of its scope where that is cheaper, as
// ReadLinkedAccount does (FACTS 2.9). One that is not set is an *Error of kind NotFound. Its
// account, where it does not exist, is one of kind AccountNotFound, and its definition one of kind
// DefinitionNotFound, as far as the server tells; others show only that it is not set. A server
// whose lists do not show what a value is for shows no ID.
//
// Of an encrypted definition, such a server may show the same for a value that is set and one that
// is not; it counts as set then.
func (c *Client) VariableValue(ctx context.Context, key VariableKey, options ReadOptions) (*VariableValue, error) {
	list := c.variables.list(c, key)
	shown, rest, err := list.reader.Lookup(ctx, []string{key.listKey()}, options)
	if other := c.variables.list(c, key); err == nil && len(rest) > 0 && other != list {
		list = other
		shown, rest, err = list.reader.Lookup(ctx, []string{key.listKey()}, options)
	}
	switch {
	case err != nil:
		return nil, listError(err)
	case len(rest) > 0:
		return c.readVariableValue(ctx, list, key)
	}
	found := shown[key.listKey()]
	if found.IsAbsent {
		return nil, c.unlistedValue(key, found.Among)
	}
	return found.Document.as(key), nil
}

// CurrentVariableValue reads a value by itself, as it is now: for what is decided by it, no list is
// new enough, and the search for one would cost a page besides. Results are as of VariableValue.
func (c *Client) CurrentVariableValue(ctx context.Context, key VariableKey) (*VariableValue, error) {
	return c.readVariableValue(ctx, c.variables.list(c, key), key)
}

// readVariableValue reads a value by itself, and holds it against what lists have said.
func (c *Client) readVariableValue(ctx context.Context, list *valueList, key VariableKey) (*VariableValue, error) {
	value, err := c.findVariableValue(ctx, list, key)
	if err != nil {
		return nil, err
	}
	if claim, ok := list.reader.Claimed(key.listKey()); ok && refutesValue(value, claim) {
		list.reader.Distrust()
	}
	return value, nil
}

func refutesValue(value *VariableValue, claim bulkread.Claim[listedVariable]) bool {
	if claim.IsAbsent {
		return wasSo(value.UpdatedAt, value.AnsweredAt, claim.Asked)
	}
	shown := claim.Document.as(value.VariableKey)
	isOther := shown.IsShown && value.IsShown && shown.Value != value.Value
	return isOther && (shown.UpdatedAt == value.UpdatedAt || wasSo(value.UpdatedAt, value.AnsweredAt, claim.Asked))
}

// mostFiltered bounds what is read of a list that was asked for one value, of a server that ignores
// that.
const mostFiltered = 100

// findVariableValue looks for a value where its id is shown as well: in the list that only holds
// it. Where lists do not say what their documents are the value of, or hold all values whatever
// they are asked for, it is asked for by its target first.
func (c *Client) findVariableValue(ctx context.Context, list *valueList, key VariableKey) (*VariableValue, error) {
	if !list.hidesTargets.Load() && !list.ignoresFilters.Load() {
		value, isHidden, err := c.filteredValue(ctx, list, key)
		if !isHidden {
			return value, err
		}
		value, _, err = c.variableValueAlone(ctx, key)
		return value, err
	}
	alone, isCertain, err := c.variableValueAlone(ctx, key)
	if err != nil || isCertain && list.hidesTargets.Load() {
		return alone, err
	}
	value, isHidden, err := c.filteredValue(ctx, list, key)
	if isHidden {
		return alone, nil
	}
	return value, err
}

// filteredValue reads a value from the list of what its definition and target select. Where the
// list does not show it and proves no absence either, it is hidden.
func (c *Client) filteredValue(ctx context.Context, list *valueList, key VariableKey) (value *VariableValue, isHidden bool, err error) {
	query := key.target(url.Values{"variable_definition_id": {key.DefinitionID}})
	pages, seen, total := 0, 0, bulkread.Unknown
	for page, err := range c.valuesOf(key, query, pageLimit, key.encryption()).Once(ctx) {
		if err != nil {
			return nil, false, listError(err)
		}
		for _, document := range page.Documents {
			if document.IsNamed() && document.value.isSame(key) {
				return document.as(key), false, nil
			}
			isHidden = isHidden || !document.IsNamed() && document.mayBe(key)
		}
		list.learn(page.Documents, true)
		seen, total = seen+len(page.Documents), page.Total
		if pages++; pages == mostFiltered || isHidden && list.hidesTargets.Load() {
			return nil, true, nil
		}
	}
	if isHidden || seen < total {
		return nil, true, nil
	}
	return nil, false, c.unlistedValue(key, 0)
}

// mayBe reports whether a document that does not say all may be the value that is looked for.
func (l listedVariable) mayBe(key VariableKey) bool {
	shown := l.value.VariableKey
	return (shown.DefinitionID == "" || shown.DefinitionID == key.DefinitionID) &&
		(shown.AccountID == "" || shown.AccountID == key.AccountID) &&
		(shown.WorkflowID == "" || shown.WorkflowID == key.WorkflowID)
}

// learn takes down what documents say of the server, and where other ones were asked for, that it
// has not minded.
func (l *valueList) learn(documents []listedVariable, areUnwanted bool) {
	isNamed := slices.ContainsFunc(documents, listedVariable.IsNamed)
	if len(documents) > 0 && !isNamed {
		l.hidesTargets.Store(true)
	}
	if isNamed && areUnwanted {
		l.ignoresFilters.Store(true)
		l.reader.PreferList()
	}
}

// unlistedValue says that a list does not show a value.
func (c *Client) unlistedValue(key VariableKey, among int) error {
	what := "the variable has no value there"
	if among > 0 {
		what = fmt.Sprintf("it is not in the list of all values of scope %q (their number: %d)", key.scope(), among)
	}
	return &Error{Status: http.StatusOK, Kind: NotFound, Message: what, Scope: c.scope.get(), Delivery: Delivery{Repeatable: true}}
}

// variableValueAlone asks for a value by its definition and target, which does not show its id. It
// is certain that there is one where the answer shows something in its place.
func (c *Client) variableValueAlone(ctx context.Context, key VariableKey) (value *VariableValue, isCertain bool, err error) {
	request := key.about(call{segments: valuePath.join(key.DefinitionID), query: key.target(url.Values{}), hidesScope: true})
	request.hidesValues = key.Encrypted
	received, err := c.get(ctx, request)
	if err != nil {
		return nil, false, err
	}
	shown, isObject := decodeShownVariable(received.body, received.date, key.encryption())
	if !isObject {
		return nil, false, unreadable(received, "not a value of a variable in JSON")
	}
	if err := c.checkShown(received, shown.value, key); err != nil {
		return nil, false, err
	}
	value = shown.as(key)
	if !shown.hasValue && !value.Encrypted {
		return nil, false, &Error{Status: received.status, Kind: NotFound, Message: "the variable has no value there", Delivery: received.delivery}
	}
	return value, shown.hasValue, nil
}

// checkShown refuses an answer about another value, or of another environment.
func (c *Client) checkShown(received answer, shown VariableValue, key VariableKey) error {
	if err := c.observePart(shown.keyScope()); err != nil {
		return err
	}
	switch {
	case shown.DefinitionID != "" && shown.DefinitionID != key.DefinitionID:
		return ofAnotherObject(received, "the answer is about a value of another definition, "+received.clean.quote(shown.DefinitionID, messageLimit))
	case shown.AccountID != "" && shown.AccountID != key.AccountID:
		return ofAnotherAccount(received, "the answer is about another account, "+received.clean.quote(shown.AccountID, messageLimit))
	case shown.WorkflowID != "" && shown.WorkflowID != key.WorkflowID:
		return ofAnotherObject(received, "the answer is about another workflow, "+received.clean.quote(shown.WorkflowID, messageLimit))
	}
	return nil
}

// observePart is observe for what may show half of a scope, which must not end the search for the
// other half.
func (c *Client) observePart(shown Scope) error {
	if shown.IsKnown() {
		return c.observe(shown)
	}
	return c.guard.check(shown)
}

// VariableSetting is a value that is to be set.
type VariableSetting struct {
	Key   VariableKey
	Value string
	// IsSecret is true for a value that nothing may show, as each of an encrypted definition is.
	IsSecret bool
	// Before is what was read right before, or nil where there was none. What is read after the
	// write and is as old as that is of before (FACTS 4.21).
	Before *VariableValue
}

// SetVariableValue sets a value, whether or not there is one (FACTS 2.9). It returns the value as
// the answer shows it, and where the answer does not show it whole, as it is read after it; a write
// that neither shows is an *Error of kind Unproven. Refold may keep a value in another form, as of
// numbers: what is returned is what it shows. A value that does not have the variable's format is
// an *Error of kind ValueRefused; other kinds are as of VariableValue. Recheck is as of
// DeleteLinkedAccount: somebody may have set another value meanwhile.
func (c *Client) SetVariableValue(ctx context.Context, setting VariableSetting, recheck Recheck) (*VariableValue, error) {
	key := setting.Key
	body := map[string]string{"variable_definition_id": key.DefinitionID, "value": setting.Value}
	if key.AccountID != "" {
		body["linked_account_id"] = key.AccountID
	}
	if key.WorkflowID != "" {
		body["workflow_id"] = key.WorkflowID
	}
	request := key.about(call{
		method:       http.MethodPost,
		segments:     valuesPath,
		body:         body,
		meanings:     []meaning{{ValueRefused, http.StatusBadRequest, "value does not match the variable format", ""}},
		keepsAccount: true,
		expectsJSON:  true,
		// It sets the same value, as long as nobody has set another one between: see recheck.
		repeating: repeatable,
		recheck:   recheck,
	})
	if setting.IsSecret || key.Encrypted {
		request.secrets, request.hidesValues = []string{setting.Value}, true
	}
	defer c.variables.markWritten(key)
	return write(ctx, c, request, func(ctx context.Context, received answer) (*VariableValue, error) {
		return c.settleValue(ctx, received, setting)
	})
}

// settleValue finds out what became of a value that was set.
func (c *Client) settleValue(ctx context.Context, received answer, setting VariableSetting) (*VariableValue, error) {
	key := setting.Key
	shown, isObject := decodeShownVariable(received.body, received.date, key.encryption())
	if isObject {
		if err := c.checkShown(received, shown.value, key); err != nil {
			return nil, err
		}
		value := shown.as(key)
		if value.ID != "" && shown.value.isSame(key) && (value.Encrypted || value.IsShown) {
			return value, nil
		}
	}
	return c.valueAfter(ctx, received, setting)
}

// valueAfter reads what a write has set, and fails where nothing shows that it did.
func (c *Client) valueAfter(ctx context.Context, received answer, setting VariableSetting) (*VariableValue, error) {
	value, err := AfterWrite(ctx, c.readingValue(setting.Key), func(shown *VariableValue, err error) bool {
		return KindOf(err) == NotFound || err == nil && setting.isOfBefore(shown, received)
	})
	switch {
	case isEnvironmentError(err):
		return nil, err
	case err != nil:
		return nil, unproven(received, "the answer does not show the value, and it could not be read back: "+err.Error(), err)
	case received.says != succeeded && setting.isOfBefore(value, received):
		return nil, unproven(received, "the answer does not show that the value was set, and nothing that Refold shows has changed", nil)
	}
	return value, nil
}

// isOfBefore reports whether what is read may be of before the write: another value, or, where none
// is shown, one that nobody has set since the write began.
func (s VariableSetting) isOfBefore(shown *VariableValue, received answer) bool {
	if shown.IsShown {
		return !shown.Is(s.Value)
	}
	if s.Before != nil && shown.UpdatedAt != "" && shown.UpdatedAt == s.Before.UpdatedAt {
		return true
	}
	precedes, isKnown := isDatedBefore(shown.UpdatedAt, shown.AnsweredAt, received.asked)
	return received.says != succeeded && (precedes || !isKnown)
}

func (c *Client) readingValue(key VariableKey) func(context.Context) (*VariableValue, error) {
	list := c.variables.list(c, key)
	return func(ctx context.Context) (*VariableValue, error) { return c.findVariableValue(ctx, list, key) }
}

// DeleteVariableValue deletes a value by its id; the key says what it is the value of. One that
// does not exist is an *Error of kind NotFound. Where the answer does not say that it was deleted,
// it is looked at: one that is still there, or cannot be looked at, is an *Error of kind Unproven.
// Recheck is as of DeleteLinkedAccount.
func (c *Client) DeleteVariableValue(ctx context.Context, key VariableKey, id string, recheck Recheck) error {
	request := key.about(call{
		method:       http.MethodDelete,
		segments:     valuesPath.join(id),
		keepsAccount: true,
		repeating:    repeatable,
		recheck:      recheck,
	})
	if key.AccountID != "" {
		headed, err := heading(key.AccountID, request)
		if err != nil {
			return err
		}
		request = headed
	}
	defer c.variables.markWritten(key)
	_, err := write(ctx, c, request, func(ctx context.Context, received answer) (answer, error) {
		return received, c.settleValueDeletion(ctx, received, key, id)
	})
	return err
}

func (c *Client) settleValueDeletion(ctx context.Context, received answer, key VariableKey, id string) error {
	if received.says == succeeded {
		return nil
	}
	// One with another id was set since, and is not what was to be deleted.
	isThere := func(shown *VariableValue, err error) bool { return err == nil && (shown.ID == "" || shown.ID == id) }
	shown, err := AfterWrite(ctx, c.readingValue(key), isThere)
	switch kind := KindOf(err); {
	case kind == NotFound, kind == AccountNotFound, kind == DefinitionNotFound:
		return nil
	case isEnvironmentError(err):
		return err
	case isThere(shown, err):
		return unproven(received, "the answer does not say that the value was deleted, and it is still there", nil)
	case err != nil:
		return unproven(received, "the answer does not say that the value was deleted, and it could not be looked at: "+err.Error(), err)
	}
	return nil
}

// valueList is what is known of a list of values: those of a scope, of a workflow, or of an account
// where a server lists no others.
type valueList struct {
	reader *bulkread.Reader[listedVariable]
	// hidesTargets: its documents do not say what they are the value of.
	hidesTargets atomic.Bool
	// ignoresFilters: it holds other values than it was asked for.
	ignoresFilters atomic.Bool
}
