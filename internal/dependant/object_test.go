// SPDX-License-Identifier: MPL-2.0

package dependant_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func integration(accountID, slug string) dependant.Object {
	return dependant.Object{Noun: "integration", AccountID: accountID, IDs: []string{accountID, slug}, Name: slug}
}

// Ids of objects are joined in a way that none is another's.
func TestKeysOfObjects(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for want, object := range map[string]dependant.Object{
		"acme/hubspot":          integration("acme", "hubspot"),
		"user%2F1/hubspot":      integration("user/1", "hubspot"),
		"user/1%2Fhubspot":      integration("user", "1/hubspot"),
		"50%25/hubspot":         integration("50%", "hubspot"),
		"acme/hubspot/acme":     dependant.Config(refold.ConfigKey{AccountID: "acme", Slug: "hubspot", ConfigID: "acme"}),
		"acme/hubspot/emea%2F2": dependant.Config(refold.ConfigKey{AccountID: "acme", Slug: "hubspot", ConfigID: "emea/2"}),
		"acme/hubspot%2Femea/2": dependant.Config(refold.ConfigKey{AccountID: "acme", Slug: "hubspot/emea", ConfigID: "2"}),
	} {
		if got := object.ImportID(); got != want || object.Key().ID != want {
			t.Errorf("%+v has the id %q, want %q", object, got, want)
		}
		key := object.Key().Kind + " " + object.Key().ID
		if before := seen[key]; before != "" {
			t.Errorf("%q is the key of two", key)
		}
		seen[key] = want
		if subject := object.Subject().String(); !strings.Contains(subject, object.AccountID) || !strings.Contains(subject, object.Noun) {
			t.Errorf("subject %q", subject)
		}
	}
}

// Writes for one account are one after the other, those of different accounts are not.
func TestTurns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		data := providerdata.Ready(nil)
		var mutex sync.Mutex
		var order []string
		note := func(what string) {
			mutex.Lock()
			defer mutex.Unlock()
			order = append(order, what)
		}
		write := func(object dependant.Object, takes time.Duration) {
			turn, err := object.TakeTurn(t.Context(), data, "")
			if err != nil {
				t.Error(err)
				return
			}
			defer turn.Release()
			note("begin " + object.ImportID())
			<-time.After(takes)
			note("end " + object.ImportID())
		}
		go write(integration("acme", "hubspot"), 4*time.Second)
		synctest.Wait()
		go write(integration("acme", "zendesk"), time.Second)
		go write(integration("globex", "hubspot"), time.Second)
		<-time.After(time.Minute)
		want := []string{"begin acme/hubspot", "begin globex/hubspot", "end globex/hubspot", "end acme/hubspot", "begin acme/zendesk", "end acme/zendesk"}
		mutex.Lock()
		got := slices.Clone(order)
		mutex.Unlock()
		if !slices.Equal(got, want) {
			t.Errorf("order %q, want %q", got, want)
		}

		held, err := integration("acme", "hubspot").TakeTurn(t.Context(), data, "")
		if err != nil {
			t.Fatal(err)
		}
		stopped, stop := context.WithCancel(t.Context())
		stop()
		if _, err := integration("acme", "zendesk").TakeTurn(stopped, data, ""); err == nil || !strings.Contains(err.Error(), `"acme"`) {
			t.Errorf("a turn that was not waited for: %v", err)
		}
		held.Release()
		write(integration("acme", "zendesk"), 0)
	})
}

// What belongs to no account waits for none, and goes with none.
func TestObjectOfNoAccount(t *testing.T) {
	t.Parallel()
	data := providerdata.Ready(nil)
	object := dependant.Object{Noun: "variable value", IDs: []string{"d/1"}, Name: "region"}
	held, err := integration("", "hubspot").TakeTurn(t.Context(), data, "")
	if err != nil {
		t.Fatal(err)
	}
	defer held.Release()
	turn, err := object.TakeTurn(t.Context(), data, "")
	if err != nil {
		t.Fatal(err)
	}
	turn.Release()
	if object.ImportID() != "d%2F1" || object.Subject().String() != `variable value "region"` {
		t.Errorf("it is %s, %s", object.ImportID(), object.Subject())
	}
	if isGone, err := object.IsAccountGone(t.Context(), nil, refold.Scope{}); isGone || err != nil {
		t.Errorf("its account is gone: %t, %v", isGone, err)
	}
}

// Fields of workflows are named with the workflow, and what has no value is not set.
func TestSetFields(t *testing.T) {
	t.Parallel()
	field := func(id string, value any) refold.ConfigField { return refold.ConfigField{ID: id, Value: value} }
	config := &refold.Config{
		Fields:    []refold.ConfigField{field("a", "1"), field("b", nil), field("c", "3")},
		Workflows: []refold.ConfigWorkflow{{ID: "w", Fields: []refold.ConfigField{field("a", "1"), field("b", nil)}}},
	}
	if got := dependant.SetFields(config); !slices.Equal(got, []string{"a", "c", "w: a"}) {
		t.Errorf("set are %q", got)
	}
}

// It is said once in a run that an account is gone.
func TestSayAccountGone(t *testing.T) {
	t.Parallel()
	data := providerdata.Ready(nil)
	var said diag.Diagnostics
	for _, accountID := range []string{"acme", "acme", "globex"} {
		dependant.SayAccountGone(data, accountID, refold.Scope{OrganizationID: "o", Environment: "test"}, &said)
	}
	if len(said) != 2 || !strings.Contains(said[0].Detail(), `"acme"`) || !strings.Contains(said[1].Detail(), `"globex"`) {
		t.Errorf("said: %v", said)
	}
}

// Only an answer that says so, from where the state was made, takes an account for gone.
func TestIsAccountGone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		behaviour   mockapi.AccountBehaviour
		environment string
		accountID   string
		want        bool
	}{
		"there":               {mockapi.AccountBehaviour{}, mockapi.EnvironmentTest, "acme", false},
		"gone":                {mockapi.AccountBehaviour{}, mockapi.EnvironmentTest, "nobody", true},
		"gone, without scope": {mockapi.AccountBehaviour{ShortNotFound: true}, mockapi.EnvironmentTest, "nobody", true},
		"another environment": {mockapi.AccountBehaviour{}, mockapi.EnvironmentProduction, "nobody", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.StartRefold(t, mockapi.WithBehaviour(mockapi.Behaviour{Account: test.behaviour}))
			server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "acme"})
			base, err := url.Parse(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			client, err := refold.New(refold.Options{BaseURL: base, APIKey: mockapi.TestKey, UserAgent: "terraform-provider-refold/test Terraform/1.11.0"})
			if err != nil {
				t.Fatal(err)
			}
			state := refold.Scope{OrganizationID: mockapi.OrganizationID, Environment: test.environment}
			isGone, err := integration(test.accountID, "hubspot").IsAccountGone(t.Context(), client, state)
			if err != nil || isGone != test.want {
				t.Errorf("gone: %v, %v", isGone, err)
			}
		})
	}
}
