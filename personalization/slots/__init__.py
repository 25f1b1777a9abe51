"""Pages composed for whoever looks, of places that each have variants with rules."""
