"""What customers do with a product: what they choose, where they leave, what they can't have."""
