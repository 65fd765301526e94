# What a plan deletes at Refold, a line for each object. Reads what `terraform show -json` writes.
# A plan of which that cannot be said is an error.

# An account that leaves a map is a change of the resource for Terraform, and no deletion.
def leaving:
  if .after_unknown.accounts == true then error("the accounts are not known before the apply")
  else (.before.accounts | keys) - (.after.accounts | keys)
  end;

.resource_changes[]?
| select(.type | startswith("refold_"))
| .type as $type | .address as $address | .change
# What is abandoned stays at Refold. What is deleted, or replaced, goes by the policy of the state.
| select(.before.effective_deletion_policy != "ABANDON")
| if any(.actions[]; . == "delete") then
    if $type == "refold_linked_accounts" then .before.accounts | keys[] else "" end
  elif $type == "refold_linked_accounts" and .actions == ["update"] and .after.effective_deletion_policy != "ABANDON" then leaving[]
  else empty
  end
| $address + if . == "" then "" else ": " + . end
