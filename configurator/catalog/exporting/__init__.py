"""Products to files: what importing/ reads, and archives with the pictures."""
