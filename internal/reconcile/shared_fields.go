// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// fields are the configured ones, nil where none are.
func (d Desired) fields() map[string]any {
	if d.UDF == nil {
		return nil
	}
	return *d.UDF
}

// compare holds the fields of an account against the configured ones, and leaves those of others
// out.
func (d Desired) compare(ctx context.Context, account *refold.LinkedAccount) udf.Difference {
	stored := map[string]any(account.UDF)
	if d.SharesUDF {
		stored = udf.KeysOf(d.fields()).Of(stored)
	}
	return udf.Compare(ctx, d.fields(), stored)
}

// fieldsBeside are the configured fields, beside those that others have in an account; nil is an
// account that does not exist.
func (d Desired) fieldsBeside(account *refold.LinkedAccount) refold.UDF {
	fields := refold.UDF{}
	if d.SharesUDF && account != nil {
		maps.Copy(fields, udf.KeysOf(d.fields()).Beside(account.UDF))
	}
	maps.Copy(fields, d.fields())
	return fields
}

// removed are the keys of fields that are to be removed beside those of others.
func (d Desired) removed() []string {
	var keys []string
	for key, field := range d.fields() {
		if field == nil {
			keys = append(keys, key)
		}
	}
	return keys
}

// doubt replaces the keys of Outcome.FieldsInDoubt. Where no fields are shared, every read shows
// what is left.
func (o *operation) doubt(keys []string) {
	if o.Desired.SharesUDF {
		slices.Sort(keys)
		o.FieldsInDoubt = keys
	}
}

// request is what an upsert sends, without credentials. Refold can only write the whole set of
// fields (FACTS 4.1), so where they are shared, it has those of others as they are now. False after
// a problem: nothing is to be written then.
func (o *operation) request(ctx context.Context) (refold.Upsert, bool) {
	request := refold.Upsert{AccountID: o.Desired.AccountID, Name: o.Desired.Name, UDF: o.Desired.UDF}
	if !o.Desired.SharesUDF || o.Desired.UDF == nil || o.expectsNew {
		return request, true
	}
	account, ok := o.look(ctx)
	if !ok || !o.accepts(o.checkSame(account)) {
		return refold.Upsert{}, false
	}
	o.noteOverwritten(ctx, account)
	if err := o.Desired.whyNotKept(account); err != nil {
		o.report(unreadableOthersError(o.Desired.AccountID, err))
		return refold.Upsert{}, false
	}
	fields := o.Desired.fieldsBeside(account)
	for _, key := range o.Desired.removed() {
		delete(fields, key)
	}
	request.UDF = &fields
	return request, true
}

// noteOverwritten takes down which fields of others an update makes Terraform's.
func (o *operation) noteOverwritten(ctx context.Context, account *refold.LinkedAccount) {
	if account == nil || o.Prior.FieldKeys == nil {
		return
	}
	keys := slices.Concat(o.overwritten, overwritten(ctx, account, o.Desired.fields(), o.Prior.FieldKeys))
	o.overwritten = slices.Compact(slices.Sorted(slices.Values(keys)))
}

// whyNotKept says why the fields of others in an account cannot be sent as they are, and is nil
// where they can.
func (d Desired) whyNotKept(account *refold.LinkedAccount) error {
	switch {
	case account == nil:
		return nil
	case !account.ShowsUDF:
		return errors.New("the answer has no udf, not even an empty one")
	case len(account.UDFWithoutValue) > 0:
		return fmt.Errorf("udf key %s has no value, not even null", strconv.QuoteToASCII(account.UDFWithoutValue[0]))
	case account.UDFError != nil || !account.IsUDFAltered:
		return account.UDFError
	}
	others := udf.KeysOf(d.fields()).Beside(account.UDF)
	for _, key := range slices.Sorted(maps.Keys(others)) {
		if strings.ContainsRune(fmt.Sprint(key, others[key]), utf8.RuneError) {
			return fmt.Errorf("udf key %s has a text that is no Unicode", strconv.QuoteToASCII(key))
		}
	}
	return nil
}

// look reads the account, unless an answer of this operation has shown it. It is nil where it does
// not exist, and false after a problem.
func (o *operation) look(ctx context.Context) (*refold.LinkedAccount, bool) {
	if o.sight != nil {
		return o.sight, true
	}
	account, err := o.Client.LinkedAccount(ctx, o.Desired.AccountID)
	if refold.KindOf(err) == refold.AccountNotFound {
		return nil, true
	}
	if err != nil {
		o.report(diagnose.Failure(o.doing, o.subject(), err))
		return nil, false
	}
	o.sight = account
	return account, true
}

// mostRestarts is how often an upsert is made anew because of that.
const mostRestarts = 5

// restarted is an upsert with the fields of others as a recheck has just seen them. False after a
// problem.
func (o *operation) restarted(ctx context.Context, before refold.Upsert) (refold.Upsert, bool) {
	request, ok := o.request(ctx)
	request.YourApp = before.YourApp
	return request, ok
}

// checkOthers warns of fields of others that a write sent along and that are not as they were.
func (o *operation) checkOthers(sent refold.UDF, account *refold.LinkedAccount) {
	if !o.Desired.SharesUDF {
		return
	}
	managed := udf.KeysOf(o.Desired.fields())
	others := managed.Beside(sent)
	difference := udf.Compare(o.finishing, others, udf.KeysOf(others).Of(account.UDF))
	if !difference.IsEmpty() {
		o.report(othersChangedWarning(o.Desired.AccountID, difference))
	}
}
