data "refold_variable_definitions" "of_accounts" {
  scope = "linked_account"
}

output "variables_of_accounts" {
  description = "Ids of the variables of which a customer can have a value of its own."
  value       = { for variable in data.refold_variable_definitions.of_accounts.definitions : variable.name => variable.id }
}

output "encrypted_variables_of_accounts" {
  value = [for variable in data.refold_variable_definitions.of_accounts.definitions : variable.name if variable.encrypted]
}
