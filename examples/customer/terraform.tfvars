environment = "test"

customer = {
  id     = "wonka"
  name   = "Wonka Industries"
  plan   = "pro"
  seats  = 40
  region = "eu"
}

hubspot_api_key_version = "2026-11"
api_secret_version      = "1"
sync_interval           = 30

# Sync contacts
workflows = ["6a313eda6d5528bdcf71eb01"]

smoke_test = "test -n \"$REFOLD_SESSION_TOKEN\""
