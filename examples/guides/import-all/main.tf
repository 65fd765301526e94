import {
  to = refold_linked_accounts.customers
  id = "*"
}
