// SPDX-License-Identifier: MPL-2.0

package dependant

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Attributes are what every resource of a dependant has. Models embed them.
type Attributes struct {
	AdoptExisting types.Bool `tfsdk:"adopt_existing"`
	ownership.PolicyAttributes
	OrganizationID types.String `tfsdk:"organization_id"`
	Environment    types.String `tfsdk:"environment"`
}

// Scope is where a state found the object; a plan may not know it.
func (a Attributes) Scope() refold.Scope {
	return refold.Scope{OrganizationID: a.OrganizationID.ValueString(), Environment: a.Environment.ValueString()}
}

// Adopts reports whether an object that exists is sure to be taken over.
func (a Attributes) Adopts() bool { return a.AdoptExisting.ValueBool() }

// Policies are the deletion policies of the object.
func (a Attributes) Policies() ownership.PolicyAttributes { return a.PolicyAttributes }

// TakeSwitches takes over from a plan what is not Refold's, and is in force also where the update
// itself failed.
func (a *Attributes) TakeSwitches(plan Attributes) {
	a.AdoptExisting, a.PolicyAttributes = plan.AdoptExisting, plan.PolicyAttributes
}

// Model is the model of a resource as configuration, plan or state: a struct that embeds
// Attributes, by its pointer.
type Model[M any] interface {
	*M
	// Object is what the model is about.
	Object() Object
	// IsImporting is true of a state that holds nothing but what names the object.
	IsImporting() bool
	// AfterFailure is what a state holds after an update to a plan that did nothing.
	AfterFailure(plan M) M

	Scope() refold.Scope
	Adopts() bool
	Policies() ownership.PolicyAttributes
	Settle(byDefault ownership.Policy)
}

// Kept is what a resource keeps of an object in its private state.
type Kept interface {
	// IsNothing reports whether there is nothing to keep.
	IsNothing() bool
}
