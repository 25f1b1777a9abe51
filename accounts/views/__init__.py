"""The customer's own pages; guests have theirs, by what their browser owns."""
