"""The bench: a tablet at a work center, a scanner, and one operation of one unit at a time."""
