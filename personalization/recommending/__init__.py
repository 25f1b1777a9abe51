"""What comes next? Learned from what was ordered; asked with the choices made so far, no more.

`histories`, `voting`, `weighing` and `protocol` are plain Python and numpy.
"""
