// SPDX-License-Identifier: MPL-2.0

package question

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// readLag is FACTS 4.21. It comes first, because all others read what they wrote.
func readLag(p *probe) {
	id := p.account(object{"name": "before"})
	for tries := 0; tries < mostStale && p.isStale(id, "before"); tries++ {
	}
	p.must(upsert(id, object{"name": "after"}))
	stale := 0
	for stale < mostStale && p.isStale(id, "after") {
		stale++
	}
	if stale == mostStale {
		p.leave("%d reads after a write did not show it", mostStale)
		return
	}
	saw(p, &p.found.ReadLag, stale)
}

// isStale reads once.
func (p *probe) isStale(id, name string) bool {
	if p.send(get(ofAccount(id), nil)).body["name"] == name || p.err != nil {
		return false
	}
	p.rest()
	return true
}

func mergedFields(p *probe) {
	id := p.account(object{"udf": object{"a": "1", "b": "1"}})
	p.must(upsert(id, object{"udf": object{"a": "2"}}))
	_, isKept := fieldsOf(p.look(id))["b"]
	saw(p, &p.found.UDF.Merge, isKept)
	p.must(upsert(id, object{"udf": object{"a": "3", "b": nil}}))
	value, isThere := fieldsOf(p.look(id))["b"]
	switch {
	case isThere && value != nil:
		saw(p, &p.found.UDF.Null, mockapi.UDFNullIgnored)
	case isThere:
		saw(p, &p.found.UDF.Null, mockapi.UDFNullStored)
	default:
		saw(p, &p.found.UDF.Null, mockapi.UDFNullRemoves)
	}
}

func omittedFields(p *probe) {
	id := p.account(object{"udf": object{"a": "1"}})
	p.must(upsert(id, object{"name": "renamed"}))
	saw(p, &p.found.UDF.OmittedClears, len(fieldsOf(p.look(id))) == 0)
}

func emptyFields(p *probe) {
	if p.found.UDF.Merge {
		p.leave("where fields are merged (FACTS 4.1), an empty object changes nothing anyway")
		return
	}
	id := p.account(object{"udf": object{"a": "1"}})
	p.must(upsert(id, object{"udf": object{}}))
	saw(p, &p.found.UDF.EmptyIgnored, len(fieldsOf(p.look(id))) > 0)
}

func secondCreate(p *probe) {
	create := request{method: http.MethodPost, path: accountPath, body: object{"linked_account_id": p.newID("")}}
	p.must(create)
	again := p.send(create)
	switch {
	case again.isDone():
		saw(p, &p.found.Account.CreateAdopts, true)
	case again.status == http.StatusConflict, again.status == http.StatusBadRequest:
		saw(p, &p.found.Account.CreateAdopts, false)
		saw(p, &p.found.Account.DuplicateAs409, again.status == http.StatusConflict)
	default:
		p.leave("the second create: %s", p.quote(again))
	}
}

func listedAccount(p *probe) {
	id := p.account(object{"udf": object{"a": "1"}})
	p.look(id)
	doc := p.listed(id)
	if doc == nil {
		p.leave("the list does not show an account that was made before")
		return
	}
	_, showsID := doc["_id"]
	_, showsFields := doc["udf"]
	if showsID != showsFields {
		p.leave("lists show one of _id and udf, for which there is no switch")
		return
	}
	saw(p, &p.found.List.FourFields, !showsID)
}

// listed finds an account of this run on the pages of the environment.
func (p *probe) listed(id string) map[string]any {
	for page := 1; ; page++ {
		docs := p.must(get(accountPath, url.Values{"page": {strconv.Itoa(page)}, "limit": {"100"}})).docs()
		for _, doc := range docs {
			if doc["account_id"] == id {
				return doc
			}
		}
		if p.err != nil || len(docs) == 0 {
			return nil
		}
	}
}

func noIntegrations(p *probe) {
	shown, isShown := p.look(p.account(nil))["integrations"]
	switch {
	case !isShown:
		saw(p, &p.found.Document.NoIntegrations, mockapi.NoIntegrationsAbsent)
	case shown == nil:
		saw(p, &p.found.Document.NoIntegrations, mockapi.NoIntegrationsNull)
	default:
		saw(p, &p.found.Document.NoIntegrations, mockapi.NoIntegrationsArray)
	}
}

func caseOfIDs(p *probe) {
	id := p.newID("case")
	p.must(upsert(id, nil))
	p.look(id)
	other := strings.TrimSuffix(id, "case") + "CASE"
	saw(p, &p.found.Account.IDsIgnoreCase, p.late(get(ofAccount(other), nil)).isDone())
}

// charactersOfIDs asks for a deletion of what does not exist: what is not found says how its id
// arrived, and nothing is left that could not be deleted.
func charactersOfIDs(p *probe) {
	id := p.newID("-a@b")
	refused := p.send(request{method: http.MethodDelete, path: ofAccount(id)})
	switch {
	case refused.says(strings.ReplaceAll(id, "@", "%40")):
		saw(p, &p.found.Account.DeleteEncodesTwice, true)
	case refused.says(id):
		saw(p, &p.found.Account.DeleteEncodesTwice, false)
	default:
		p.leave("whether deletions encode ids twice: %s", p.quote(refused))
	}
	if p.found.Account.DeleteEncodesTwice {
		p.leave("whether an id may hold more than visible ASCII: such an account could not be deleted here")
		return
	}
	made := p.send(upsert(p.newID("-ü"), nil))
	if !made.isDone() && made.status != http.StatusBadRequest {
		p.leave("an id beyond ASCII: %s", p.quote(made))
		return
	}
	saw(p, &p.found.Account.IDsVisibleASCII, !made.isDone())
}

func emptyName(p *probe) {
	id := p.account(object{"name": "named"})
	emptied := p.send(upsert(id, object{"name": ""}))
	switch {
	case emptied.status == http.StatusBadRequest:
		saw(p, &p.found.Account.EmptyName, mockapi.EmptyNameRejected)
	case !emptied.isDone():
		p.leave("an empty name: %s", p.quote(emptied))
	case p.look(id)["name"] == "named":
		saw(p, &p.found.Account.EmptyName, mockapi.EmptyNameIgnored)
	default:
		saw(p, &p.found.Account.EmptyName, mockapi.EmptyNameStored)
	}
}

func unsetName(p *probe) {
	name, isShown := p.look(p.account(nil))["name"]
	switch {
	case !isShown:
		saw(p, &p.found.Document.UnsetName, mockapi.UnsetNameAbsent)
	case name == nil:
		saw(p, &p.found.Document.UnsetName, mockapi.UnsetNameNull)
	case name == "":
		saw(p, &p.found.Document.UnsetName, mockapi.UnsetNameEmpty)
	default:
		p.leave("an account without a name shows another one than nothing, null or an empty text")
	}
}

// exact is the least whole number that a 64-bit float does not hold.
const exact = json.Number("9007199254740993")

func valuesOfFields(p *probe) {
	p.leave("Config.RoundNumbers: it takes the config of a connected app")
	id := p.account(nil)
	written := p.send(upsert(id, object{"udf": object{"n": exact}}))
	if written.status == http.StatusBadRequest {
		saw(p, &p.found.UDF.Values, mockapi.UDFValuesStringsOnly)
		return
	}
	if !written.isDone() {
		p.leave("a number: %s", p.quote(written))
		return
	}
	switch value := fieldsOf(p.look(id))["n"].(type) {
	case json.Number:
		saw(p, &p.found.UDF.Values, mockapi.UDFValuesAny)
		saw(p, &p.found.UDF.RoundNumbers, value != exact)
	case string:
		saw(p, &p.found.UDF.Values, mockapi.UDFValuesStringified)
		saw(p, &p.found.UDF.RoundNumbers, value != exact.String())
	default:
		p.leave("a number is read as neither a number nor a text")
	}
}

func limitOfAccounts(p *probe) { p.limit(&p.found.List.MaxLimit, request{path: accountPath}) }

// limit asks for more than anybody allows. An answer that does not show the limit leaves it open.
func (p *probe) limit(field *int, r request) {
	r.method = http.MethodGet
	if r.query == nil {
		r.query = url.Values{}
	}
	r.query.Set("limit", manyDocs)
	shown, isNumber := p.must(r).body["limit"].(json.Number)
	used, err := shown.Int64()
	switch {
	case !isNumber || err != nil:
		p.leave("%s does not show which limit was used", r.path)
	case shown.String() == manyDocs:
		saw(p, field, 0)
	default:
		saw(p, field, int(used))
	}
}

func search(p *probe) {
	needle := p.newID("-needle")
	p.must(upsert(needle, object{"name": needle}))
	p.look(needle)
	p.look(p.account(object{"name": "hay"}))
	docs := p.must(get(accountPath, url.Values{"search": {needle}, "limit": {"100"}})).docs()
	isAlone := len(docs) == 1 && docs[0]["account_id"] == needle
	if len(docs) == 0 {
		p.leave("a search for a whole name finds nothing")
		return
	}
	saw(p, &p.found.List.IgnoreSearch, !isAlone)
}

func scope(p *probe) {
	id := p.newID("")
	written := p.send(upsert(id, object{"scope": "tf-live"}))
	if !written.isDone() {
		p.leave("a scope: %s", p.quote(written))
		return
	}
	if p.look(id)["scope"] == "tf-live" {
		saw(p, &p.found.Document.Scope, mockapi.ScopeEchoed)
		return
	}
	others := p.must(get(accountPath, url.Values{"scope": {"tf-live-another"}, "limit": {"1"}})).docs()
	if len(others) == 0 {
		saw(p, &p.found.Document.Scope, mockapi.ScopeStored)
		return
	}
	saw(p, &p.found.Document.Scope, mockapi.ScopeIgnored)
}

func unknownAccount(p *probe) {
	id := p.newID("")
	p.status500(&p.found.Account.GetNotFoundAs500, get(ofAccount(id), nil))
	p.status500(&p.found.Account.DeleteNotFoundAs500, request{method: http.MethodDelete, path: ofAccount(id)})
}

// status500 tells a 404 from a 500.
func (p *probe) status500(field *bool, r request) {
	answered := p.send(r)
	if answered.status != http.StatusNotFound && answered.status != http.StatusInternalServerError {
		p.leave("%s of what does not exist: %s", r.method, p.quote(answered))
		return
	}
	saw(p, field, answered.status == http.StatusInternalServerError)
}

func sessionForAccount(p *probe) {
	id := p.account(nil)
	token := p.token(id, nil)
	p.look(id)
	read := p.send(request{method: http.MethodGet, path: ofAccount(id), bearer: token})
	if !read.isDone() && read.status != http.StatusUnauthorized && read.status != http.StatusForbidden {
		p.leave("a read with a session token: %s", p.quote(read))
		return
	}
	saw(p, &p.found.Account.RefuseSessionToken, !read.isDone())
}

func connectURL(p *probe) {
	id := p.account(nil)
	ask := request{method: http.MethodPost, path: publicPath + "/connect-url", query: url.Values{"linked_account_id": {id}}, body: object{}}
	byToken := ask
	byToken.bearer = p.token(id, nil)
	if p.send(byToken).isDone() {
		saw(p, &p.found.ConnectURL.ByKey, false)
		return
	}
	if answered := p.send(ask); !answered.isDone() {
		p.leave("neither a session token nor the key makes one: %s", p.quote(answered))
		return
	}
	saw(p, &p.found.ConnectURL.ByKey, true)
}

func refreshedToken(p *probe) {
	id := p.account(nil)
	first := p.token(id, nil)
	second := p.token(id, url.Values{"force_refresh": {"true"}})
	if first == second {
		saw(p, &p.found.SessionToken.Refresh, mockapi.RefreshIgnored)
		return
	}
	// A list that takes either key or token (FACTS 2.0).
	try := func(token string) reply {
		return p.send(request{method: http.MethodGet, path: publicPath + "/env/definitions", bearer: token})
	}
	if control := try(second); !control.isDone() {
		p.leave("a new token reads nothing: %s", p.quote(control))
		return
	}
	if try(first).isDone() {
		saw(p, &p.found.SessionToken.Refresh, mockapi.RefreshKeepsOld)
		return
	}
	saw(p, &p.found.SessionToken.Refresh, mockapi.RefreshRevokesOld)
}
