// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"sync"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
)

// variableReads are what reads of variables share. The zero value has none.
type variableReads struct {
	definitions sharedReads[[]*VariableDefinition]
	// unlisted are definitions by their id that the list does not have.
	unlisted sharedReads[*VariableDefinition]
	mutex    sync.Mutex
	lists    map[valueListKey]*valueList
	// wantsAccount: the server lists no values of accounts but those of one (FACTS 4.39).
	wantsAccount bool
}

// valueListKey names a list: the values of a scope, but those of one workflow where the scope is
// that of workflows, and those of one account where the server wants it.
type valueListKey struct{ scope, accountID, workflowID string }

// list is the one that a value stands in.
func (v *variableReads) list(c *Client, key VariableKey) *valueList {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	name := valueListKey{scope: key.scope()}
	switch {
	case name.scope == ScopeWorkflow:
		name.workflowID = key.WorkflowID
	case name.scope == ScopeLinkedAccount && v.wantsAccount:
		name.accountID = key.AccountID
	}
	if v.lists == nil {
		v.lists = map[valueListKey]*valueList{}
	}
	if v.lists[name] == nil {
		v.lists[name] = c.newValueList(name)
	}
	return v.lists[name]
}

func (c *Client) newValueList(name valueListKey) *valueList {
	list := &valueList{}
	list.reader = bulkread.NewReader(bulkread.List[listedVariable]{
		Noun: valuesNoun,
		Page: func(ctx context.Context, number int) (bulkread.Page[listedVariable], error) {
			return c.allValuesPage(ctx, list, name, number)
		},
		Fold:    foldID,
		Owner:   ownerOf,
		IsFinal: isEnvironmentError,
	})
	return list
}

// learnRefusal takes down that a server refuses a list of the values of all accounts, and reports
// whether that is what an error says.
func (v *variableReads) learnRefusal(name valueListKey, err error) bool {
	refusal, isRefusal := errors.AsType[*Error](err)
	if !isRefusal || refusal.Status != http.StatusBadRequest || name != (valueListKey{scope: ScopeLinkedAccount}) {
		return false
	}
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.wantsAccount = true
	return true
}

const valuesNoun = "values of variables"

// markWritten makes out of date what reads have kept of a value.
func (v *variableReads) markWritten(key VariableKey) { v.mark(key.scope(), key.listKey()) }

// markAccountWritten makes out of date what reads have kept of the values of an account, which may
// go with it (FACTS 4.30).
func (v *variableReads) markAccountWritten(accountID string) { v.mark(ScopeLinkedAccount, accountID) }

func (v *variableReads) mark(scope, key string) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	for name, list := range v.lists {
		if name.scope == scope {
			list.reader.MarkWritten(key)
		}
	}
}

// valuesOf is a list of values that the query selects.
func (c *Client) valuesOf(key VariableKey, query url.Values, limit int, encrypted encryption) bulkread.List[listedVariable] {
	return bulkread.List[listedVariable]{
		Noun: valuesNoun,
		Page: func(ctx context.Context, number int) (bulkread.Page[listedVariable], error) {
			return c.valuesPage(ctx, key, onPage(maps.Clone(query), number, limit), encrypted)
		},
		Fold:    foldID,
		IsFinal: isEnvironmentError,
	}
}

// allValuesPage is a page of values of any definition, of which the definitions say whether they
// are encrypted.
func (c *Client) allValuesPage(ctx context.Context, list *valueList, name valueListKey, number int) (bulkread.Page[listedVariable], error) {
	encrypted, err := c.encryptionOf(ctx)
	if err != nil {
		return bulkread.Page[listedVariable]{}, err
	}
	key := VariableKey{Scope: name.scope, AccountID: name.accountID, WorkflowID: name.workflowID}
	page, err := c.valuesPage(ctx, key, onPage(key.target(url.Values{}), number, pageLimit), encrypted)
	c.variables.learnRefusal(name, err)
	list.learn(page.Documents, false)
	return page, err
}

// encryptionOf goes by the list of definitions. What it does not have is not known.
func (c *Client) encryptionOf(ctx context.Context) (encryption, error) {
	definitions, err := c.VariableDefinitions(ctx, 0)
	if err != nil {
		return nil, fmt.Errorf("read which variables are encrypted: %w", err)
	}
	byID := make(map[string]bool, len(definitions))
	for _, definition := range definitions {
		byID[definition.ID] = definition.Encrypted
	}
	return func(id string) (encrypted, isKnown bool) {
		encrypted, isKnown = byID[id]
		return encrypted, isKnown
	}, nil
}

// valuesPage reads one page of the values of a key's scope (FACTS 2.9).
func (c *Client) valuesPage(ctx context.Context, key VariableKey, query url.Values, encrypted encryption) (bulkread.Page[listedVariable], error) {
	var none bulkread.Page[listedVariable]
	received, err := c.get(ctx, key.about(call{segments: valuesPath.join(key.scope()), query: query, hidesScope: true}))
	if err != nil {
		return none, err
	}
	page, err := bulkread.DecodePage(received.body, func(raw json.RawMessage) listedVariable {
		return decodeListedVariable(raw, received.date, key.scope(), encrypted)
	})
	if err != nil {
		return none, unreadable(received, "not a list of values of variables in JSON")
	}
	for _, document := range page.Documents {
		if err := c.observePart(document.value.keyScope()); err != nil {
			return none, err
		}
	}
	return page, nil
}

// ListVariableValues yields the values of a scope, page by page and once each, in the order of the
// server; of one account where that is named, and of one workflow, which the scope of workflows
// wants (FACTS 2.9). Where a server lists the values of one account only, it is asked for each
// account. After an *UnusableValuesError or an *UnusableIDsError the list goes on. Any other error
// is the last that is yielded. Values of definitions that are not known count as encrypted.
func (c *Client) ListVariableValues(ctx context.Context, scope, accountID, workflowID string) iter.Seq2[*VariableValue, error] {
	return func(yield func(*VariableValue, error) bool) {
		encrypted, err := c.encryptionOf(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		key := VariableKey{Scope: scope, AccountID: accountID, WorkflowID: workflowID}
		pages, err := c.eachValue(ctx, key, encrypted, yield)
		if pages == 0 && c.variables.learnRefusal(valueListKey{scope, accountID, workflowID}, err) {
			err = c.eachAccountsValue(ctx, scope, encrypted, yield)
		}
		if err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

// errStopped is for a caller that wants no more.
var errStopped = errors.New("nobody wants more")

// eachValue returns how many pages it has yielded as well.
func (c *Client) eachValue(ctx context.Context, key VariableKey, encrypted encryption, yield func(*VariableValue, error) bool) (pages int, err error) {
	for page, err := range c.valuesOf(key, key.target(url.Values{}), pageLimit, encrypted).Each(ctx) {
		if err != nil {
			return pages, listError(err)
		}
		if !c.yieldValues(page, key, yield) {
			return pages, errStopped
		}
		pages++
	}
	return pages, nil
}

func (c *Client) eachAccountsValue(ctx context.Context, scope string, encrypted encryption, yield func(*VariableValue, error) bool) error {
	for account, err := range c.ListLinkedAccounts(ctx, ListFilter{}, ListOptions{NamesOnly: true}) {
		switch {
		case isPartial(err):
			if !yield(nil, err) {
				return errStopped
			}
			continue
		case err != nil:
			return err
		}
		if _, err := c.eachValue(ctx, VariableKey{Scope: scope, AccountID: account.AccountID}, encrypted, yield); err != nil {
			return err
		}
	}
	return nil
}

// yieldValues leaves out what is of another account or workflow, of servers that ignore the filter.
func (c *Client) yieldValues(page []listedVariable, key VariableKey, yield func(*VariableValue, error) bool) bool {
	var unusable []UnusableValue
	for _, document := range page {
		shown := document.value.VariableKey
		switch {
		case !document.IsNamed() || document.value.ID == "":
			unusable = append(unusable, unusableValue(redactor{c.secrets}, document))
		case key.AccountID != "" && shown.AccountID != key.AccountID, key.WorkflowID != "" && shown.WorkflowID != key.WorkflowID:
		case !yield(document.listed(), nil):
			return false
		}
	}
	return len(unusable) == 0 || yield(nil, &UnusableValuesError{Values: unusable})
}

// listed is the value as a list shows it.
func (l listedVariable) listed() *VariableValue {
	key := l.value.VariableKey
	key.Encrypted = key.Encrypted || !l.isKnown
	return l.as(key)
}

// UnusableValuesError is about values that a list shows without what they are the value of, or
// without an id. It says nothing of others.
type UnusableValuesError struct {
	// Values is never empty.
	Values []UnusableValue
}

// UnusableValue is a value that no request could name. Its texts are redacted, and may be empty.
type UnusableValue struct {
	ID, DefinitionID string
	Reason           error
}

// String implements fmt.Stringer.
func (u UnusableValue) String() string {
	return fmt.Sprintf("%q of definition %q, because %s", u.ID, u.DefinitionID, u.Reason)
}

// Error implements error.
func (e *UnusableValuesError) Error() string {
	message := fmt.Sprintf("the list has a value of a variable that cannot be told from others: %s", e.Values[0])
	if more := len(e.Values) - 1; more > 0 {
		message += fmt.Sprintf("; and %d more", more)
	}
	return message
}

func unusableValue(clean redactor, document listedVariable) UnusableValue {
	reason := errors.New("it is listed without the account or workflow that it is set for")
	switch {
	case document.value.DefinitionID == "":
		reason = errors.New("it is listed without its definition")
	case document.IsNamed():
		reason = errors.New("it is listed without an id of its own")
	}
	return UnusableValue{
		ID:           clean.quote(document.value.ID, shownIDLimit),
		DefinitionID: clean.quote(document.value.DefinitionID, shownIDLimit),
		Reason:       reason,
	}
}
