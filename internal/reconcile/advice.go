// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Advice is what problems tell a user to do where that depends on the resource:
// one account can be taken out of the state by itself, one of many cannot. Each
// text is a sentence.
type Advice struct {
	// Forget is for an account that was deleted on purpose, where Refold does not
	// show for certain that it is gone.
	Forget string
	// Keep is for an account that is to stay at Refold, and be managed here no more.
	Keep string
	// TakeOver is for an account that exists, and that nothing tells from others.
	TakeOver string
	// Exists refuses to take over an account that exists already.
	Exists func(*refold.LinkedAccount) *diagnose.Problem
}
