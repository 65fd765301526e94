// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// customersPath begins the paths of what customers do in Refold's own pages. Refold's API has no
// such thing, and the mock as such neither: only the sandbox has.
const customersPath = "/sandbox/"

// withCustomers lets customers connect and disconnect apps by OAuth:
// POST /sandbox/connect/ACCOUNT/APP, and /sandbox/disconnect/ACCOUNT/APP.
func withCustomers(mock *mockapi.Server, next http.Handler) http.Handler {
	customers := http.NewServeMux()
	customers.HandleFunc("POST "+customersPath+"{action}/{account}/{app}", func(w http.ResponseWriter, r *http.Request) {
		status, said := act(mock, r.PathValue("action"), r.PathValue("account"), r.PathValue("app"))
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(status)
		_, _ = fmt.Fprintln(w, said)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A mux redirects from paths such as those of odd ids, so it is for these only.
		if strings.HasPrefix(r.URL.Path, customersPath) {
			customers.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// act does what a customer does, and says what came of it.
func act(mock *mockapi.Server, action, accountID, slug string) (status int, said string) {
	account, exists := mock.Account(mockapi.EnvironmentTest, accountID)
	if !exists {
		return http.StatusNotFound, fmt.Sprintf("There is no account %s. Create it first: terraform apply", accountID)
	}
	app, isKnown := appOf(mock, slug)
	if !isKnown {
		return http.StatusNotFound, fmt.Sprintf("There is no app %s. Try slack or hubspot.", slug)
	}
	isConnected := slices.ContainsFunc(account.Integrations, func(one mockapi.Integration) bool { return one.Type == slug })
	switch {
	case action == "connect":
		mock.Connect(mockapi.EnvironmentTest, accountID, mockapi.Integration{Type: slug, Name: app.Name})
		return http.StatusOK, fmt.Sprintf("%s has connected %s.", accountID, app.Name)
	case action == "disconnect" && !isConnected:
		return http.StatusConflict, fmt.Sprintf("%s has not connected %s.", accountID, app.Name)
	case action == "disconnect":
		mock.Disconnect(mockapi.EnvironmentTest, accountID, slug, "")
		return http.StatusOK, fmt.Sprintf("%s has disconnected %s.", accountID, app.Name)
	}
	return http.StatusNotFound, "A customer can connect and disconnect: " + customersPath + "connect/ACCOUNT/APP"
}

// appOf finds an app of Refold's own.
func appOf(mock *mockapi.Server, slug string) (mockapi.App, bool) {
	apps := mock.Apps(mockapi.EnvironmentTest)
	at := slices.IndexFunc(apps, func(app mockapi.App) bool { return app.Slug == slug })
	if at < 0 {
		return mockapi.App{}, false
	}
	return apps[at], true
}
