"""Every text of a product beside its translations: what is missing, and writing it."""
