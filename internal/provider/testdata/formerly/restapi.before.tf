terraform {
  required_providers {
    restapi = {
      source = "Mastercard/restapi"
    }
  }
}

variable "refold_api_key" {
  type      = string
  sensitive = true
}

variable "refold_url" {
  type    = string
  default = "https://app.refold.ai"
}

provider "restapi" {
  uri           = var.refold_url
  create_method = "PUT"
  headers = {
    "x-api-key"    = var.refold_api_key
    "Content-Type" = "application/json"
  }
}

locals {
  customers = {
    "initech"  = { name = "Initech", udf = { plan = "pro", seats = 20, beta = true } }
    "umbrella" = { name = "Umbrella Corporation", udf = { plan = "free", seats = 5, beta = false } }
  }
}

resource "restapi_object" "customer" {
  for_each = local.customers

  path         = "/api/v2/public/linked-account"
  update_path  = "/api/v2/public/linked-account"
  id_attribute = "linked_account_id"

  data = jsonencode({
    linked_account_id = each.key
    name              = each.value.name
    udf               = each.value.udf
  })
  ignore_all_server_changes = true
}
