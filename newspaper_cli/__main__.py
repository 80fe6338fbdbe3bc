"""Run the command as `python -m newspaper_cli`."""

import sys

from newspaper_cli.cli import main

if __name__ == "__main__":
    sys.exit(main())
