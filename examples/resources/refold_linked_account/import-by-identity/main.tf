import {
  to = refold_linked_account.initech
  identity = {
    linked_account_id = "initech"
  }
}

resource "refold_linked_account" "initech" {
  linked_account_id = "initech"
  name              = "Initech"

  udf = {
    plan  = "pro"
    seats = 20
    beta  = true
  }
}
