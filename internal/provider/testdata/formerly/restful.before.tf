terraform {
  required_providers {
    restful = {
      source = "magodo/restful"
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

provider "restful" {
  base_url = var.refold_url
  header = {
    "x-api-key" = var.refold_api_key
  }
}

locals {
  customers = {
    "initech"  = { name = "Initech", udf = { plan = "pro", seats = 20, beta = true } }
    "umbrella" = { name = "Umbrella Corporation", udf = { plan = "free", seats = 5, beta = false } }
  }
}

resource "restful_resource" "customer" {
  for_each = local.customers

  path          = "/api/v2/public/linked-account"
  create_method = "PUT"
  update_method = "PUT"
  update_path   = "/api/v2/public/linked-account"
  read_path     = "$(path)/${each.key}"

  body = {
    linked_account_id = each.key
    name              = each.value.name
    udf               = each.value.udf
  }
  write_only_attrs = ["linked_account_id", "udf"]
}
