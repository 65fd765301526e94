// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// LeftoverLife is how long after its creation an account may be what an interrupted create of the
// same configuration left behind. A later one may be another state's, made of the same file.
const LeftoverLife = 24 * time.Hour

// Fate is what a create does with an account that exists already.
type Fate int

// Values of Fate.
const (
	// Refused leaves the account as it is; the create fails.
	Refused Fate = iota
	// TakenOver manages the account from now on. Only its credentials are written.
	TakenOver
	// Adopted brings the account in line with the configuration.
	Adopted
)

// Verdict is what Judge decides.
type Verdict struct {
	Fate Fate
	// Reason is why a Refused account is not taken over, as a clause about it; empty otherwise.
	Reason string
}

// Judge says what a create does with an account that exists already, for the plan and for the
// apply, and without a request. With adopt, any is adopted. Otherwise only what an interrupted
// create of the same configuration leaves behind is taken over: it equals the configuration, which
// tells it from others, it was created within LeftoverLife by the server's own clock, and nothing
// is connected to it but the app that this create would set up itself. What an answer does not show
// counts against it (FACTS 4.7, 4.8).
func (r Reconciler) Judge(ctx context.Context, desired Desired, adopt bool, found *refold.LinkedAccount) Verdict {
	if adopt {
		return Verdict{Fate: Adopted}
	}
	if reason := r.objectionTo(ctx, desired, found); reason != "" {
		return Verdict{Reason: reason}
	}
	return Verdict{Fate: TakenOver}
}

func (r Reconciler) objectionTo(ctx context.Context, desired Desired, found *refold.LinkedAccount) string {
	age, isAgeKnown := found.Age()
	switch {
	case !desired.isDistinctive():
		return "neither a name nor user-defined fields are configured to tell it by"
	case desired.isMetBy(ctx, found) && !desired.equals(ctx, found):
		return "it has user-defined fields that are not configured, as another program writes them"
	case !desired.equals(ctx, found):
		return "it differs from this configuration"
	case !isAgeKnown:
		return "Refold does not say when it was created"
	case age > LeftoverLife:
		return "it was created more than 24 hours ago"
	case found.ID == "":
		return "Refold does not show its own id of it"
	case !found.ShowsIntegrations:
		return "Refold does not say which apps are connected to it"
	case !r.setsUp(desired, found.Integrations):
		return "apps are connected to it"
	}
	return ""
}

// isDistinctive reports whether anything is configured that tells the account from others.
func (d Desired) isDistinctive() bool {
	return d.Name != nil || (d.UDF != nil && len(*d.UDF) > 0)
}

// equals reports whether an account has just the name and the fields that this configuration
// creates: what is not configured has to be empty.
func (d Desired) equals(ctx context.Context, account *refold.LinkedAccount) bool {
	d.SharesUDF = false
	return d.isMetBy(ctx, account)
}

// isMetBy is equals, but for fields of others where those are shared.
func (d Desired) isMetBy(ctx context.Context, account *refold.LinkedAccount) bool {
	return d.hasName(account) && account.UDFError == nil && d.compare(ctx, account).IsEmpty()
}

// hasName reports whether an account has the configured name, and none where none is configured.
func (d Desired) hasName(account *refold.LinkedAccount) bool {
	if d.Name == nil {
		return account.Name == ""
	}
	return account.Name == *d.Name
}

// setsUp reports whether a create with this configuration connects just these apps: none, or the
// organization's own, where it has credentials.
func (r Reconciler) setsUp(desired Desired, apps []refold.Integration) bool {
	if len(apps) == 0 {
		return true
	}
	if len(apps) > 1 || !desired.hasCredentials() || apps[0].Type != refold.TypeCustom {
		return false
	}
	own, isKnown := desired.AppID, desired.AppID != ""
	if !isKnown {
		own, isKnown = r.Data.OwnAppID()
	}
	return !isKnown || own != "" && own == apps[0].AppID
}
