variable "smoke_test" {
  description = "Command that tries out the customer's integrations, with the token in REFOLD_SESSION_TOKEN."
  type        = string
}

resource "refold_linked_account" "massive_dynamic" {
  linked_account_id = "massive_dynamic"
  name              = "Massive Dynamic"
}

# `id` is known when the account exists: Terraform opens the token then, and not before.
ephemeral "refold_session_token" "massive_dynamic" {
  linked_account_id = refold_linked_account.massive_dynamic.linked_account_id
  id                = refold_linked_account.massive_dynamic.id
}

resource "terraform_data" "smoke_test" {
  triggers_replace = refold_linked_account.massive_dynamic.id

  provisioner "local-exec" {
    command = var.smoke_test
    environment = {
      REFOLD_SESSION_TOKEN = ephemeral.refold_session_token.massive_dynamic.token
    }
  }
}
