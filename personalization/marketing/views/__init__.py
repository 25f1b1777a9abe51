"""The marketer's pages, one module a kind."""
