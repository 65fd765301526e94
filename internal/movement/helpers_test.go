// SPDX-License-Identifier: MPL-2.0

package movement_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	singleType = "refold_linked_account"
	pluralType = "refold_linked_accounts"
	test       = mockapi.EnvironmentTest
	summary    = "The same linked account at two addresses"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// organization is a mock Refold with the provider at the protocol. Each walk of a CLI is a run.
type organization struct {
	t      *testing.T
	refold *mockapi.Server
}

func startOrganization(t *testing.T) organization {
	t.Helper()
	return organization{t, mockapi.New()}
}

func (o organization) run(block ...acctest.Attributes) *acctest.Protocol {
	o.t.Helper()
	return acctest.ProtocolOver(o.t, acctest.InProcess(o.t, o.refold), block...)
}

// one is the configuration of one account.
func one(run *acctest.Protocol, id string, more ...acctest.Attributes) tftypes.Value {
	attributes := acctest.Attributes{"linked_account_id": acctest.Text(id), "name": acctest.Text("Name of " + id)}
	for _, further := range more {
		maps.Copy(attributes, further)
	}
	return run.Config(singleType, attributes)
}

// many is the configuration of several accounts, whose ids are separated by white space.
func many(run *acctest.Protocol, ids string, more ...acctest.Attributes) tftypes.Value {
	fields := tftypes.Map{ElementType: tftypes.String}
	element := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String, "udf": fields}}
	accounts := map[string]tftypes.Value{}
	for id := range strings.FieldsSeq(ids) {
		accounts[id] = tftypes.NewValue(element, acctest.Attributes{"name": acctest.Text("Name of " + id), "udf": tftypes.NewValue(fields, nil)})
	}
	attributes := acctest.Attributes{"accounts": tftypes.NewValue(tftypes.Map{ElementType: element}, accounts)}
	for _, further := range more {
		maps.Copy(attributes, further)
	}
	return run.Config(pluralType, attributes)
}

// single and plural make what a state holds.
func (o organization) single(id string, more ...acctest.Attributes) acctest.Instance {
	o.t.Helper()
	run := o.run()
	return o.created(run.Apply(singleType, nil, one(run, id, more...)))
}

func (o organization) plural(ids string, more ...acctest.Attributes) acctest.Instance {
	o.t.Helper()
	run := o.run()
	return o.created(run.Apply(pluralType, nil, many(run, ids, more...)))
}

func (o organization) created(made acctest.Instance, met acctest.Diagnostics) acctest.Instance {
	o.t.Helper()
	if acctest.HasFailure(met) {
		o.t.Fatal(acctest.List(met))
	}
	return made
}

// ids are those of the accounts at Refold, by Refold's own ids.
func (o organization) ids() map[string]string {
	ids := map[string]string{}
	for _, account := range o.refold.Accounts(test) {
		ids[account.ID] = account.AccountID
	}
	return ids
}

// step is what a CLI asks about one address while it plans.
type step func(*acctest.Protocol) acctest.Diagnostics

func creatingOne(id string) step {
	return func(run *acctest.Protocol) acctest.Diagnostics {
		return run.Plan(singleType, nil, one(run, id)).Diagnostics
	}
}

func creatingMany(ids string) step {
	return func(run *acctest.Protocol) acctest.Diagnostics {
		return run.Plan(pluralType, nil, many(run, ids)).Diagnostics
	}
}

func deleting(typeName string, prior acctest.Instance) step {
	return func(run *acctest.Protocol) acctest.Diagnostics {
		return run.Plan(typeName, &prior, tftypes.NewValue(prior.State.Type(), nil)).Diagnostics
	}
}

// changingOne is an update, or a replacement where the id differs.
func changingOne(prior acctest.Instance, id string) step {
	return func(run *acctest.Protocol) acctest.Diagnostics {
		plan := run.Plan(singleType, &prior, one(run, id))
		if len(plan.RequiresReplace) == 0 {
			return plan.Diagnostics
		}
		return slices.Concat(plan.Diagnostics, replacing(run, singleType, plan.PlannedPrivate, one(run, id)))
	}
}

// replacing is the second call of a replacement.
func replacing(run *acctest.Protocol, typeName string, private []byte, config tftypes.Value) acctest.Diagnostics {
	none := acctest.Instance{State: tftypes.NewValue(config.Type(), nil), Private: private}
	return run.Plan(typeName, &none, config).Diagnostics
}

// replacingOne is what -replace asks for.
func replacingOne(prior acctest.Instance, id string) step {
	return func(run *acctest.Protocol) acctest.Diagnostics {
		plan := run.Plan(singleType, &prior, one(run, id))
		return slices.Concat(plan.Diagnostics, replacing(run, singleType, plan.PlannedPrivate, one(run, id)))
	}
}

func changingMany(prior acctest.Instance, ids string, more ...acctest.Attributes) step {
	return func(run *acctest.Protocol) acctest.Diagnostics {
		return run.Plan(pluralType, &prior, many(run, ids, more...)).Diagnostics
	}
}

func replacingMany(prior acctest.Instance, ids string) step {
	return func(run *acctest.Protocol) acctest.Diagnostics {
		plan := run.Plan(pluralType, &prior, many(run, ids))
		return slices.Concat(plan.Diagnostics, replacing(run, pluralType, plan.PlannedPrivate, many(run, ids)))
	}
}

func importing(typeName, importID string, config func(*acctest.Protocol) tftypes.Value) step {
	return func(run *acctest.Protocol) acctest.Diagnostics {
		imported, met := run.Import(typeName, importID)
		if acctest.HasFailure(met) {
			return met
		}
		return slices.Concat(met, run.Plan(typeName, &imported, config(run)).Diagnostics)
	}
}

func importingOne(id string) step {
	return importing(singleType, id, func(run *acctest.Protocol) tftypes.Value { return one(run, id) })
}

func importingMany(importID, ids string) step {
	return importing(pluralType, importID, func(run *acctest.Protocol) tftypes.Value { return many(run, ids) })
}
