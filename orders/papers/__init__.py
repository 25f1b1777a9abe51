"""The print shop: fonts, a pen, pages that flow, codes, and the store of finished papers."""
