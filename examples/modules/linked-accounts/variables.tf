variable "csv_file" {
  description = "Path of a CSV with one customer per line, in UTF-8. Its first line names the columns: `linked_account_id`, `name`, and one for each user-defined field. Set either this or `csv`."
  type        = string
  default     = null

  validation {
    condition     = (var.csv_file == null) != (var.csv == null)
    error_message = "Set either csv_file or csv."
  }
}

variable "csv" {
  description = "The text of such a CSV, for example of a file in another encoding. Sensitive, so that no error quotes the customers."
  type        = string
  default     = null
  sensitive   = true
}

variable "minimum_accounts" {
  description = "How many customers the CSV has at least. One with fewer was cut off or is empty, and fails the plan. Set it to a little less than you have."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = length(local.accounts) >= var.minimum_accounts
    error_message = "The CSV has ${length(local.accounts)} customers, and at least ${var.minimum_accounts} are expected. Was it cut off? If not, lower minimum_accounts."
  }
}

variable "defaults" {
  description = "User-defined fields of each account whose line has no value for them."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "udf_exclusive" {
  description = "Whether the CSV and `defaults` have all user-defined fields of an account. With `false`, those that your application writes stay."
  type        = bool
  default     = true
}

variable "form" {
  description = "`single` for a resource for each account, or `map` for one resource for all. By default, the number of accounts at the first apply decides, and the form stays when the CSV grows. To change it later, see below."
  type        = string
  default     = null

  validation {
    condition     = var.form == null || try(contains(["single", "map"], var.form), false)
    error_message = "The form is neither single nor map."
  }

  validation {
    condition     = var.form != "single" || length(local.accounts) <= 500
    error_message = "The CSV has ${length(local.accounts)} customers. More than 500 are one map, because Terraform's own work grows with the square of the number of resources."
  }
}

variable "single_up_to" {
  description = "Up to how many accounts get a resource each, where `form` does not say it. At most 500."
  type        = number
  default     = 200
  nullable    = false

  validation {
    condition     = var.single_up_to >= 0 && var.single_up_to <= 500
    error_message = "Not from 0 to 500."
  }
}

variable "credentials" {
  description = "Credentials with which Refold calls your own app on behalf of customers: by `linked_account_id`, then by key. No plan and no state holds them. Runs that send none need none."
  type        = map(map(string))
  default     = null
  ephemeral   = true
  sensitive   = true

  # Without credentials, keys() fails, and nothing is to be compared.
  validation {
    condition     = try(length(setsubtract(keys(var.credentials_versions), keys(var.credentials))) == 0, true)
    error_message = "An account of credentials_versions has no credentials."
  }
}

variable "credentials_versions" {
  description = "By `linked_account_id`, who has credentials, and a text that changes with them: that sends the new ones. In the form `map`, a change of one sends all."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.credentials_versions), keys(local.accounts))) == 0
    error_message = "Not in the CSV: ${join(", ", setsubtract(keys(var.credentials_versions), keys(local.accounts)))}."
  }
}

variable "app_id" {
  description = "Id of your own app, to which the credentials belong. Self-hosted servers from before October 2024 need it, and so does the deletion of accounts that were imported or adopted with that app."
  type        = string
  default     = null
}

variable "deletion_policy" {
  description = "What becomes of an account whose line is removed: `PREVENT` fails the plan, `DELETE` deletes it with all that the customer has connected, `ABANDON` forgets it and leaves it at Refold. Apply a change before you rely on it. `null` for the provider's."
  type        = string
  default     = "PREVENT"

  validation {
    condition     = var.deletion_policy == null || try(contains(["PREVENT", "DELETE", "ABANDON"], var.deletion_policy), false)
    error_message = "The policy is neither PREVENT nor DELETE nor ABANDON."
  }
}

variable "max_deletions" {
  description = "In the form `map`, how many accounts one plan may delete. Of single resources, `minimum_accounts` bounds it."
  type        = number
  default     = 10
}

variable "force_destroy" {
  description = "Whether accounts are deleted even while their customers have connected apps. Has to be applied before the deletion."
  type        = bool
  default     = false
}

variable "adopt_existing" {
  description = "Whether accounts that exist at Refold already are taken over, and brought in line with the CSV. Otherwise they fail the plan."
  type        = bool
  default     = false
}

variable "environment" {
  description = "The Refold environment that the customers are in. A plan whose API key lists an account of another one fails. The provider's argument of this name also guards each write."
  type        = string
  default     = null

  validation {
    condition     = var.environment == null || var.environment != ""
    error_message = "An empty environment guards nothing: leave it out, or name the one that the customers are in."
  }
}

variable "checks" {
  description = "Whether plans warn about accounts without a connection, and about connections that expired. That reads the list of all accounts of the environment."
  type        = bool
  default     = true
  nullable    = false
}

variable "connect_within" {
  description = "How long after its creation an account may be without a connection, as a duration such as `168h`."
  type        = string
  default     = "168h"
  nullable    = false

  validation {
    condition     = can(timeadd("2026-01-01T00:00:00Z", var.connect_within))
    error_message = "Not a duration such as 168h or 90m."
  }
}
