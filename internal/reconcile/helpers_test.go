// SPDX-License-Identifier: MPL-2.0

package reconcile_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	test = mockapi.EnvironmentTest
	// id is the account of all tests.
	id = "user_1"
)

var (
	here  = refold.Scope{OrganizationID: mockapi.OrganizationID, Environment: test}
	there = refold.Scope{OrganizationID: mockapi.OrganizationID, Environment: mockapi.EnvironmentProduction}
)

// organization is a mock Refold with a reconciler for it.
type organization struct {
	*mockapi.Server
	reconciler reconcile.Reconciler
	stop       context.CancelFunc
}

// scenario is one task and what is to come of it.
type scenario struct {
	behaviour mockapi.Behaviour
	prepare   func(*organization)
	task      reconcile.Task
	want      want
}

// want is an outcome. Its zero value is a task that was not completed and did nothing.
type want struct {
	complete, upserted bool
	// requests are methods with the last part of the path, separated by commas.
	requests string
	// problems are summaries, in order; those of errors begin with "error: ".
	problems []string
	// mentions is text that the problems have in them.
	mentions []string
	// app is what is set up, as names@id, with a ? behind a name that is uncertain; empty for
	// nothing.
	app string
	// account is whether the outcome has one.
	account bool
	// claimed is whether the account belongs to a resource of the run.
	claimed bool
	// then looks at what is left.
	then func(*testing.T, *organization, reconcile.Outcome)
}

// with is an outcome like this one, but for a change.
func (w want) with(change func(*want)) want {
	change(&w)
	return w
}

func (s scenario) run(t *testing.T, do func(reconcile.Reconciler, context.Context, reconcile.Task) reconcile.Outcome) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		at, ctx := newOrganization(t, s.behaviour)
		if s.prepare != nil {
			s.prepare(at)
		}
		if s.task.Desired.AccountID == "" {
			s.task.Desired.AccountID = id
		}
		at.ResetRequests()
		outcome := do(at.reconciler, ctx, s.task)
		s.want.check(t, at, outcome)
	})
}

func newOrganization(t *testing.T, behaviour mockapi.Behaviour) (*organization, context.Context) {
	t.Helper()
	mock := mockapi.New(mockapi.WithBehaviour(behaviour))
	client, err := refold.New(refold.Options{
		BaseURL: &url.URL{Scheme: "https", Host: "refold.test"}, APIKey: mockapi.TestKey,
		RequestsPerSecond: 10000, Burst: 1000, MaxRetries: 1, Transport: direct{mock},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	advice := reconcile.Advice{Forget: "Forget it.", Keep: "Keep it.", TakeOver: "Take it over.", Exists: func(account *refold.LinkedAccount, reason string) *diagnose.Problem {
		return diagnose.NewError("It exists", account.AccountID+": "+reason, "Import it.")
	}}
	return &organization{Server: mock, reconciler: reconcile.Reconciler{Data: providerdata.Ready(client), Client: client, Advice: advice}, stop: stop}, ctx
}

// direct calls the server without a network.
type direct struct{ handler http.Handler }

// RoundTrip implements http.RoundTripper.
func (d direct) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Body == nil {
		request.Body = http.NoBody
	}
	recorder := httptest.NewRecorder()
	d.handler.ServeHTTP(recorder, request)
	return recorder.Result(), nil
}

func (w want) check(t *testing.T, at *organization, got reconcile.Outcome) {
	t.Helper()
	if got.Complete != w.complete || got.Upserted != w.upserted || (got.Account != nil) != w.account {
		t.Errorf("complete %v, upserted %v, account %v, want %v, %v, %v",
			got.Complete, got.Upserted, got.Account != nil, w.complete, w.upserted, w.account)
	}
	if requests := at.requests(); requests != w.requests {
		t.Errorf("requests: %s, want %s", requests, w.requests)
	}
	var summaries []string
	var text strings.Builder
	for _, problem := range got.Problems {
		summary := problem.Summary()
		if problem.Severity() == diag.SeverityError {
			summary = "error: " + summary
		}
		summaries = append(summaries, summary)
		text.WriteString(problem.Detail())
	}
	if !slices.Equal(summaries, w.problems) {
		t.Errorf("problems: %q, want %q: %s", summaries, w.problems, text.String())
	}
	for _, part := range w.mentions {
		if !strings.Contains(text.String(), part) {
			t.Errorf("problems do not mention %q: %s", part, text.String())
		}
	}
	if app := describe(got.App); app != w.app {
		t.Errorf("app %q, want %q", app, w.app)
	}
	turn, err := at.reconciler.Data.Claims.TakeTurn(t.Context(), ownership.AccountKey(id), "")
	if err != nil {
		t.Fatal(err)
	}
	if turn.IsClaimed() != w.claimed {
		t.Errorf("claimed: %v, want %v", turn.IsClaimed(), w.claimed)
	}
	if w.then != nil {
		w.then(t, at, got)
	}
}

func describe(app *credentials.DefaultApp) string {
	if app == nil {
		return ""
	}
	names := slices.Clone(app.CredentialNames)
	for i, name := range names {
		if slices.Contains(app.Uncertain, name) {
			names[i] += "?"
		}
	}
	return strings.Join(names, " ") + "@" + app.AppID
}

func (o *organization) requests() string {
	var sent []string
	for _, request := range o.Requests() {
		sent = append(sent, request.Method+" "+path.Base(request.Path))
	}
	return strings.Join(sent, ", ")
}

// exists is an account that is there from the start.
func exists(name string, fields map[string]any, apps ...mockapi.Integration) func(*organization) {
	return existsFor(0, name, fields, apps...)
}

// existsFor is an account of this age.
func existsFor(age time.Duration, name string, fields map[string]any, apps ...mockapi.Integration) func(*organization) {
	return func(at *organization) {
		account := mockapi.Account{AccountID: id, Integrations: apps, CreatedAt: time.Now().Add(-age)}
		if name != "" {
			account.Name = &name
		}
		for key, value := range fields {
			account.UDF = append(account.UDF, mockapi.UDFEntry{Key: key, Value: value})
		}
		at.Create(test, account)
	}
}

func customApp(appID string) mockapi.Integration {
	return mockapi.Integration{Type: refold.TypeCustom, Name: "App " + appID, AppID: &appID}
}

func after(steps ...func(*organization)) func(*organization) {
	return func(at *organization) {
		for _, step := range steps {
			step(at)
		}
	}
}

// refusing answers requests of a method to paths with this end.
func refusing(method, end string, status int, message string) func(*organization) {
	return answering(method, end, status, fmt.Sprintf(`{"error":"BAD_REQUEST","message":%q}`, message))
}

func answering(method, end string, status int, body string) func(*organization) {
	return func(at *organization) {
		at.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method != method || path.Base(r.URL.Path) != end {
				return false
			}
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
			return true
		})
	}
}

// nth does something at the nth request of a method, before it is served.
func nth(n int, method string, do func(*organization)) func(*organization) {
	return func(at *organization) {
		at.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
			if r.Method == method {
				if n--; n == 0 {
					do(at)
				}
			}
			return false
		})
	}
}

func vanish(at *organization) { at.Remove(test, id) }

// claimed leaves the account to another resource of the run.
func claimed(at *organization) {
	turn, err := at.reconciler.Data.Claims.TakeTurn(context.Background(), ownership.AccountKey(id), "")
	if err != nil {
		panic(err)
	}
	turn.Claim()
	turn.Release()
}

// ownAppKnown is a run in which another account showed the organization's own app.
func ownAppKnown(at *organization) {
	at.reconciler.Data.LearnOwnAppID(context.Background(), func(context.Context) (string, bool) { return mockapi.DefaultAppID, true })
}

// ownAppUnlisted is a run in which another account showed that Refold lists no own app.
func ownAppUnlisted(at *organization) {
	at.reconciler.Data.LearnOwnAppID(context.Background(), func(context.Context) (string, bool) { return "", true })
}

func text(value string) *string { return &value }

// holds compares what is stored with a name and fields.
func holds(name string, fields map[string]any) func(*testing.T, *organization, reconcile.Outcome) {
	return func(t *testing.T, at *organization, _ reconcile.Outcome) {
		t.Helper()
		account, _ := at.Account(test, id)
		var got string
		if account.Name != nil {
			got = *account.Name
		}
		if got != name || fmt.Sprint(account.UDFMap()) != fmt.Sprint(fields) {
			t.Errorf("Refold holds %q, %v, want %q, %v", got, account.UDFMap(), name, fields)
		}
	}
}
