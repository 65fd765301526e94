// SPDX-License-Identifier: MPL-2.0

package movement

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// record is what one call about an address tells the next one, through the planned private state.
type record struct {
	// Token is for the next planning call of the same run. It means nothing to another run: the
	// state of a deposed object and that of its successor have the same.
	Token string `json:"token,omitempty"`
	// Unseen is true where a plan creates by a configured id, and no state was shown to it: there
	// is none, or it is tainted. Creates are the ids then, where they are known.
	// Adopts is true where it would take over what exists, whatever that is like.
	Unseen  bool     `json:"unseen,omitempty"`
	Creates []string `json:"creates,omitempty"`
	Adopts  bool     `json:"adopts,omitempty"`
	// Policy is the effective deletion policy of a plan that creates without having seen a state,
	// unless it is DELETE.
	Policy plannedPolicy `json:"policy,omitempty"`
}

func recordOf() providerdata.PrivateState[record] {
	return providerdata.PrivateState[record]{Key: "movement", About: "its plan"}
}

// orNone is nil for a record that says nothing.
func (r record) orNone() *record {
	if r.Token == "" && !r.Unseen && r.Policy == "" {
		return nil
	}
	return &r
}

func (r *record) token() string {
	if r == nil {
		return ""
	}
	return r.Token
}

// unseen are those of a state's ids that the plan did not see.
func (r *record) unseen(ids []string) []string {
	if r == nil || !r.Unseen {
		return nil
	}
	return Held{IDs: ids}.without(Held{IDs: r.Creates})
}

// recreated are those of a state's ids that the plan did not see, and creates again.
func (r *record) recreated(ids []string) []string {
	if r == nil || !r.Unseen || r.Adopts {
		return nil
	}
	left := Held{IDs: ids}
	return left.without(Held{IDs: left.without(Held{IDs: r.Creates})})
}

// policy is that of a plan which did not see what it replaces, empty for DELETE.
func (r *record) policy() plannedPolicy {
	if r == nil {
		return ""
	}
	return r.Policy
}

// IsReplacement reports whether a plan that creates is the second call about an object that is
// replaced. It takes the private state that is planned, as a response has it within a resource's
// ModifyPlan. It tells of none that is tainted: that has no first call.
func IsReplacement(ctx context.Context, planned providerdata.PrivateReader) (bool, diag.Diagnostics) {
	left, diagnostics := recordOf().Read(ctx, planned)
	return left == nil || !left.Unseen, diagnostics
}
