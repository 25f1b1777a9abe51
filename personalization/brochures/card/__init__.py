"""What stands on a brochure (`content`), and how it lies on its two sides (`front`, `back`)."""
