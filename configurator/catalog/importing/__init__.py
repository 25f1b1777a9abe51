"""Products from files: YAML written by a maker, XCSP written by a machine."""
