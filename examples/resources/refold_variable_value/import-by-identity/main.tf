# For a variable of the scope workflow, workflow_id stands in the place of linked_account_id.
import {
  to = refold_variable_value.initech_api_secret
  identity = {
    variable_definition_id = "6a1401de41e63efd08fb3e04"
    linked_account_id      = "initech"
  }
}

# Encrypted: what is imported without a value keeps the one that it has.
resource "refold_variable_value" "initech_api_secret" {
  variable_definition_id = "6a1401de41e63efd08fb3e04"
  linked_account_id      = "initech"
}
