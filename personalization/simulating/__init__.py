"""People who never lived, with effects that are known, drive the real services in fast motion."""
