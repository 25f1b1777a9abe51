"""Quotes: what an order would cost, held until a day, on paper, to be accepted later."""
