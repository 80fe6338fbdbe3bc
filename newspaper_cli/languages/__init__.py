"""What the program knows of each language: folders of data, and the value that reads them."""

from newspaper_cli.languages.language import Language, Sheet, available, load_language
from newspaper_cli.languages.pages import PageLanguages, Spoken

__all__ = ["Language", "PageLanguages", "Sheet", "Spoken", "available", "load_language"]
