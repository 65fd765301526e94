data "refold_variable_definition" "region" {
  name  = "REGION"
  scope = "linked_account"
}

output "region" {
  description = "The id is what names the variable where a value of it is set."
  value = {
    id        = data.refold_variable_definition.region.id
    format    = data.refold_variable_definition.region.format
    encrypted = data.refold_variable_definition.region.encrypted
  }
}
