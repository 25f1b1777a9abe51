"""What an order comes to besides its goods: ways of shipping, taxes by country, VAT numbers."""
