# The id is the ids of the accounts, separated by commas, or '*' for every account of the environment.
terraform import refold_linked_accounts.customers 'initech,umbrella'
