"""What the program knows of each language: folders of data, and the value that reads them."""

from newspaper_cli.languages.language import Language, Sheet, available, load_language

__all__ = ["Language", "Sheet", "available", "load_language"]
