// SPDX-License-Identifier: MPL-2.0

package ownership_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

const (
	none    = ownership.Policy("")
	remove  = ownership.Delete
	prevent = ownership.Prevent
	abandon = ownership.Abandon
)

// attributes are null where a policy is empty.
func attributes(own, effective ownership.Policy) ownership.PolicyAttributes {
	value := func(policy ownership.Policy) types.String {
		if policy == none {
			return types.StringNull()
		}
		return types.StringValue(string(policy))
	}
	return ownership.PolicyAttributes{DeletionPolicy: value(own), EffectiveDeletionPolicy: value(effective)}
}

func TestStrictest(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		policies []ownership.Policy
		want     ownership.Policy
	}{
		{nil, remove},
		{[]ownership.Policy{none}, remove},
		{[]ownership.Policy{none, abandon}, abandon},
		{[]ownership.Policy{abandon, remove}, abandon},
		{[]ownership.Policy{remove, prevent, abandon}, prevent},
	} {
		if got := ownership.Strictest(test.policies...); got != test.want {
			t.Errorf("of %q, %s is the strictest, want %s", test.policies, got, test.want)
		}
	}
}

func TestOnRemoval(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		state     ownership.PolicyAttributes
		byDefault ownership.Policy
		want      ownership.Policy
	}{
		"neither":                               {attributes(none, none), none, remove},
		"state of an older version":             {attributes(none, none), prevent, prevent},
		"own policy beats the default":          {attributes(remove, remove), prevent, remove},
		"own policy without a default":          {attributes(abandon, abandon), none, abandon},
		"default that the provider block lost":  {attributes(none, prevent), none, prevent},
		"default that was relaxed":              {attributes(none, prevent), abandon, prevent},
		"default that was tightened":            {attributes(none, remove), prevent, prevent},
		"default that was tightened to abandon": {attributes(none, remove), abandon, abandon},
	} {
		if got := test.state.OnRemoval(test.byDefault); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// PREVENT beats ABANDON, which beats DELETE, whichever of state and plan has it.
func TestOnRemovalBy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ before, after, want ownership.Policy }{
		{remove, remove, remove}, {remove, abandon, abandon}, {remove, prevent, prevent},
		{abandon, remove, abandon}, {abandon, abandon, abandon}, {abandon, prevent, prevent},
		{prevent, remove, prevent}, {prevent, abandon, prevent}, {prevent, prevent, prevent},
	} {
		if got := attributes(test.before, test.before).OnRemovalBy(attributes(test.after, none), none); got != test.want {
			t.Errorf("from %s to %s: %s, want %s", test.before, test.after, got, test.want)
		}
	}
	if got := attributes(none, remove).OnRemovalBy(attributes(none, none), prevent); got != prevent {
		t.Errorf("with a new default: %s", got)
	}
}

func TestSettle(t *testing.T) {
	t.Parallel()
	unknown := attributes(abandon, none)
	unknown.EffectiveDeletionPolicy = types.StringUnknown()
	for name, test := range map[string]struct {
		open      ownership.PolicyAttributes
		byDefault ownership.Policy
		want      ownership.Policy
	}{
		"nothing known":     {attributes(none, none), none, remove},
		"default":           {attributes(none, none), prevent, prevent},
		"own":               {attributes(abandon, none), prevent, abandon},
		"unknown in a plan": {unknown, prevent, abandon},
		"settled already":   {attributes(none, abandon), prevent, abandon},
	} {
		test.open.Settle(test.byDefault)
		if got := test.open.EffectiveDeletionPolicy.ValueString(); got != string(test.want) {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
