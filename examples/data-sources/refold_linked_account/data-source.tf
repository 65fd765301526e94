data "refold_linked_account" "initech" {
  linked_account_id = "initech"
}

output "initech_plan" {
  description = "A user-defined field. try() covers accounts that do not have it."
  value       = try(data.refold_linked_account.initech.udf.plan, "free")
}

output "initech_apps" {
  description = "The apps that Initech has connected."
  value       = [for integration in data.refold_linked_account.initech.integrations : integration.name]
}

output "initech_apps_to_reconnect" {
  description = "Those that stopped working until Initech connects them again."
  value = [
    for integration in data.refold_linked_account.initech.integrations : integration.name
    if integration.reauth_required == true
  ]
}
