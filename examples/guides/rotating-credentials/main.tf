terraform {
  required_version = ">= 1.11"

  required_providers {
    refold = {
      source = "gocobalt/refold"
    }
    vault = {
      source = "hashicorp/vault"
    }
  }
}

locals {
  # The version of the secret that counts. Changing it is the rotation.
  hooli_version = 1
}

ephemeral "vault_kv_secret_v2" "hooli" {
  mount   = "customers"
  name    = "hooli"
  version = local.hooli_version
}

resource "refold_linked_account" "hooli" {
  linked_account_id = "hooli"
  name              = "Hooli"

  your_app = {
    auth_credentials_wo         = ephemeral.vault_kv_secret_v2.hooli.data
    auth_credentials_wo_version = local.hooli_version
  }
}
