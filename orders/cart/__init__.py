"""The cart: several designs, kept by a browser until they are ordered together."""
