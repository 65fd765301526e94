import {
  to = refold_variable_value.initech_region
  id = "6a1401de41e63efd08fb3e01/initech"
}

resource "refold_variable_value" "initech_region" {
  variable_definition_id = "6a1401de41e63efd08fb3e01"
  linked_account_id      = "initech"

  value = "eu-west-1"
}
