data "refold_application" "hubspot" {
  slug = "hubspot"
}

output "hubspot_credentials" {
  description = "What the app cannot be connected without, where that is done by keys."
  value       = [for field in data.refold_application.hubspot.credential_fields : field.name if field.required]
}

data "refold_application" "initech_hubspot" {
  linked_account_id = "initech"
  slug              = "hubspot"
}

output "initech_has_to_reconnect_hubspot" {
  description = "Its connection stopped working until it is made again."
  value       = data.refold_application.initech_hubspot.reauth_required
}
