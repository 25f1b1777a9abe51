"""What customers may still change their minds about: canceling an order, changing its design."""
