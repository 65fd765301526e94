# The id is that of the definition and, joined by "/", the linked account id or the workflow's id, as the variable's
# scope is; for the scopes workspace and org it is that of the definition alone. Where an account's id holds "/" or "%",
# write %2F or %25.
terraform import refold_variable_value.initech_region 6a1401de41e63efd08fb3e01/initech
