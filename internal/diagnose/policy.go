// SPDX-License-Identifier: MPL-2.0

package diagnose

import "fmt"

// Prevented refuses to give up what `deletion_policy` protects. Objects names it within a sentence.
func Prevented(objects string) *Problem {
	return NewError("Deletion is prevented", fmt.Sprintf(
		"Under `deletion_policy` PREVENT, a deletion or replacement of %s is refused. Nothing was sent to Refold. The policy counts as the state has it, so it also holds where the configuration no longer has the block.", objects),
		"If it was not intended, take the change of the configuration back. If it is only to have another address, use a `moved` block. "+
			"What is tainted has to be untainted before anything else (terraform untaint ADDRESS): as long as it is marked, every apply is a replacement, and refused. "+
			"What Terraform calls deposed is let go by terraform state rm ADDRESS, and imported again; what is gone at Refold already is let go in the same way. "+
			"To delete after all, have it in the configuration with `deletion_policy = \"DELETE\"` (in a block with `for_each` for its key alone: each.key == \"KEY\" ? \"DELETE\" : \"PREVENT\"), apply that, and then delete. "+
			"To stop managing it here and leave it at Refold, apply \"ABANDON\" in the same way, and then take it out; or use a `removed` block with `destroy = false` (one key of a block is moved out of it in the same plan, with a `moved` block).")
}

// Abandoned says what is let go, and stays at Refold. Objects names it within a sentence, and
// included is what stays with it ("connections").
func Abandoned(objects string, included ...string) *Problem {
	stays := "everything stays as it is"
	for _, one := range included {
		stays += ", " + one + " included"
	}
	return abandoned(objects, stays, "")
}

// AbandonedPart is Abandoned of what goes with something else. Whole names that within a sentence.
func AbandonedPart(objects, whole string) *Problem {
	return abandoned(objects, "everything stays as it is", fmt.Sprintf(" Where the same run deletes %s, Refold deletes it all the same.", whole))
}

func abandoned(objects, stays, unless string) *Problem {
	return NewWarning("Let go, and left at Refold", fmt.Sprintf(
		"Under `deletion_policy` ABANDON, %s will only be forgotten: nothing is sent to Refold, where %s. Terraform counts this as destroyed.%s", objects, stays, unless),
		"To delete at Refold, apply `deletion_policy = \"DELETE\"` first.")
}

// PolicyNotApplied refuses a replacement that comes together with another policy: the object would
// be given up under the old one. Objects names it within a sentence.
func PolicyNotApplied(objects, applied, planned string) *Problem {
	return NewError("Another deletion policy together with a replacement", fmt.Sprintf(
		"This run would replace %s, and change its `deletion_policy` from %s to %s. The deletion that is part of the replacement goes by the policy in the state, which is the old one. Nothing was sent to Refold.", objects, applied, planned),
		"Apply the policy first, without the replacement: take back what asks for it (a new id, -replace, replace_triggered_by, or the mark of what is tainted: terraform untaint ADDRESS). Then plan again.")
}

// LetGoAndCreated refuses a replacement by an object of the same id under ABANDON, which leaves the
// old one at Refold, in the way of the new one. Objects names it within a sentence.
func LetGoAndCreated(objects string) *Problem {
	return NewError("What is let go would be created again", fmt.Sprintf(
		"This run would replace %s by itself. Under `deletion_policy` ABANDON, what is replaced stays at Refold, so it would be in the way of its own creation. Nothing was sent to Refold.", objects),
		"Take back what asks for the replacement: -replace, replace_triggered_by, or the mark of what is tainted (terraform untaint ADDRESS). To have it deleted and created anew at Refold, apply `deletion_policy = \"DELETE\"` first.")
}
