"""How customers find what they got: asked once, some days after it arrived; theirs to take back."""
