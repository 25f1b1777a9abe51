"""Editing a product's rows: every change is one transaction that keeps what the rows were."""
