// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const many = 120

// startMany has many accounts, of which the first has a connected app.
func startMany(t *testing.T) (*acctest.Refold, []string) {
	t.Helper()
	refold := acctest.StartRefold(t)
	var ids []string
	for number := range many {
		id := fmt.Sprintf("user_%d", number)
		refold.Create(test, mockapi.Account{AccountID: id, Name: new("Acme")})
		ids = append(ids, id)
	}
	refold.Connect(test, ids[0], mockapi.Integration{Type: "slack", Name: "Slack"})
	return refold, ids
}

// readsWere checks how many requests of a run were reads, list pages included.
func readsWere(t *testing.T, refold *acctest.Refold, what string, most int) {
	t.Helper()
	if sent := refold.CountByMethod()[http.MethodGet]; sent > most {
		t.Errorf("%s took %d reads, want at most %d", what, sent, most)
	}
	refold.ResetRequests()
}

// Reading many accounts takes as many requests as the list has pages, twice at most, and so does
// saying what their deletion costs. Before it is deleted, each is asked for by itself.
func TestManyAccountsAreReadFromAList(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	t.Parallel()
	refold, ids := startMany(t)
	protocol := refold.Protocol(t)
	var instances []acctest.Instance
	for _, id := range ids {
		imported, diagnostics := protocol.ImportByIdentity(typeName, identityOf(id))
		acctest.WantNoDiagnostics(t, diagnostics)
		instances = append(instances, imported)
	}
	readsWere(t, refold, "the import", 4)
	later := refold.Protocol(t)
	for i, instance := range instances {
		_, diagnostics := later.Apply(typeName, &instance, tftypes.NewValue(instance.State.Type(), nil))
		if i == 0 {
			acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "The customer still has connected apps")
			continue
		}
		acctest.WantNoDiagnostics(t, diagnostics)
	}
	if sent := refold.CountByMethod()[http.MethodDelete]; sent != many-1 {
		t.Errorf("%d deletions", sent)
	}
	readsWere(t, refold, "the look before deletions", many+4)
	if left := refold.Accounts(test); len(left) != 1 || left[0].AccountID != ids[0] {
		t.Errorf("%d accounts are left", len(left))
	}
}

// That accounts do not exist yet is known from the list.
func TestManyAccountsAreCreated(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	refold, ids := startMany(t)
	protocol := refold.Protocol(t)
	for number := range many {
		config := protocol.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text(fmt.Sprintf("new_%d", number)), "name": acctest.Text("Acme")})
		_, diagnostics := protocol.Apply(typeName, nil, config)
		acctest.WantNoDiagnostics(t, diagnostics)
	}
	_, diagnostics := protocol.Apply(typeName, nil, protocol.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text(ids[1]), "name": acctest.Text("Other")}))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "The linked account exists already")
	readsWere(t, refold, "the look before creations", 4)
}

// The apps of an account that is adopted tell the id of the organization's own
// app, so it is looked at by itself, until that is known.
func TestAdoptionLooksAtAppsAsTheyAre(t *testing.T) {
	t.Parallel()
	refold, ids := startMany(t)
	protocol := refold.Protocol(t)
	adopt := func(id string) acctest.Instance {
		adopted, diagnostics := protocol.Apply(typeName, nil, protocol.Config(typeName, map[string]tftypes.Value{
			"linked_account_id": acctest.Text(id), "your_app": plainApp(map[string]string{"key": "v"}), "adopt_existing": tftypes.NewValue(tftypes.Bool, true),
		}))
		acctest.WantNoDiagnostics(t, diagnostics)
		return adopted
	}
	// The list is at hand from here on, without the app that is connected next.
	for _, id := range ids {
		_, diagnostics := protocol.ImportByIdentity(typeName, identityOf(id))
		acctest.WantNoDiagnostics(t, diagnostics)
	}
	refold.Behave(func(b *mockapi.Behaviour) { b.Document.HideDefaultApp = true })
	refold.Connect(test, ids[2], mockapi.Integration{Type: "custom", Name: "Another app", AppID: new("6a05d19680458c9a09e79c2f")})
	adopted := adopt(ids[2])
	_, diagnostics := refold.Protocol(t).Apply(typeName, &adopted, tftypes.NewValue(adopted.State.Type(), nil))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "The customer still has connected apps")
}
