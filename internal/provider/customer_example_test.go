// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// The customer of examples/customer, and the secrets that it sends.
const (
	customerID     = "wonka"
	customerKey    = "pat-canary-of-wonka"
	customerSecret = "secret-canary-of-wonka"
)

// The guide about a customer's life is followed from its first command to its last, on
// examples/customer. What it says that others do happens before the commands of its section, and
// what it says that became of the customer is looked at after them.
func TestCustomerLifecycle(t *testing.T) {
	t.Parallel()
	workspace, refold := exampleWorkspace(t, "customer")
	c := &customer{T: t, workspace: workspace, Refold: refold}
	steps := c.steps()
	for _, section := range guideSections(t, filepath.Join("..", "..", "templates", "guides", "customer-lifecycle.md.tmpl")) {
		step := steps[section.heading]
		delete(steps, section.heading)
		if step.before != nil {
			step.before()
		}
		for _, edit := range section.edits() {
			c.set(edit[1], edit[2])
		}
		refold.ResetRequests()
		section.follow(t, workspace)
		if step.after != nil {
			step.after()
		}
	}
	for heading := range steps {
		t.Errorf("the guide has nothing under %q", heading)
	}
}

type customer struct {
	*testing.T
	*acctest.Refold
	workspace *cli.Workspace
}

// step is what happens around the commands of a section.
type step struct{ before, after func() }

func (c *customer) steps() map[string]step {
	return map[string]step{
		"Sign-up":                                 {after: c.wantSignedUp},
		"A change":                                {after: func() { c.wantField("sync_interval", "15") }},
		"The customer connects the app anew":      {before: c.connectAnew},
		"Going back to your key":                  {after: c.wantOurKey},
		"The customer changes fields":             {before: c.changeFields, after: c.wantOurFieldsAndTheirs},
		"The account is deleted in the dashboard": {before: c.deleteAccount},
		"It was a mistake":                        {after: c.wantSignedUpAnew},
		"The customer has left":                   {before: c.deleteAccount, after: c.wantNothingSent},
		"Health in a pipeline":                    {before: c.signUpWithSlack},
		"Offboarding":                             {after: c.wantNothingSent},
		"What a deletion costs":                   {after: c.wantSignedUpAnew},
		"Deleting everything":                     {after: c.wantDeleted},
		"Keeping the account":                     {before: c.signUpAnew, after: c.wantKept},
	}
}

// set changes a value of the project.
func (c *customer) set(name, value string) {
	c.Helper()
	const file = "terraform.tfvars"
	line := regexp.MustCompile(`(?m)^` + name + ` += .*\n`)
	rest := line.ReplaceAllString(read(c.T, filepath.Join(c.workspace.Folder, file)), "")
	acctest.WriteFile(c, c.workspace, file, rest+name+" = "+value+"\n")
}

// connectAnew lets the customer enter a key of their own.
func (c *customer) connectAnew() {
	c.Change(mockapi.EnvironmentTest, customerID, func(account *mockapi.Account) {
		theirs := mockapi.Connection{ConnectedAt: time.Now(), Keys: map[string]string{"api_key": "pat-theirs"}}
		account.Integrations[0].Connections = map[string]mockapi.Connection{"keybased": theirs}
	})
}

func (c *customer) changeFields() {
	config := c.config()
	config.Values["sync_interval"], config.Values["owner_email"] = json.Number("5"), "jo@wonka.example"
	c.SetConfig(mockapi.EnvironmentTest, customerID, config)
}

func (c *customer) deleteAccount() { c.Remove(mockapi.EnvironmentTest, customerID) }

// signUpAnew begins again, without force.
func (c *customer) signUpAnew() {
	c.Helper()
	c.set("force_destroy", "false")
	acctest.MustRunCLI(c, c.workspace, "apply", "-no-color", "-auto-approve")
	c.Connect(mockapi.EnvironmentTest, customerID, mockapi.Integration{Type: "slack", Name: "Slack"})
}

// signUpWithSlack is a customer whose connection has expired, and who has set a field.
func (c *customer) signUpWithSlack() {
	c.Helper()
	c.signUpAnew()
	c.RequireReauth(mockapi.EnvironmentTest, customerID, "slack")
	config := c.config()
	config.Values["owner_email"] = "jo@wonka.example"
	c.SetConfig(mockapi.EnvironmentTest, customerID, config)
}

func (c *customer) config() mockapi.Config {
	c.Helper()
	config, exists := c.Config(mockapi.EnvironmentTest, customerID, "hubspot", "")
	if !exists {
		c.Fatal("there is no config")
	}
	return config
}

func (c *customer) wantField(id, want string) {
	c.Helper()
	if got := fmt.Sprint(c.config().Values[id]); got != want {
		c.Errorf("field %s is %s, want %s", id, got, want)
	}
}

func (c *customer) wantOurKey() {
	c.Helper()
	if got := c.Keys(mockapi.EnvironmentTest, customerID, "hubspot", "keybased")["api_key"]; got != customerKey {
		c.Errorf("HubSpot is connected by %q", got)
	}
}

// wantSignedUp: all of the project is at Refold, and no secret in the state.
func (c *customer) wantSignedUp() {
	c.Helper()
	c.wantSignedUpAnew()
	c.wantField("sync_interval", "30")
	if fields := c.UDF(customerID); fields["plan"] != "pro" {
		c.Errorf("fields of the account: %v", fields)
	}
	state := read(c.T, filepath.Join(c.workspace.Folder, "terraform.tfstate"))
	for _, secret := range []string{customerKey, customerSecret} {
		if acctest.HoldsSecret(state, secret) {
			c.Errorf("the state holds %s", secret)
		}
	}
}

func (c *customer) wantSignedUpAnew() {
	c.Helper()
	c.wantOurKey()
	if enabled := c.config().Enabled; len(enabled) != 1 {
		c.Errorf("workflows: %v", enabled)
	}
}

func (c *customer) wantOurFieldsAndTheirs() {
	c.Helper()
	c.wantField("sync_interval", "15")
	c.wantField("owner_email", "jo@wonka.example")
}

// wantNothingSent counts what a run wrote; a token is no object.
func (c *customer) wantNothingSent() {
	c.Helper()
	for _, request := range c.Requests() {
		if request.Method != http.MethodGet && !strings.Contains(request.Path, "session-token") {
			c.Errorf("sent: %s", request)
		}
	}
}

// wantDeleted: what depends on something goes before it.
func (c *customer) wantDeleted() {
	c.Helper()
	if _, exists := c.Account(mockapi.EnvironmentTest, customerID); exists {
		c.Error("the account is still there")
	}
	var deleted []string
	for _, request := range c.Requests() {
		if request.Method == http.MethodDelete {
			deleted = append(deleted, request.Path)
		}
	}
	want := []string{"/api/v2/public/slug/hubspot/config/wonka", "/api/v2/public/linked-account/integration/hubspot", "/api/v2/public/linked-account/wonka"}
	if !slices.Equal(deleted, want) {
		c.Errorf("deleted %q, want %q", deleted, want)
	}
}

// wantKept: what the customer has connected stays, and nothing else.
func (c *customer) wantKept() {
	c.Helper()
	account, exists := c.Account(mockapi.EnvironmentTest, customerID)
	if !exists || len(account.Integrations) != 1 || account.Integrations[0].Type != "slack" {
		c.Errorf("the account is there: %t, with %v", exists, account.Integrations)
	}
	if left := c.Configs(mockapi.EnvironmentTest, customerID); len(left) > 0 {
		c.Errorf("configs: %v", left)
	}
	if state := acctest.MustRunCLI(c, c.workspace, "state", "list"); state != "" {
		c.Errorf("in the state: %s", state)
	}
}
