locals {
  # An error names the lines of the CSV. It is not caught by can() in a validation, which would hide them.
  parsed = nonsensitive(provider::refold::parse_accounts_csv(var.csv != null ? var.csv : file(var.csv_file)))

  # Only where there are defaults: of a map that an expression makes, Terraform compares every account with every other.
  with_defaults = {
    for id, account in local.parsed : id => { name = account.name, udf = merge(var.defaults, account.udf) }
    if length(var.defaults) > 0
  }
  accounts = length(var.defaults) > 0 ? local.with_defaults : local.parsed

  form = coalesce(var.form, terraform_data.form.input)
}

# Remembers the form of the first apply: no account may change its address because the CSV grew.
resource "terraform_data" "form" {
  input = coalesce(var.form, length(local.accounts) <= var.single_up_to ? "single" : "map")

  lifecycle {
    ignore_changes = [input]
  }
}

resource "refold_linked_account" "customer" {
  for_each = local.form == "single" ? local.accounts : {}

  linked_account_id = each.key
  name              = each.value.name
  udf               = each.value.udf
  udf_exclusive     = var.udf_exclusive

  your_app = var.app_id == null && !can(var.credentials_versions[each.key]) ? null : {
    app_id                      = var.app_id
    auth_credentials_wo         = can(var.credentials_versions[each.key]) ? try(var.credentials[each.key], null) : null
    auth_credentials_wo_version = lookup(var.credentials_versions, each.key, null)
  }

  adopt_existing  = var.adopt_existing
  deletion_policy = var.deletion_policy
  force_destroy   = var.force_destroy

  lifecycle {
    precondition {
      condition     = length(local.other_environments) == 0
      error_message = "The API key belongs to another environment: ${join(", ", local.other_environments)}."
    }
  }
}

resource "refold_linked_accounts" "customers" {
  count = local.form == "map" ? 1 : 0

  accounts      = local.accounts
  udf_exclusive = var.udf_exclusive

  app_id = var.app_id
  auth_credentials_wo = length(var.credentials_versions) == 0 ? null : try(
    { for id, credentials in var.credentials : id => credentials if can(var.credentials_versions[id]) }, null
  )
  auth_credentials_wo_version = length(var.credentials_versions) == 0 ? null : sha256(jsonencode(var.credentials_versions))

  adopt_existing  = var.adopt_existing
  deletion_policy = var.deletion_policy
  force_destroy   = var.force_destroy
  max_deletions   = var.max_deletions

  lifecycle {
    precondition {
      condition     = length(local.other_environments) == 0
      error_message = "The API key belongs to another environment: ${join(", ", local.other_environments)}."
    }
  }
}
