resource "refold_linked_account" "customer" {
  linked_account_id = var.customer.id
  name              = var.customer.name

  udf = {
    plan  = var.customer.plan
    seats = var.customer.seats
  }

  deletion_policy = var.keep_account ? "ABANDON" : null
  force_destroy   = var.force_destroy
}

# The customer has given you a key: the app is connected by it.
resource "refold_integration" "hubspot" {
  linked_account_id = refold_linked_account.customer.linked_account_id
  slug              = "hubspot"

  credentials_wo         = { api_key = var.hubspot_api_key }
  credentials_wo_version = var.hubspot_api_key_version

  force_destroy = var.force_destroy
}

# What the customer sets beside these fields and workflows is theirs.
resource "refold_config" "hubspot" {
  linked_account_id = refold_integration.hubspot.linked_account_id
  slug              = refold_integration.hubspot.slug

  fields = {
    sync_interval    = var.sync_interval
    lifecycle_stages = ["lead", "customer"]
  }
  workflows = { for id in var.workflows : id => true }

  force_destroy = var.force_destroy
}

# What the workflows know of the customer. The variables themselves are defined in Refold's dashboard.
data "refold_variable_definition" "region" {
  name  = "REGION"
  scope = "linked_account"
}

data "refold_variable_definition" "api_secret" {
  name  = "API_SECRET"
  scope = "linked_account"
}

resource "refold_variable_value" "region" {
  variable_definition_id = data.refold_variable_definition.region.id
  linked_account_id      = refold_linked_account.customer.linked_account_id
  value                  = var.customer.region
}

# An encrypted variable: its value is never read back.
resource "refold_variable_value" "api_secret" {
  variable_definition_id = data.refold_variable_definition.api_secret.id
  linked_account_id      = refold_linked_account.customer.linked_account_id
  value_wo               = var.api_secret
  value_wo_version       = var.api_secret_version
}

# `id` is known when the account exists: the token is opened then, and not before. No state and no plan holds it.
ephemeral "refold_session_token" "customer" {
  linked_account_id = refold_linked_account.customer.linked_account_id
  id                = refold_linked_account.customer.id
}

# Runs when everything is set up, and again whenever one of these changes.
resource "terraform_data" "smoke_test" {
  triggers_replace = {
    account = refold_linked_account.customer.id
    key     = refold_integration.hubspot.credentials_wo_version
    fields  = jsonencode(refold_config.hubspot.fields)
    region  = refold_variable_value.region.value
    secret  = refold_variable_value.api_secret.value_wo_version
  }

  provisioner "local-exec" {
    command = var.smoke_test
    environment = {
      REFOLD_SESSION_TOKEN = ephemeral.refold_session_token.customer.token
    }
  }
}
