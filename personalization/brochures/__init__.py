"""Printed brochures for one person each: what stands on them, their files, and runs of them."""
