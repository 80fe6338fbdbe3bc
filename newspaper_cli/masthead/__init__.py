"""The masthead: every field it prints, wherever on the page, and the running heads of the pages after it."""

from newspaper_cli.masthead.reading import read_masthead
from newspaper_cli.masthead.values import Folio, Masthead

__all__ = ["Folio", "Masthead", "read_masthead"]
