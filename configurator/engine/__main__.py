"""`python -m configurator.engine`: the engine from a shell."""

from __future__ import annotations

import sys

from configurator.engine.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
