"""A pretended card provider, for trying the shop: it answers as a real one, and moves no money."""
