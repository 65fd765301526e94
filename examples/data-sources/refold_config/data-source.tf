data "refold_config" "initech_hubspot" {
  linked_account_id = "initech"
  slug              = "hubspot"
}

output "initech_hubspot_fields" {
  description = "What counts for each field, its value or else its default, by the ids that the resource takes."
  value = {
    for field in data.refold_config.initech_hubspot.fields : field.id => try(jsondecode(coalesce(field.value, field.default)), null)
  }
}

output "initech_hubspot_missing" {
  description = "Fields that need a value and have none."
  value = [
    for field in data.refold_config.initech_hubspot.fields : field.name
    if field.required && field.value == null && field.default == null
  ]
}

output "initech_hubspot_workflows" {
  value = { for workflow in data.refold_config.initech_hubspot.workflows : workflow.id => workflow.enabled }
}
