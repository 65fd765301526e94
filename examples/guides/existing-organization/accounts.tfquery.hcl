list "refold_linked_account" "customer" {
  provider = refold
  limit    = 10000
}
