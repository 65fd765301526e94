resource "refold_linked_account" "vandelay" {
  linked_account_id = "vandelay"
  name              = "Vandelay Industries"

  # Terraform manages these keys. Those of the application stay as they are.
  udf = {
    plan  = "pro"
    seats = 20
  }
  udf_exclusive = false
}
