// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// The customer of examples/customer, and the secrets that it sends.
const (
	customerID     = "wonka"
	customerKey    = "pat-canary-of-wonka"
	customerSecret = "secret-canary-of-wonka"
	theirKey       = "pat-that-wonka-entered"
)

// The guide about a customer's life is followed from its first command to its last, on
// examples/customer. What it says that others do happens before the commands of its section, and
// what it says that became of the customer is looked at after them.
func TestCustomerLifecycle(t *testing.T) {
	shortrun.Thorough(t, "TestDemo signs a customer up, and TestExamples applies the example")
	t.Parallel()
	workspace, refold := exampleWorkspace(t, "customer")
	if acctest.IsRefused(t, workspace) {
		return
	}
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
		"A change":                                {after: c.wantOneField},
		"The customer connects the app anew":      {before: c.connectAnew},
		"Their key stays":                         {after: c.wantTheirKeyInPeace},
		"Going back to your key":                  {after: c.wantOurKey},
		"The customer changes fields":             {before: c.changeFields, after: c.wantOurFieldsAndTheirs},
		"The account is deleted in the dashboard": {before: c.deleteAccount},
		"It was a mistake":                        {after: c.wantSignedUpAnew},
		"The customer has left":                   {before: c.deleteAccount, after: c.wantNothingSent},
		"Health in a pipeline":                    {before: c.signUpInTrouble},
		"Offboarding":                             {after: c.wantNothingSent},
		"What a deletion costs":                   {after: c.wantHalfDeleted},
		"Deleting everything":                     {after: c.wantDeleted},
		"Keeping the account":                     {before: c.signUpAnew, after: c.wantKept},
	}
}

// tfvars are the values of the project.
const tfvars = "terraform.tfvars"

// set gives a variable of the project a value, which counts before the environment's.
func (c *customer) set(name, value string) {
	c.Helper()
	acctest.WriteFile(c, c.workspace, tfvars, c.valuesWithout(name)+name+" = "+value+"\n")
}

func (c *customer) unset(name string) {
	c.Helper()
	acctest.WriteFile(c, c.workspace, tfvars, c.valuesWithout(name))
}

func (c *customer) valuesWithout(name string) string {
	c.Helper()
	line := regexp.MustCompile(`(?m)^` + name + ` += .*\n`)
	return line.ReplaceAllString(read(c.T, filepath.Join(c.workspace.Folder, tfvars)), "")
}

// connectAnew lets the customer enter a key of their own.
func (c *customer) connectAnew() {
	c.Change(mockapi.EnvironmentTest, customerID, func(account *mockapi.Account) {
		theirs := mockapi.Connection{ConnectedAt: time.Now(), Keys: map[string]string{"api_key": theirKey}}
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

// signUpInTrouble is a customer whose connection has expired, for whom a workflow failed, and who
// has set a field.
func (c *customer) signUpInTrouble() {
	c.Helper()
	c.signUpAnew()
	c.RequireReauth(mockapi.EnvironmentTest, customerID, "slack")
	c.AddExecutions(mockapi.EnvironmentTest, customerID,
		mockapi.Execution{WorkflowID: mockapi.DefaultWorkflowID, WorkflowName: "Sync contacts", Status: "ERRORED"},
		mockapi.Execution{WorkflowID: mockapi.DefaultWorkflowID, WorkflowName: "Sync contacts"},
		mockapi.Execution{WorkflowID: mockapi.DefaultWorkflowID, WorkflowName: "Sync contacts", Status: "TIMED_OUT", CreatedAt: time.Now().AddDate(0, 0, -2)})
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

// wantOneField: what is written is the field, once.
func (c *customer) wantOneField() {
	c.Helper()
	c.wantField("sync_interval", "15")
	if sent := c.CountByMethod()[http.MethodPut]; sent != 1 {
		c.Errorf("%d requests change something", sent)
	}
}

func (c *customer) wantOurKey() { c.Helper(); c.wantKey(customerKey) }

// wantTheirKeyInPeace: an apply that recorded the connection ends the warning, and what sends no
// secret needs none.
func (c *customer) wantTheirKeyInPeace() {
	c.Helper()
	c.wantKey(theirKey)
	for _, secret := range []string{"hubspot_api_key", "api_secret"} {
		c.set(secret, "null")
		defer c.unset(secret)
	}
	output := acctest.MustRunCLI(c, c.workspace, "plan", "-no-color", "-detailed-exitcode")
	if strings.Contains(output, "Warning") {
		c.Errorf("there still is a warning:\n%s", output)
	}
}

func (c *customer) wantKey(want string) {
	c.Helper()
	if got := c.Keys(mockapi.EnvironmentTest, customerID, "hubspot", "keybased")["api_key"]; got != want {
		c.Errorf("HubSpot is connected by %q, want %q", got, want)
	}
}

// wantSignedUp: all of the project is at Refold, and no secret in the state.
func (c *customer) wantSignedUp() {
	c.Helper()
	c.wantSignedUpAnew()
	c.wantField("sync_interval", "30")
	c.wantValues(map[string]string{mockapi.RegionVariableID: "eu", mockapi.APISecretVariableID: customerSecret})
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

// wantValues are the variables of the customer, by definition.
func (c *customer) wantValues(want map[string]string) {
	c.Helper()
	got := map[string]string{}
	for _, one := range c.VariableValues(mockapi.EnvironmentTest) {
		if one.AccountID == customerID {
			got[one.DefinitionID] = one.Value
		}
	}
	if !maps.Equal(got, want) {
		c.Errorf("variables %v, want %v", got, want)
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

// wantHalfDeleted: what was refused is there, and so is what that waits for.
func (c *customer) wantHalfDeleted() {
	c.Helper()
	c.wantSignedUpAnew()
	c.wantField("owner_email", "jo@wonka.example")
	c.wantValues(map[string]string{})
}

// wantDeleted: what depends on something goes before it.
func (c *customer) wantDeleted() {
	c.Helper()
	if _, exists := c.Account(mockapi.EnvironmentTest, customerID); exists {
		c.Error("the account is still there")
	}
	c.wantValues(map[string]string{})
	var deleted []string
	for _, request := range c.Requests() {
		if request.Method == http.MethodDelete && !strings.Contains(request.Path, "/env/values/") {
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
	c.wantValues(map[string]string{})
	if left := c.Configs(mockapi.EnvironmentTest, customerID); len(left) > 0 {
		c.Errorf("configs: %v", left)
	}
	if state := acctest.MustRunCLI(c, c.workspace, "state", "list"); state != "" {
		c.Errorf("in the state: %s", state)
	}
}
