"""The languages of a file: one for each page."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from newspaper_cli.languages.language import Language


class PageLanguages(msgspec.Struct, frozen=True):
    """Hold the language of each page of a file; `main` is that of most of its text."""

    main: Language
    pages: tuple[Language, ...]

    def of(self, page: int) -> Language:
        """Give the language of a page, counted from 0."""
        return self.pages[page] if page < len(self.pages) else self.main

    @property
    def mixed(self) -> bool:
        """Tell whether the pages are in more than one language."""
        return any(language is not self.main for language in self.pages)


# Stages that read one page after the other take either.
Spoken: TypeAlias = Language | PageLanguages
