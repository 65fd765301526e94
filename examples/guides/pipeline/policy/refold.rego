# What a plan may not do at Refold. Reads what `terraform show -json` writes.
package main

# How many objects one plan may delete.
allowed := 3

deny contains message if {
	count(deleted) > allowed
	message := sprintf("the plan deletes %d objects, and %d are allowed: %s", [count(deleted), allowed, concat(", ", deleted)])
}

deny contains message if {
	some resource in resources
	resource.change.after_unknown.accounts == true
	message := sprintf("%s: the accounts are not known before the apply", [resource.address])
}

# Applied in one run, it lets the next one cut what customers have connected.
deny contains message if {
	some resource in resources
	resource.change.after.force_destroy == true
	not resource.change.before.force_destroy
	message := sprintf("%s: force_destroy is switched on", [resource.address])
}

resources contains resource if {
	some resource in input.resource_changes
	startswith(resource.type, "refold_")
}

# What is abandoned stays at Refold. What is deleted, or replaced, goes by the policy of the state.
given_up contains resource if {
	some resource in resources
	not resource.change.before.effective_deletion_policy == "ABANDON"
}

# What an interrupted replacement left behind has the address of what took its place.
name(resource) := sprintf("%s (deposed %s)", [resource.address, resource.deposed]) if resource.deposed

name(resource) := resource.address if not resource.deposed

deleted contains name(resource) if {
	some resource in given_up
	"delete" in resource.change.actions
	resource.type != "refold_linked_accounts"
}

deleted contains sprintf("%s: %s", [name(resource), id]) if {
	some resource in given_up
	"delete" in resource.change.actions
	some id, _ in resource.change.before.accounts
}

# An account that leaves a map is a change of the resource for Terraform, and no deletion.
deleted contains sprintf("%s: %s", [resource.address, id]) if {
	some resource in given_up
	resource.change.actions == ["update"]
	not resource.change.after.effective_deletion_policy == "ABANDON"
	some id, _ in resource.change.before.accounts
	not id in object.keys(resource.change.after.accounts)
}
