// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const typeName = "refold_linked_accounts"

func fieldsType() tftypes.Type { return tftypes.Map{ElementType: tftypes.String} }

func accountType() tftypes.Type {
	return tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String, "udf": fieldsType()}}
}

// accountsType is what the attribute accounts takes.
func accountsType() tftypes.Type { return tftypes.Map{ElementType: accountType()} }

func account(name, udf any) tftypes.Value {
	return tftypes.NewValue(accountType(), map[string]tftypes.Value{
		"name": tftypes.NewValue(tftypes.String, name), "udf": tftypes.NewValue(fieldsType(), udf),
	})
}

func accounts(elements map[string]tftypes.Value) tftypes.Value {
	return tftypes.NewValue(accountsType(), elements)
}

func fields(plan string) map[string]tftypes.Value {
	return map[string]tftypes.Value{"plan": acctest.Text(plan)}
}

func id(number int) string { return fmt.Sprintf("customer-%05d", number) }

// many are so many accounts, with a name and a field each.
func many(size int) map[string]tftypes.Value {
	elements := make(map[string]tftypes.Value, size)
	for number := range size {
		elements[id(number)] = account(fmt.Sprintf("Customer %d", number), fields("pro"))
	}
	return elements
}

// organization is a mock Refold, and the provider at the protocol beside it.
type organization struct {
	*acctest.Refold
	protocol *acctest.Protocol
	t        *testing.T
}

func startOrganization(t *testing.T, options ...mockapi.Option) organization {
	t.Helper()
	refold := acctest.StartRefold(t, options...)
	return organization{Refold: refold, protocol: refold.Protocol(t, acctest.Unpaced), t: t}
}

// swapped is a run with the key of another environment.
func (o organization) swapped() *acctest.Protocol {
	o.t.Helper()
	return acctest.StartProtocol(o.t, map[string]tftypes.Value{"base_url": acctest.Text(o.URL), "api_key": acctest.Text(mockapi.ProductionKey)}, acctest.Unpaced)
}

// config is a configuration with these accounts and other attributes.
func (o organization) config(elements map[string]tftypes.Value, more ...map[string]tftypes.Value) tftypes.Value {
	o.t.Helper()
	attributes := map[string]tftypes.Value{"accounts": accounts(elements)}
	for _, further := range more {
		maps.Copy(attributes, further)
	}
	return o.protocol.Config(typeName, attributes)
}

// apply expects success without a word.
func (o organization) apply(prior *acctest.Instance, config tftypes.Value) acctest.Instance {
	o.t.Helper()
	instance, diagnostics := o.try(prior, config)
	acctest.WantNoDiagnostics(o.t, diagnostics)
	return instance
}

// try applies in a run of its own, and counts requests from there.
func (o organization) try(prior *acctest.Instance, config tftypes.Value) (acctest.Instance, []*tfprotov6.Diagnostic) {
	o.t.Helper()
	o.ResetRequests()
	return o.Protocol(o.t, acctest.Unpaced).Apply(typeName, prior, config)
}

// plan plans in a run of its own.
func (o organization) plan(prior acctest.Instance, config tftypes.Value) []*tfprotov6.Diagnostic {
	o.t.Helper()
	return o.Protocol(o.t, acctest.Unpaced).Plan(typeName, &prior, config).Diagnostics
}

// read refreshes in a run of its own.
func (o organization) read(current acctest.Instance) (acctest.Instance, []*tfprotov6.Diagnostic) {
	o.t.Helper()
	return o.Protocol(o.t, acctest.Unpaced).Read(typeName, current)
}

// sent checks what the last apply sent besides reads.
func (o organization) sent(puts, deletions int) {
	o.t.Helper()
	counts := o.CountByMethod()
	if counts["PUT"] != puts || counts["DELETE"] != deletions {
		o.t.Errorf("%d PUT and %d DELETE were sent, want %d and %d", counts["PUT"], counts["DELETE"], puts, deletions)
	}
}

// holds checks which accounts a state has.
func holds(t *testing.T, instance acctest.Instance, want map[string]tftypes.Value) {
	t.Helper()
	if got := instance.Attribute(t, "accounts"); !got.Equal(accounts(want)) {
		t.Errorf("accounts in the state: %s\nwant: %s", got, accounts(want))
	}
}

func set(name string, value tftypes.Value) map[string]tftypes.Value {
	return map[string]tftypes.Value{name: value}
}

func credentials(byAccount map[string]map[string]string) tftypes.Value {
	inner := tftypes.Map{ElementType: tftypes.String}
	elements := map[string]tftypes.Value{}
	for id, ofAccount := range byAccount {
		values := map[string]tftypes.Value{}
		for name, value := range ofAccount {
			values[name] = acctest.Text(value)
		}
		elements[id] = tftypes.NewValue(inner, values)
	}
	return tftypes.NewValue(tftypes.Map{ElementType: inner}, elements)
}

// refuse answers requests that are like this as Refold refuses bad input.
func (o organization) refuse(isLike func(*http.Request) bool) {
	o.refuseWith(http.StatusBadRequest, "that is no good", isLike)
}

func (o organization) refuseWith(status int, message string, isLike func(*http.Request) bool) {
	o.refuseAs(status, strings.ToUpper(strings.ReplaceAll(http.StatusText(status), " ", "_")), message, isLike)
}

// refuseAs is refuseWith for an answer whose status says something else than its kind.
func (o organization) refuseAs(status int, kind, message string, isLike func(*http.Request) bool) {
	o.Intercept(func(response http.ResponseWriter, request *http.Request) bool {
		if !isLike(request) {
			return false
		}
		response.Header().Set("Content-Type", "application/json")
		response.WriteHeader(status)
		_, _ = fmt.Fprintf(response, `{"status_code":%d,"http_error_type":%q,"error":"SERVER_ERROR","message":%q}`, status, kind, message)
		return true
	})
}

// numberIn is which of many an upsert is about, or -1. The body stays readable.
func (o organization) numberIn(request *http.Request) int {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		o.t.Error(err)
	}
	request.Body = io.NopCloser(bytes.NewReader(body))
	return numberOf(body)
}

// numberOf is which of many the body of an upsert is about, or -1.
func numberOf(body []byte) int {
	var sent struct {
		ID string `json:"linked_account_id"`
	}
	number := -1
	if json.Unmarshal(body, &sent) != nil {
		return number
	}
	if _, err := fmt.Sscanf(sent.ID, "customer-%d", &number); err != nil {
		return -1
	}
	return number
}

// makeAnew deletes an account elsewhere and creates it again.
func (o organization) makeAnew(id string) {
	account, _ := o.Account(test, id)
	o.Remove(test, id)
	o.Create(test, mockapi.Account{AccountID: id, Name: account.Name, UDF: account.UDF})
}
