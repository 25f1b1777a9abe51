"""The pages of shared designs."""
