"""A factory in fast motion: invented customers, real services, a simulated shop floor.

Customers come at random and order random designs through the same services as real ones; stations
work on what is released, with breakdowns, rework and scrap. The report says which promises were
kept. Everything depends on the seed alone.
"""
