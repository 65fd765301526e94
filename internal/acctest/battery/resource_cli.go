// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// lifeByCLI takes an object through its life with a real CLI, which checks by
// itself that the plan after each apply is empty.
func lifeByCLI(b *bench, r Resource) {
	url := acctest.Serve(b, b.wire)
	address := r.Type + ".test"
	config := func(blocks string) string { return acctest.Provider(url, mockapi.TestKey) + blocks }
	object := func(body string) string { return fmt.Sprintf("resource %q \"test\" {\n%s\n}\n", r.Type, body) }
	steps := []resource.TestStep{
		planning(config(object(r.Block)), address, plancheck.ResourceActionCreate),
		planning(config(object(r.ChangedBlock)), address, plancheck.ResourceActionUpdate),
		planning(config(object(r.Block)), address, plancheck.ResourceActionUpdate),
	}
	if r.NoDrift == "" {
		steps = append(steps, after(b.Change, planning(config(object(r.Block)), address, plancheck.ResourceActionUpdate)))
	}
	leaving := resource.TestStep{Config: config("removed {\n  from = " + address + "\n  lifecycle {\n    destroy = false\n  }\n}\n")}
	if !b.runCLI(append(steps, leaving)...) {
		b.counts("after destroy by a CLI that does not know all of this", 0)
		return
	}
	b.counts("after the object was only taken out of the state", r.objects())
	importing := fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", address, b.ImportID())
	b.runCLI(planning(config(importing+object(r.Block)), address, actionAfterImport(r)))
	b.counts("after destroy", 0)
}

// actionAfterImport is what is left to do for what is configured as it was made: nothing, unless
// the configuration has what no import can know.
func actionAfterImport(r Resource) plancheck.ResourceActionType {
	for _, name := range r.NotReadBack {
		if regexp.MustCompile(`(?m)^\s*` + name + `\s*=`).MatchString(r.Block) {
			return plancheck.ResourceActionUpdate
		}
	}
	return plancheck.ResourceActionNoop
}

// planning applies a configuration, and expects this action in the plan.
func planning(config, address string, action plancheck.ResourceActionType) resource.TestStep {
	return resource.TestStep{
		Config:           config,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}},
	}
}

// after does something before a step.
func after(action func(), step resource.TestStep) resource.TestStep {
	step.PreConfig = action
	return step
}

// runCLI runs steps against the provider of the suite, and destroys what they made. It is false of
// a CLI that does not know all of them.
func (b *bench) runCLI(steps ...resource.TestStep) bool {
	b.Helper()
	return acctest.RunWith(b, b.factories(), steps...)
}

func (b *bench) factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"refold": func() (tfprotov6.ProviderServer, error) { return b.suite.Server(), nil },
	}
}
