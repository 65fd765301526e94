data "refold_applications" "by_keys" {
  auth_type = "keybased"
}

output "apps_by_keys" {
  description = "Apps that Terraform can connect, with the credentials that each of them takes."
  value = {
    for app in data.refold_applications.by_keys.applications : app.slug => app.credential_fields[*].name
  }
}

data "refold_applications" "initech" {
  linked_account_id = "initech"
  connected         = true
}

output "initech_apps" {
  value = data.refold_applications.initech.slugs
}
