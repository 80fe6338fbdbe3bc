"""Run the command as `python -m newspaper_cli`."""

from newspaper_cli.cli import main

if __name__ == "__main__":
    main()
