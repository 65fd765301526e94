# The account stays as it is at Refold; Terraform forgets it.
removed {
  from = refold_linked_account.initech

  lifecycle {
    destroy = false
  }
}
