"""What does it bring? Who sees what, by lot; and intervals that hold however often one looks."""
