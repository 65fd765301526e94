# The id is the linked account id and the app's slug, joined by "/". Where one of them holds "/" or "%", write %2F or %25.
terraform import refold_integration.initech_hubspot initech/hubspot
