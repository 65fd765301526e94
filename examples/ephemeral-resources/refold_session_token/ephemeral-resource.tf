variable "smoke_test" {
  description = "Command that tries out the customer's integrations, with the token in REFOLD_SESSION_TOKEN."
  type        = string
}

# A token of this run alone, which ends with it.
ephemeral "refold_session_token" "initech" {
  linked_account_id = "initech"
  force_refresh     = true
  revoke_on_close   = true
}

resource "terraform_data" "smoke_test" {
  provisioner "local-exec" {
    command = var.smoke_test
    environment = {
      REFOLD_SESSION_TOKEN = ephemeral.refold_session_token.initech.token
    }
  }
}
