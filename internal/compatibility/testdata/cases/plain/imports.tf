import {
  to = refold_linked_account.imported
  id = "initech"
}

import {
  to = refold_linked_account.imported_bare
  id = "initrode"
}

import {
  to = refold_linked_accounts.imported
  id = "hooli"
}

import {
  to = refold_integration.imported
  id = "initech/hubspot"
}

import {
  to = refold_config.imported
  id = "initech/hubspot"
}

import {
  to = refold_variable_value.imported
  id = "6a1401de41e63efd08fb3e01/initech"
}
