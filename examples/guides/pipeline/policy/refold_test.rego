package main

change(actions, before, after) := {"resource_changes": [{
	"address": "refold_linked_accounts.customers",
	"type": "refold_linked_accounts",
	"change": {"actions": actions, "before": before, "after": after, "after_unknown": {}},
}]}

accounts(ids) := {"accounts": {id: {"name": null, "udf": null} | some id in ids}}

test_as_many_as_allowed if {
	count(deny) == 0 with input as change(["update"], accounts({"a", "b", "c", "d"}), accounts({"a"}))
}

test_more_than_allowed if {
	count(deny) == 1 with input as change(["update"], accounts({"a", "b", "c", "d"}), accounts(set()))
}

test_a_whole_map if {
	count(deny) == 1 with input as change(["delete"], accounts({"a", "b", "c", "d"}), null)
}

test_abandoned if {
	before := object.union(accounts({"a", "b", "c", "d"}), {"effective_deletion_policy": "ABANDON"})
	count(deny) == 0 with input as change(["delete"], before, null)
}

test_replaced_under_the_policy_of_the_state if {
	after := object.union(accounts({"a", "b", "c", "d"}), {"effective_deletion_policy": "ABANDON"})
	count(deny) == 1 with input as change(["delete", "create"], accounts({"a", "b", "c", "d"}), after)
}

test_abandoned_with_the_change if {
	after := object.union(accounts(set()), {"effective_deletion_policy": "ABANDON"})
	count(deny) == 0 with input as change(["update"], accounts({"a", "b", "c", "d"}), after)
}

test_current_and_deposed if {
	change := {"actions": ["delete"], "before": {}, "after": null, "after_unknown": {}}
	one := {"address": "refold_linked_account.acme", "type": "refold_linked_account", "change": change}
	count(deleted) == 2 with input as {"resource_changes": [one, object.union(one, {"deposed": "6b516fd1"})]}
}

test_created if {
	count(deny) == 0 with input as change(["create"], null, accounts({"a", "b", "c", "d"}))
}

test_force_destroy if {
	count(deny) == 1 with input as change(["update"], accounts({"a"}), object.union(accounts({"a"}), {"force_destroy": true}))
}
