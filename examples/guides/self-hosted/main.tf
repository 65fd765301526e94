terraform {
  required_providers {
    refold = {
      source = "gocobalt/refold"
    }
  }
}

variable "refold_url" {
  description = "Public URL of our Refold, with the path under which it is served, if there is one."
  type        = string
}

provider "refold" {
  base_url    = var.refold_url
  environment = "test"

  # What this deployment allows. Without a limit of its own, leave both out.
  requests_per_second = 50
  burst               = 10
}

resource "refold_linked_account" "acme" {
  linked_account_id = "acme"
  name              = "Acme Corporation"
}
