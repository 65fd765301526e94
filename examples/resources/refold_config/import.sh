# The id is the linked account id and the app's slug, joined by "/", and for a config that has an id of its own that one
# as well: initech/hubspot/emea. Where one of them holds "/" or "%", write %2F or %25.
terraform import refold_config.initech_hubspot initech/hubspot
