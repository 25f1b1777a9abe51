"""Offers: to whom, why, and the code that each of them has."""
