"""The customer's pages, one module a kind."""
