data "refold_workflows" "initech_hubspot" {
  linked_account_id = "initech"
  slug              = "hubspot"
  published         = true
}

output "initech_published_workflows" {
  value = { for workflow in data.refold_workflows.initech_hubspot.workflows : workflow.name => workflow.enabled }
}
