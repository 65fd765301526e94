variable "environment" {
  description = "The Refold environment that the customer is in."
  type        = string
}

variable "customer" {
  description = "The customer: the id under which your own system knows them, what they have bought, and where their data is kept."
  type = object({
    id     = string
    name   = string
    plan   = string
    seats  = number
    region = string
  })

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9_-]*$", var.customer.id))
    error_message = "The id holds something else than small letters, digits, - and _."
  }

  validation {
    condition     = contains(["free", "pro", "enterprise"], var.customer.plan)
    error_message = "The plan is neither free nor pro nor enterprise."
  }

  validation {
    condition     = var.customer.seats >= 1 && var.customer.seats == floor(var.customer.seats)
    error_message = "The customer has no whole number of seats."
  }

  validation {
    condition     = contains(["eu", "us"], var.customer.region)
    error_message = "The region is neither eu nor us."
  }
}

variable "hubspot_api_key" {
  description = "The customer's HubSpot key. Needed by the runs that send it: the first one, and those that change its version."
  type        = string
  default     = null
  sensitive   = true
  ephemeral   = true

  validation {
    condition     = var.hubspot_api_key == null || can(regex("^pat-", var.hubspot_api_key))
    error_message = "A HubSpot key begins with pat-."
  }
}

variable "hubspot_api_key_version" {
  description = "Change it together with the key: that sends the new one."
  type        = string
}

variable "api_secret" {
  description = "Signs what workflows send to us for the customer. Needed by the same runs as the key."
  type        = string
  default     = null
  sensitive   = true
  ephemeral   = true

  validation {
    condition     = var.api_secret == null || try(length(var.api_secret) >= 16, false)
    error_message = "The secret is shorter than 16 characters."
  }
}

variable "api_secret_version" {
  description = "Change it together with the secret."
  type        = string
}

variable "sync_interval" {
  description = "Minutes between two runs of a workflow."
  type        = number

  validation {
    condition     = var.sync_interval >= 5
    error_message = "HubSpot is to be asked every 5 minutes at most."
  }
}

variable "workflows" {
  description = "Ids of the workflows that are switched on for the customer. They are the same for all customers."
  type        = set(string)
}

variable "smoke_test" {
  description = "Command that tries out what was set up, with a session token of the customer in REFOLD_SESSION_TOKEN."
  type        = string
}

variable "deletion_policy" {
  description = "What becomes of all this when Terraform gives it up: PREVENT, DELETE, or ABANDON. The first applies until the customer leaves."
  type        = string
  default     = "PREVENT"

  validation {
    condition     = contains(["PREVENT", "DELETE", "ABANDON"], var.deletion_policy)
    error_message = "The policy is neither PREVENT nor DELETE nor ABANDON."
  }
}

variable "keep_account" {
  description = "Whether the account stays at Refold when the rest is deleted, with what the customer has connected."
  type        = bool
  default     = false
}

variable "force_destroy" {
  description = "Whether what the customer has connected and set may go as well."
  type        = bool
  default     = false
}
