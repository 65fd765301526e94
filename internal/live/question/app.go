// SPDX-License-Identifier: MPL-2.0

package question

import (
	"encoding/json"
	"net/http"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// app writes credentials of the organization's own app.
func app(id string, credentials object) request {
	return upsert(id, object{"your_app": object{"auth_credentials": credentials}})
}

// requiredAppID is FACTS 4.27. It comes before whatever writes credentials.
func requiredAppID(p *probe) {
	written := p.send(app(p.newID(""), object{"first": "1"}))
	if !written.isDone() && !written.says("app_id") {
		p.leave("credentials without app_id: %s", p.quote(written))
		return
	}
	saw(p, &p.found.Credential.RequireAppID, !written.isDone())
}

// hasApp reports whether credentials can be written here.
func (p *probe) hasApp() bool {
	if p.found.Credential.RequireAppID {
		p.leave("this server wants an app_id (FACTS 4.27), which no answer shows")
		return false
	}
	return p.err == nil
}

func replacedCredentials(p *probe) {
	if !p.hasApp() {
		return
	}
	id := p.newID("")
	p.must(app(id, object{"first": "1"}))
	p.must(app(id, object{"second": "1"}))
	deleted := p.send(request{method: http.MethodDelete, path: credentialPath + "/first", account: id})
	if !deleted.isDone() && !deleted.says("not found") {
		p.leave("the deletion of a credential: %s", p.quote(deleted))
		return
	}
	saw(p, &p.found.Credential.Replace, !deleted.isDone())
}

func duplicateCredentials(p *probe) {
	if !p.hasApp() {
		return
	}
	id := p.newID("")
	p.must(app(id, object{"first": "1"}))
	isRefused := func(written reply) bool { return !written.isDone() && written.says("duplicate") }
	if isRefused(p.send(app(id, object{"first": "2"}))) {
		saw(p, &p.found.Credential.Duplicates, mockapi.DuplicatesStored)
		return
	}
	if isRefused(p.send(app(p.newID(""), object{"first": "1", "FIRST": "1"}))) {
		saw(p, &p.found.Credential.Duplicates, mockapi.DuplicatesFolded)
		return
	}
	saw(p, &p.found.Credential.Duplicates, mockapi.DuplicatesAllowed)
}

func emptyApp(p *probe) {
	if !p.hasApp() {
		return
	}
	saw(p, &p.found.Credential.AcceptEmptyApp, p.send(upsert(p.newID(""), object{"your_app": object{}})).isDone())
}

func applicationsWithoutAccount(p *probe) {
	listed := p.send(get(publicPath+"/application", nil))
	if !listed.isDone() && !listed.says("account") {
		p.leave("the catalogue without an account: %s", p.quote(listed))
		return
	}
	saw(p, &p.found.Application.AccountRequired, !listed.isDone())
}

func unconnectedConfig(p *probe) {
	id := p.account(nil)
	p.look(id)
	slug := p.anyApp(id)
	if slug == "" {
		p.leave("the catalogue shows no app")
		return
	}
	made := p.send(request{method: http.MethodPost, path: publicPath + "/config", account: id, body: object{"slug": slug}})
	if !made.isDone() && !made.says("connect") {
		p.leave("a config of an app that is not connected: %s", p.quote(made))
		return
	}
	saw(p, &p.found.Config.ConnectedOnly, !made.isDone())
}

// anyApp is the slug of an app of Refold's own, which is no custom one (FACTS 2.1).
func (p *probe) anyApp(accountID string) string {
	listed := p.must(request{method: http.MethodGet, path: publicPath + "/application", account: accountID})
	var apps []struct{ Slug, Type string }
	if p.err == nil && json.Unmarshal([]byte(listed.text), &apps) != nil {
		p.leave("the catalogue is in no form that is known")
	}
	for _, known := range apps {
		if known.Slug != "" && known.Type != "custom" {
			return known.Slug
		}
	}
	return ""
}

func executionsOfAccount(p *probe) {
	list := func(id string) reply {
		return p.send(request{method: http.MethodGet, path: executionPath, account: id})
	}
	unknown := list(p.newID(""))
	if !unknown.isDone() && !unknown.says("not found") {
		p.leave("executions of an account that does not exist: %s", p.quote(unknown))
		return
	}
	saw(p, &p.found.Execution.UnknownAccountAsNone, unknown.isDone())
	isOfOthers := len(list(p.account(nil)).docs()) > 0
	saw(p, &p.found.Execution.IgnoreAccount, isOfOthers)
	if !isOfOthers {
		p.leave("Execution.IgnoreAccount: a new account shows no executions, which also holds where nothing has run yet")
	}
}

func filtersOfExecutions(p *probe) {
	filtered := p.send(request{method: http.MethodGet, path: executionPath, account: p.account(nil), query: map[string][]string{"status": {"NO_SUCH_STATUS"}}})
	if filtered.status == http.StatusBadRequest {
		saw(p, &p.found.Execution.UnknownFilter, mockapi.UnknownFilterRefused)
	}
	p.leave("which filters count: it takes executions, and nothing starts one without a workflow of a customer")
}
