// SPDX-License-Identifier: MPL-2.0

package movement

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

// explain says what was found about a call. It names ids and no address: Terraform tells a provider
// of none, and an error may stand at an address whose block is gone. What was explained already is
// only named: a block that is renamed brings an error for each of its objects.
func explain(call ownership.Call, found ownership.Findings, isFirst func(topic any) bool) diag.Diagnostics {
	var diagnostics diag.Diagnostics
	for _, one := range groups(call, found.Collisions) {
		if isFirst(one.movement) {
			diagnostics.Append(one.problem())
		} else {
			diagnostics.Append(one.furtherProblem())
		}
	}
	if len(found.Alike) > 0 {
		diagnostics.Append(alikeError(call.Kind, found.Alike))
	} else if found.MayMove {
		diagnostics.Append(undecidedWarning(call.Kind))
	}
	if len(found.Twins) > 0 {
		diagnostics.Append(twinsWarning(call.Kind, found.Twins))
	}
	return diagnostics
}

// collision is what happens to several objects between the same two resources.
type collision struct {
	movement
	ids []string
}

// movement is what a collision has in common with others that have the same explanation.
type movement struct {
	kind string
	// from is where the objects are deleted, or managed already; to is where they are managed next.
	from, to ownership.Resource
	// leaves is true where they are deleted at from, enters where they are new at to, whole where
	// all of from is deleted.
	leaves, enters, whole bool
}

// groups puts together what has the same explanation.
func groups(call ownership.Call, collisions []ownership.Collision) []*collision {
	var all []*collision
	for _, found := range collisions {
		one := collisionOf(call, found)
		last := len(all) - 1
		if last < 0 || all[last].movement != one.movement {
			all = append(all, &one)
			continue
		}
		all[last].ids = append(all[last].ids, found.ID)
	}
	return all
}

func collisionOf(call ownership.Call, found ownership.Collision) collision {
	one := collision{ids: []string{found.ID}, movement: movement{
		kind: call.Kind, from: found.Other, to: call.Resource,
		leaves: found.There == ownership.Leaves, enters: found.Here == ownership.Enters, whole: found.OtherIsGone,
	}}
	if found.Here == ownership.Leaves || (found.There == ownership.Enters && found.Here == ownership.Stays) {
		one.from, one.to = call.Resource, found.Other
		one.leaves, one.enters, one.whole = found.Here == ownership.Leaves, found.There == ownership.Enters, call.IsGone
	}
	return one
}

// problem refuses a plan.
func (c *collision) problem() *diagnose.Problem {
	what, next := c.shared()
	switch {
	case c.leaves && c.enters:
		what, next = c.moved()
	case c.leaves:
		what, next = c.leftover()
	}
	return diagnose.NewError("The same "+c.kind+" at two addresses", what, next)
}

// furtherProblem refuses a plan once more, for the reason of an earlier problem. Terraform prints
// errors in any order.
func (c *collision) furtherProblem() *diagnose.Problem {
	return diagnose.NewError("The same "+c.kind+" at two addresses", "So it is for "+c.named()+". One error of this plan shows the blocks to write, for all of them together; Terraform may print it further down.", "")
}

// gathers reports whether a collection takes over what others hold one by one: each of those is
// planned in a call of its own, so that no error knows all of them.
func (c *collision) gathers() bool { return c.to.IsCollection && !c.from.IsCollection }

// takesSome reports whether objects are taken out of a collection that stays.
func (c *collision) takesSome() bool { return c.leaves && !c.whole && c.from.IsCollection }

// moved is for what one address deletes and another creates or imports.
func (c *collision) moved() (what, next string) {
	return fmt.Sprintf("This plan takes from one address what another address creates or imports: %s. "+
			"Terraform sees no connection between the two, and may delete it last, so that what the other address has just taken over is gone, with all that depends on it. The plan was refused, and nothing was changed.",
			c.named()),
		c.howToMove() + "\n\n" + c.whereDeposed() +
			"(`terraform destroy` begins with a plan of the configuration, and meets what was moved there and never applied: undo that, or destroy with `-refresh=false`.)"
}

// leftover is for what one address deletes and another keeps.
func (c *collision) leftover() (what, next string) {
	return fmt.Sprintf("This plan deletes at one address what another address of this state manages and is to keep: %s. "+
			"There is only one such %s at Refold, so it would be gone for both. The plan was refused, and nothing was changed.", c.named(), c.kind),
		c.whereDeposed() + c.whereImported() + "Otherwise, let the address that is to give it up forget it.\n\n" + c.howToForget()
}

// whereImported is for a collection that may have taken in too much.
func (c *collision) whereImported() string {
	if !c.from.IsCollection {
		return ""
	}
	return "If this plan imports them, import only what the address is to hold: its ids, separated by commas, instead of `*`.\n\n"
}

// whereDeposed is for what may be the two halves of one address.
func (c *collision) whereDeposed() string {
	if c.from != c.to || !c.whole {
		return ""
	}
	return c.howToRepair() + "\n\n"
}

// howToRepair is for an address with a deposed object. No command that is shown may lose ids which
// only the state has.
func (c *collision) howToRepair() string {
	told := "If the plan calls what it deletes a deposed object, a replacement that failed or was interrupted has left it behind. Let Terraform forget all of the resource, and import what is at Refold, with the resource's own address, in single quotes, in place of ADDRESS"
	if len(c.ids) <= diagnose.MostNamed {
		return fmt.Sprintf("%s:\n\nterraform state rm ADDRESS\nterraform import ADDRESS %s", told, shellQuote(c.importID(c.from)))
	}
	return told + ", and all its ids, separated by commas, in place of IDS. The copy of the state lists them, and holds whatever secrets the state does: delete it afterwards.\n\n" +
		"terraform state pull > before.tfstate\nterraform state rm ADDRESS\nterraform import ADDRESS IDS"
}

// shared is for what would be managed at two addresses, and deleted at none.
func (c *collision) shared() (what, next string) {
	return fmt.Sprintf("Two addresses of this configuration manage %s. They would overwrite each other's changes, and as soon as one of them is removed, it is deleted for both. The plan was refused, and nothing was changed.", c.named()),
		"Keep it in one place, and take it out of the other." + c.whereTakenIn() + "\n\n" + c.howToMove()
}

// whereTakenIn is for a collection that imports, perhaps all there is.
func (c *collision) whereTakenIn() string {
	if !c.to.IsCollection {
		return ""
	}
	return " An import takes what its id names: the ids that the address is to hold, separated by commas, or with `*` all. " +
		"Where `terraform import` has put too much into the state, let it forget that address (terraform state rm ADDRESS), and import again by ids."
}

// named names the objects.
func (c *collision) named() string { return named(c.kind, c.ids) }

// howToMove shows what loses nothing.
func (c *collision) howToMove() string {
	whole := fmt.Sprintf("moved {\n  from = %s.OLD\n  to   = %s.NEW\n}", c.from.Type, c.to.Type)
	switch {
	case c.from == c.to && !c.from.IsCollection:
		return "To give a resource another address, tell Terraform that it is the same one. OLD and NEW stand for the two addresses, with the key in brackets where the block has `for_each` or `count`; where a whole block is renamed, one `moved` without keys is enough:\n\n" + whole + "\n\n" +
			"Where Terraform says that there is something at NEW already, as after a shift of `count` or when two keys are swapped, give the block `for_each` with a `moved` for each, or use terraform state mv by way of a third address that is free."
	case c.from == c.to && c.takesSome():
		return "To move some from one resource to another, " + c.howToHandOver()
	case c.from == c.to && c.leaves:
		return "To give the whole resource another address, tell Terraform that it is the same one, with the two addresses in place of OLD and NEW:\n\n" + whole + "\n\n" +
			"To hand all of it to a resource that exists, put this in place of the old block, and set `adopt_existing = true` at the other (or `deletion_policy = \"ABANDON\"` at the old one, applied by itself, before its block goes):\n\n" + removedBlock(c.from)
	case c.from == c.to:
		return "To give the whole resource another address, tell Terraform that it is the same one, with the two addresses in place of OLD and NEW:\n\n" + whole + "\n\n" +
			"To move some from one resource to another, " + c.howToHandOver()
	}
	return "To move from one type of resource to another, " + c.howToHandOver()
}

// howToHandOver lets one resource forget what another one takes over.
func (c *collision) howToHandOver() string {
	return "let the one forget and the other take over.\n\n" + c.howToForget() + "\n\n" + c.howToTakeOver()
}

// howToForget lets objects stay at Refold without being managed.
func (c *collision) howToForget() string {
	if c.from.IsCollection {
		some := fmt.Sprintf("Set `deletion_policy = \"ABANDON\"` at the %s that gives up. What the same plan takes out of it is then forgotten, and stays at Refold; "+
			"where the policy was PREVENT, apply ABANDON by itself first, with everything still in place.", c.from.Type)
		if c.takesSome() {
			return some
		}
		return some + " To give up the whole resource instead, put this in place of its block:\n\n" + removedBlock(c.from)
	}
	return fmt.Sprintf("Put this in place of the block that gives up; OLD is its name:\n\n%[1]s\n\n"+
		"To give up one key of a block that stays, move it out of the block first, in the same plan:\n\nmoved {\n  from = %[2]s.BLOCK[\"KEY\"]\n  to   = %[2]s.OLD\n}", removedBlock(c.from), c.from.Type)
}

func removedBlock(from ownership.Resource) string {
	return fmt.Sprintf("removed {\n  from = %s.OLD\n  lifecycle {\n    destroy = false\n  }\n}", from.Type)
}

// howToTakeOver lets a resource manage what is at Refold.
func (c *collision) howToTakeOver() string {
	if !c.to.IsCollection {
		return "Then import into the resource that takes over:\n\n" + importBlock(c.to, diagnose.QuoteHCL(c.ids[0]))
	}
	adoption := fmt.Sprintf("Where the %s that takes over is managed already, add to it with `adopt_existing = true` instead.", c.to.Type)
	if c.gathers() || len(c.ids) > diagnose.MostNamed {
		return "Then import all that the resource is to hold and that is at Refold already, with its own map of them in place of MAP:\n\n" +
			importBlock(c.to, `join(",", [for id in keys(MAP) : "\"${replace(id, "\"", "\"\"")}\""])`) + "\n\n" + adoption
	}
	return "Then import all that the resource is to hold and that is at Refold already, their ids separated by commas; of these:\n\n" +
		importBlock(c.to, diagnose.QuoteHCL(c.importID(c.to))) + "\n\n" + adoption
}

// importBlock imports into a resource by the value of an expression.
func importBlock(into ownership.Resource, id string) string {
	return fmt.Sprintf("import {\n  to = %s.NEW\n  id = %s\n}", into.Type, id)
}

// importID is by what a resource imports the objects, which are few enough to be named. One that
// holds a single object imports the first of them.
func (c *collision) importID(into ownership.Resource) string {
	if !into.IsCollection {
		return c.ids[0]
	}
	var quoted []string
	for _, id := range c.ids {
		quoted = append(quoted, `"`+strings.ReplaceAll(id, `"`, `""`)+`"`)
	}
	return strings.Join(quoted, ",")
}

func alikeError(kind string, ids []string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("A "+kind+" may move to an id that is not known yet", fmt.Sprintf(
		"This plan deletes %s, and creates one that looks the same under an id that is only known during the apply. Should that be the same id, what was created may be deleted, or what is there be lost. The plan was refused, and nothing was changed.\n\n"+
			"Apply in two steps: first what the id depends on (terraform apply -target=...), then plan again. The id is known then.", named(kind, ids)))
}

func undecidedWarning(kind string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("The id of a new "+kind+" is not known yet", fmt.Sprintf(
		"This plan deletes some, and creates others under ids that are only known during the apply. No %[1]s of this plan may be both: it could be deleted after it was created.\n\n"+
			"If that is possible, apply first what the ids depend on (terraform apply -target=...), then plan again.", kind))
}

func twinsWarning(kind string, twins [][2]string) diag.Diagnostic {
	var list strings.Builder
	for _, pair := range twins[:min(len(twins), diagnose.MostNamed)] {
		fmt.Fprintf(&list, "\n  - %q and %q", pair[0], pair[1])
	}
	if more := len(twins) - diagnose.MostNamed; more > 0 {
		fmt.Fprintf(&list, "\n  - and %d more", more)
	}
	return diag.NewWarningDiagnostic("Ids at two addresses that differ only in case or form", fmt.Sprintf(
		"Ids of %ss differ only in upper and lower case, or in the Unicode form of the same characters:\n%s\n\n"+
			"A server or a database that takes them for one would merge two of them, and deleting one would delete both. Is one of them a typing error?", kind, list.String()))
}

func taintedError(kind string, ids []string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("A tainted "+kind+" was not deleted", fmt.Sprintf(
		"The resource is tainted, so Terraform replaces it, and its configuration has another id. What it holds was to be deleted: %s. "+
			"Terraform does not show a tainted object to the provider when it plans, so nobody has looked whether it is managed at another address by now. It is as it was.\n\n"+
			"Take the mark away, with the resource's own address in place of ADDRESS, and apply again. The plan then says what happens:\n\nterraform untaint ADDRESS", named(kind, ids)))
}

func moveStateError(from string, to ownership.Resource) diag.Diagnostic {
	forget, hint := removedBlock(ownership.Resource{Type: from}), ""
	if to.IsCollection {
		hint = " A resource that holds many takes several ids, separated by commas."
	}
	return diag.NewErrorDiagnostic("Cannot move to another type of resource", fmt.Sprintf(
		"A `moved` block leads from %s to %s. They keep different things of what is at Refold, so neither can be made of the other. Nothing was changed.\n\n"+
			"Let the one forget and import into the other, with the names in place of OLD and NEW, in place of the `moved` block. Nothing changes at Refold then, and what OLD holds and nothing imports is managed by nothing:\n\n%s\n\nimport {\n  to = %s.NEW\n  id = \"ID\"\n}\n\n"+
			"ID is the id at Refold.%s", from, to.Type, forget, to.Type, hint))
}

// named names at most ten objects, and says how many there are.
func named(kind string, ids []string) string {
	if len(ids) == 1 {
		return fmt.Sprintf("%s %s", kind, strconv.Quote(ids[0]))
	}
	return fmt.Sprintf("%d %ss, %s", len(ids), kind, diagnose.Naming(ids))
}

// shellQuote makes a text one word of a POSIX shell.
func shellQuote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
