terraform {
  required_version = ">= 1.7" # with OpenTofu, 1.10

  required_providers {
    refold = {
      source = "gocobalt/refold"
    }
    restapi = {
      source = "Mastercard/restapi"
    }
  }
}

# The API key comes from the environment variable REFOLD_API_KEY.
provider "refold" {
  environment = "test"
}

# The old provider, as it was: it is needed once more, to read the state. Its resources are gone.
variable "refold_api_key" {
  type      = string
  sensitive = true
}

provider "restapi" {
  uri           = "https://app.refold.ai"
  create_method = "PUT"
  headers = {
    "x-api-key"    = var.refold_api_key
    "Content-Type" = "application/json"
  }
}

# Terraform forgets what the old provider managed; the accounts stay as they are at Refold.
removed {
  from = restapi_object.customer

  lifecycle {
    destroy = false
  }
}

locals {
  customers = {
    "initech"  = { name = "Initech", udf = { plan = "pro", seats = 20, beta = true } }
    "umbrella" = { name = "Umbrella Corporation", udf = { plan = "free", seats = 5, beta = false } }
  }
}

import {
  for_each = local.customers

  to = refold_linked_account.customer[each.key]
  id = each.key
}

resource "refold_linked_account" "customer" {
  for_each = local.customers

  linked_account_id = each.key
  name              = each.value.name
  udf               = each.value.udf
}
