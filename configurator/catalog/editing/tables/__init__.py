"""Rows of a product as a table that is edited as a whole: each save is one change."""
