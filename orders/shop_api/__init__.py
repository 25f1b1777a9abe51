"""The JSON API for shops that show our products in a face of their own (docs/shop-api.md)."""
