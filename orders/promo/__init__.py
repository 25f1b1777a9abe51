"""Promo codes: what they take off, whether they work now, and that none is used too often."""
