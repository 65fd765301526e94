// SPDX-License-Identifier: MPL-2.0

package question

import (
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/gocobalt/terraform-provider-refold/internal/live/site"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const singleValuePath = publicPath + "/env/value/"

func setting(definition, accountID, value string) request {
	return request{method: http.MethodPost, path: valuesPath, body: object{
		"variable_definition_id": definition, "linked_account_id": accountID, "value": value,
	}}
}

func reading(definition, accountID string) request {
	return get(singleValuePath+definition, url.Values{"linked_account_id": {accountID}})
}

func listing(definition, accountID string) request {
	return get(valuesPath+"/linked_account", url.Values{
		"variable_definition_id": {definition}, "linked_account_id": {accountID}, "limit": {"100"},
	})
}

// definition finds a definition for values of accounts. It is empty, and the question stays open,
// where the environment has none.
func (p *probe) definition(format string, isEncrypted bool) string {
	for _, one := range p.must(get(publicPath+"/env/definitions", url.Values{"limit": {"100"}})).docs() {
		id, _ := one["_id"].(string)
		if one["scope"] == "linked_account" && one["var_format"] == format && p.isEncrypted(one, id) == isEncrypted {
			return id
		}
	}
	kind := "not encrypted"
	if isEncrypted {
		kind = "encrypted"
	}
	p.leave("it takes a definition of a variable for linked accounts of the format %s that is %s; make one in the dashboard", format, kind)
	return ""
}

// isEncrypted tries where the definition does not say: what is encrypted does not come back.
func (p *probe) isEncrypted(definition map[string]any, id string) bool {
	if encrypted, isShown := definition["encrypted"].(bool); isShown {
		return encrypted
	}
	const sample = "7"
	accountID := p.account(nil)
	p.send(setting(id, accountID, sample))
	switch value := p.late(reading(id, accountID)).body["value"].(type) {
	case string:
		return value != sample
	case json.Number:
		return false
	}
	return true
}

func unsetValue(p *probe) {
	definition := p.definition("string", false)
	if definition == "" {
		return
	}
	read := p.late(reading(definition, p.account(nil)))
	value, isShown := read.body["value"]
	switch {
	case read.status == http.StatusNotFound:
		saw(p, &p.found.Variable.Unset, mockapi.UnsetValueNotFound)
	case !read.isDone() || value != nil:
		p.leave("a value that is not set: %s", p.quote(read))
	case isShown:
		saw(p, &p.found.Variable.Unset, mockapi.UnsetValueNull)
	default:
		saw(p, &p.found.Variable.Unset, mockapi.UnsetValueAbsent)
	}
}

// valued makes an account with a value, which is the account's id.
func (p *probe) valued(definition string) string {
	id := p.account(nil)
	p.must(setting(definition, id, id))
	return id
}

func listedValue(p *probe) {
	definition := p.definition("string", false)
	if definition == "" {
		return
	}
	id := p.valued(definition)
	for _, doc := range p.late(listing(definition, id)).docs() {
		if doc["value"] == id {
			_, isNamed := doc["linked_account_id"]
			saw(p, &p.found.Variable.HideTarget, !isNamed)
			return
		}
	}
	p.leave("the page of values does not show one that was set")
}

func valuesOfAll(p *probe) {
	listed := p.send(get(valuesPath+"/linked_account", url.Values{"limit": {"1"}}))
	if !listed.isDone() && listed.status != http.StatusBadRequest && !listed.says("linked") {
		p.leave("the values of all accounts: %s", p.quote(listed))
		return
	}
	saw(p, &p.found.Variable.ListWantsAccount, !listed.isDone())
}

func filtersOfValues(p *probe) {
	definition := p.definition("string", false)
	if definition == "" {
		return
	}
	p.valued(definition)
	docs := p.late(listing(definition, p.valued(definition))).docs()
	if len(docs) == 0 {
		p.leave("the page of values does not show one that was set")
		return
	}
	saw(p, &p.found.Variable.IgnoreFilters, len(docs) > 1)
}

func limitsOfOthers(p *probe) {
	p.limit(&p.found.Variable.DefinitionMaxLimit, request{path: publicPath + "/env/definitions"})
	id := p.account(nil)
	p.look(id)
	p.limit(&p.found.Variable.MaxLimit, request{path: valuesPath + "/linked_account", query: url.Values{"linked_account_id": {id}}})
	p.limit(&p.found.Execution.MaxLimit, request{path: executionPath, account: id})
}

func numberAsText(p *probe) {
	definition := p.definition("number", false)
	if definition == "" {
		return
	}
	id := p.account(nil)
	p.must(setting(definition, id, "7.50"))
	switch value := p.late(reading(definition, id)).body["value"].(type) {
	case string:
		saw(p, &p.found.Variable.JSONNumbers, false)
	case json.Number:
		saw(p, &p.found.Variable.JSONNumbers, true)
	default:
		p.leave("a number is read as neither a text nor a number: %T", value)
	}
}

func formatOfNumber(p *probe) {
	definition := p.definition("number", false)
	if definition == "" {
		return
	}
	written := p.send(setting(definition, p.account(nil), "seven"))
	if !written.isDone() && written.status != http.StatusBadRequest {
		p.leave("a text for a number: %s", p.quote(written))
		return
	}
	saw(p, &p.found.Variable.AnyFormat, written.isDone())
}

func valueOfNobody(p *probe) {
	definition := p.definition("string", false)
	if definition == "" {
		return
	}
	read := p.send(reading(definition, p.newID("")))
	saw(p, &p.found.Variable.UnknownAccountRefused, !read.isDone() && read.says("linked account"))
	id := p.newID("")
	written := p.send(setting(definition, id, id))
	saw(p, &p.found.Variable.UnknownTargetStored, written.isDone())
	if !written.isDone() {
		return
	}
	// An account of this id takes the value with it when it goes, if values go with accounts.
	p.must(upsert(id, nil))
	if value := p.valueID(definition, id, written); value != "" {
		p.send(request{method: http.MethodDelete, path: valuesPath + "/" + value, account: id})
	}
}

// valueID is of a value of an account, where an answer shows it.
func (p *probe) valueID(definition, accountID string, written reply) string {
	if id, isShown := written.body["_id"].(string); isShown {
		return id
	}
	for _, doc := range p.late(listing(definition, accountID)).docs() {
		id, _ := doc["_id"].(string)
		if doc["linked_account_id"] == accountID {
			return id
		}
	}
	return ""
}

func answerOfEncrypted(p *probe) {
	definition := p.definition("string", true)
	if definition == "" {
		return
	}
	value, isShown := p.must(setting(definition, p.account(nil), "tf-live-secret")).body["value"]
	if !isShown {
		p.leave("the answer shows no value at all")
		return
	}
	saw(p, &p.found.Variable.RedactAnswer, value == nil || value == mockapi.RedactedValue)
}

func encryptedValue(p *probe) {
	definition := p.definition("string", true)
	if definition == "" {
		return
	}
	id := p.account(nil)
	p.must(setting(definition, id, "tf-live-secret"))
	read := p.late(reading(definition, id))
	value, isShown := read.body["value"]
	_, saysEncrypted := read.body["encrypted"]
	switch {
	case !read.isDone() || !isShown:
		p.leave("an encrypted value: Refold answered %d, without a value", read.status)
		return
	case value == nil:
		saw(p, &p.found.Variable.Encrypted, mockapi.EncryptedReadNull)
	case value == mockapi.RedactedValue:
		saw(p, &p.found.Variable.Encrypted, mockapi.EncryptedReadRedacted)
	default:
		saw(p, &p.found.Variable.Encrypted, mockapi.EncryptedReadCiphertext)
	}
	saw(p, &p.found.Variable.OmitEncrypted, !saysEncrypted)
	docs := p.must(get(publicPath+"/env/definitions", url.Values{"limit": {"1"}})).docs()
	if len(docs) == 1 {
		_, saysEncrypted = docs[0]["encrypted"]
		saw(p, &p.found.Variable.DefinitionsOmitEncrypted, !saysEncrypted)
	}
}

func keptValues(p *probe) {
	p.leave("Execution.KeepWithoutAccount, and tables, datarefs, schedules and private workflows: none can be made here")
	definition := p.definition("string", false)
	if definition == "" {
		return
	}
	id := p.valued(definition)
	p.must(request{method: http.MethodDelete, path: ofAccount(id)})
	p.must(upsert(id, nil))
	p.look(id)
	saw(p, &p.found.Variable.KeepWithoutAccount, p.late(reading(definition, id)).body["value"] == id)
}

func accountOfDeletion(p *probe) {
	definition := p.definition("string", false)
	if definition == "" {
		return
	}
	id, other := p.account(nil), p.account(nil)
	value := p.valueID(definition, id, p.must(setting(definition, id, id)))
	if value == "" {
		p.leave("no answer shows the id of a value")
		return
	}
	remove := request{method: http.MethodDelete, path: valuesPath + "/" + value, account: other}
	if p.send(remove).isDone() {
		saw(p, &p.found.Variable.DeletionAccount, mockapi.DeletionAccountIgnored)
		return
	}
	remove.account = ""
	if p.send(remove).isDone() {
		saw(p, &p.found.Variable.DeletionAccount, mockapi.DeletionAccountChecked)
		return
	}
	saw(p, &p.found.Variable.DeletionAccount, mockapi.DeletionAccountDemanded)
}

func deletionOfUnknown(p *probe) {
	deleted := p.send(request{method: http.MethodDelete, path: valuesPath + "/" + site.NobodysID, account: p.account(nil)})
	if deleted.status != http.StatusNotFound && deleted.status != http.StatusBadRequest {
		p.leave("the deletion of an unknown value: %s", p.quote(deleted))
		return
	}
	saw(p, &p.found.Variable.UnknownValueAs400, deleted.status == http.StatusBadRequest)
}
