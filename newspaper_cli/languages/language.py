"""Knowledge of one language as a value: word lists and patterns, read from data files when first asked for.

A language is a folder. `language.toml` says what it is; every other TOML file is a sheet of word lists and patterns.
`<name>` inside double braces in a pattern stands for another pattern or word list of the same sheet, so that a list is
written once. What a group called `in_name` holds must be a word of the list `name`, in whatever case: `match` looks it
up, since a pattern of hundreds of words takes the time of a page to compile. A hint bears the name of a pattern and
says what a text must have before that slower pattern is tried on it; `texts` tells how hints are written. In a hint
`<name>` stands for the words of a list as plain alternatives, and `<^name>` for the characters they begin with. A sheet
that a language lacks is looked for in `shared`. Examples of what each pattern must and must not match stand beside the
sheet in a TSV file of the same name; the tests run them all.

To add a language is to add its folder: `common` lists the words by which its pages are told from those of other
languages in the same script, and every pattern that another language has is there, be it one that matches nothing.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec
import regex

from newspaper_cli.errors import UsageError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SHARED = "shared"
_LISTED = "in_"
_REFERENCE = regex.compile(r"\{\{(\^?\w+)\}\}")


class Sheet(msgspec.Struct, frozen=True):
    """Hold one file of a language: word lists, patterns with every reference filled in, and hints, each by name."""

    words: dict[str, tuple[str, ...]]
    patterns: dict[str, str]
    hints: dict[str, str]


class Language(msgspec.Struct, frozen=True):
    """Answer what a language's data says.

    `joiner` stands between two lines of one paragraph. `scripts` are the Unicode scripts the language is written in.
    `variants` tell spellings of one language apart: a tag such as `zh-Hant`, and characters only it uses.
    """

    code: str
    name: str
    joiner: str
    scripts: tuple[str, ...]
    variants: dict[str, str] = {}

    def of(self, page: int) -> Language:  # noqa: ARG002  # a file in one language has it on every page
        """Give the language of a page: itself; `PageLanguages` answers the same question for a mixed file."""
        return self

    def has_tag(self, tag: str) -> bool:
        """Tell whether a tag such as `zh-Hant` names this language or a variant of it."""
        return tag in self.variants or tag == self.code

    def hint(self, path: str) -> re.Pattern[str]:
        """Get the compiled hint of the pattern `sheet.name`: a quick look at what it cannot do without."""
        return _hint(self.code, path)

    def words(self, path: str) -> frozenset[str]:
        """Give the word list `sheet.name`."""
        return _words(self.code, path)

    def pattern(self, path: str) -> regex.Pattern[str]:
        """Give the compiled pattern `sheet.name`."""
        return _compiled(self.code, path)

    def match(self, path: str, text: str, *, whole: bool = False) -> regex.Match[str] | None:
        """Match a text, or its beginning, with the pattern `sheet.name`.

        The last thousands of answers are kept: one stage after the other asks about the same bylines and datelines.
        """
        return _match(self.code, path, text, whole)

    def may_hold(self, path: str, text: str) -> bool:
        """Tell whether one text of a line has what the hint of a pattern asks for; `texts` asks of many at once."""
        return _hint(self.code, path).search(f"\n{text}\n") is not None

    def sheet(self, name: str) -> Sheet:
        """Give one sheet whole, the language's own or the shared one."""
        return _sheet(self.code, name)


@cache
def available() -> tuple[str, ...]:
    """List the codes of the languages that the program knows.

    >>> available()
    ('de', 'en', 'fr', 'zh')
    """
    return tuple(sorted(f.name for f in files(__package__).iterdir() if (f / "language.toml").is_file()))


@cache
def load_language(code: str) -> Language:
    """Load a language by its code.

    Raises:
        UsageError: the program has no such language.
    """
    folder = files(__package__) / code
    if not code.isalpha() or not (folder / "language.toml").is_file():
        message = f"unknown language {code!r}; choose auto or one of: {', '.join(available())}"
        raise UsageError(message)
    return msgspec.convert({"code": code, **_read(folder / "language.toml")}, Language)


def _read(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


@cache
def _sheet(code: str, name: str) -> Sheet:
    own, shared = (files(__package__) / folder / f"{name}.toml" for folder in (code, SHARED))
    data = _read(own if own.is_file() else shared)
    words = {key: tuple(value) for key, value in data.get("words", {}).items()}
    known = {key: _alternation(value) for key, value in words.items()}
    patterns: dict[str, str] = {}
    for key, pattern in data.get("patterns", {}).items():
        # A sheet is read from top to bottom: a pattern may refer to lists and to patterns above it.
        filled = _REFERENCE.sub(lambda m: known[m[1]], pattern)
        patterns[key], known[key] = filled, f"(?:{filled})"
    plain = {key: "|".join(map(re.escape, value)) for key, value in words.items()}
    plain |= {f"^{key}": re.escape("".join(sorted({word[0] for word in value}))) for key, value in words.items()}
    hints = {key: _REFERENCE.sub(lambda m: plain[m[1]], hint) for key, hint in data.get("hints", {}).items()}
    return Sheet(words, patterns, hints)


def _alternation(words: tuple[str, ...]) -> str:
    """Write a list as a pattern; longer words first, or 记者 would hide 记者站."""
    return "(?:" + "|".join(regex.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


@cache
def _words(code: str, path: str) -> frozenset[str]:
    sheet, _, name = path.partition(".")
    return frozenset(_sheet(code, sheet).words[name])


@cache
def _hint(code: str, path: str) -> re.Pattern[str]:
    sheet, _, name = path.partition(".")
    # Hints are made of classes of characters, and on those the standard engine takes half the time of `regex`.
    return re.compile(_sheet(code, sheet).hints[name])


@lru_cache(maxsize=1 << 12)
def _match(code: str, path: str, text: str, whole: bool) -> regex.Match[str] | None:  # noqa: FBT001
    pattern = _compiled(code, path)
    found = pattern.fullmatch(text) if whole else pattern.match(text)
    if found is None:
        return None
    listed = all(word.casefold() in known for group, known in _lists(code, path) for word in found.captures(group))
    return found if listed else None


@cache
def _lists(code: str, path: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """List the groups of a pattern that must hold words of a list, each with that list in small letters."""
    words = _sheet(code, path.partition(".")[0]).words
    groups = [group for group in _compiled(code, path).groupindex if group.startswith(_LISTED)]
    return tuple((group, frozenset(map(str.casefold, words[group.removeprefix(_LISTED)]))) for group in groups)


@cache
def _compiled(code: str, path: str) -> regex.Pattern[str]:
    sheet, _, name = path.partition(".")
    return regex.compile(_sheet(code, sheet).patterns[name], regex.V1)
