variable "invite" {
  description = "Command that sends the customer the URL in CONNECT_URL."
  type        = string
}

ephemeral "refold_connect_url" "initech" {
  linked_account_id = "initech"
  name              = "Initech"
  redirect_url      = "https://www.example.com/integrations"
  button_color      = "#0b5fff"
}

# Once. To send it again: terraform apply -replace=terraform_data.invitation
resource "terraform_data" "invitation" {
  provisioner "local-exec" {
    command = var.invite
    environment = {
      CONNECT_URL = ephemeral.refold_connect_url.initech.hosted_url
    }
  }
}
