// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// What is selected is the same, whether or not a server selects, and wherever it lists private
// workflows.
func TestWorkflowsAtAnyServer(t *testing.T) {
	t.Parallel()
	no := tftypes.NewValue(tftypes.Bool, false)
	for name, rules := range map[string]mockapi.WorkflowBehaviour{
		"ignores filters":             {IgnoreFilters: true},
		"lists private ones as well":  {ListPrivate: true},
		"ignores filters, lists them": {IgnoreFilters: true, ListPrivate: true},
		"one on a page":               {MaxLimit: 1},
	} {
		provider := start(t, mockapi.Behaviour{Workflow: rules}).Protocol(t, acctest.Unpaced)
		for _, test := range []struct {
			values attributes
			want   []string
		}{
			{nil, []string{"w1", "w2", "w3", "w4"}},
			{attributes{"slug": acctest.Text("slack")}, []string{"w3", "w4"}},
			{attributes{"published": no}, []string{"w2"}},
			{attributes{"slug": acctest.Text("hubspot"), "enabled": acctest.Yes()}, []string{"w1"}},
		} {
			if got, _ := shown(t, provider, with(test.values)); !slices.Equal(got, test.want) {
				t.Errorf("%s, with %v: %q, want %q", name, test.values, got, test.want)
			}
		}
	}
}

// A workflow that is on in several configs is listed once.
func TestWorkflowOfManyConfigs(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.Behaviour{})
	server.SetConfig(test, "user_1", mockapi.Config{Slug: "hubspot", ConfigID: "emea", Enabled: map[string]bool{"w1": true, "w2": true}})
	if got, _ := shown(t, server.Protocol(t), with(attributes{"enabled": acctest.Yes()})); !slices.Equal(got, []string{"w1", "w2"}) {
		t.Errorf("switched on: %q", got)
	}
}

// Where a server does not tell that there is no such account, it looks like one that has switched
// nothing on.
func TestUnknownAccountThatIsNotTold(t *testing.T) {
	t.Parallel()
	provider := start(t, mockapi.Behaviour{Workflow: mockapi.WorkflowBehaviour{UnknownAccountAsNone: true}}).Protocol(t)
	values := acctest.OfAccount("user_3")
	if got, _ := shown(t, provider, values); !slices.Equal(got, []string{"w1", "w2", "w3"}) {
		t.Errorf("the workflows are %q", got)
	}
	values["enabled"] = acctest.Yes()
	if got, _ := shown(t, provider, values); len(got) != 0 {
		t.Errorf("switched on: %q", got)
	}
}
