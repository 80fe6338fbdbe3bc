"""Output text in the other Chinese script, by OpenCC; the spans keep pointing at what is printed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import msgspec
from msgspec.structs import replace

from newspaper_cli.document import CheckResult, Edit, Issue, Note, Reading, SourceInfo
from newspaper_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

Script: TypeAlias = Literal["hans", "hant"]

# The plain configurations: they know phrases (皇后 stays, 后面 becomes 後面) and change no word into that of a region.
_CONFIGURATIONS: Final = {"hans": "t2s", "hant": "s2t"}
# What quotes the source, or is compared with it, says nothing any more once it is converted.
_AS_PRINTED: Final = frozenset({SourceInfo, CheckResult, Edit, Note})
# OpenCC speaks UTF-8 and refuses the lone surrogates that stand for undecodable bytes.
_SURROGATES: Final = re.compile(r"([\ud800-\udfff]+)")


def to_script(issue: Issue, script: Script) -> Issue:
    """Convert the text of an issue to simplified (`hans`) or traditional (`hant`) characters.

    Converted are the values the program stands by: masthead fields, articles, furniture. As printed stay the texts of
    the readings, checks, repairs and notes, and every span: a converted text may differ in length from its spans.

    Raises:
        UsageError: there is no such script.
    """
    if script not in _CONFIGURATIONS:
        message = f"unknown script {script!r}; choose one of: {', '.join(_CONFIGURATIONS)}"
        raise UsageError(message)
    converted: Issue = _converted(issue, _converter(script))
    return converted


@cache
def _converter(script: Script) -> Callable[[str], str]:
    from opencc import OpenCC  # noqa: PLC0415  # its dictionaries load only where a script is asked for

    convert = OpenCC(_CONFIGURATIONS[script]).convert

    def safely(text: str) -> str:
        if text.isascii():
            return text
        try:
            return str(convert(text))
        except UnicodeEncodeError:
            pieces = _SURROGATES.split(text)
            return "".join(piece if place % 2 else convert(piece) for place, piece in enumerate(pieces))

    return safely


def _converted(value: Any, convert: Callable[[str], str]) -> Any:  # noqa: ANN401  # any field of the contract
    """Rebuild a value with its strings converted; members of the closed vocabularies are no text."""
    kind = type(value)
    if kind is str:
        return convert(value)
    if kind is tuple:
        return tuple([_converted(item, convert) for item in value])
    if kind is Reading:
        return replace(value, value=convert(value.value))
    if isinstance(value, msgspec.Struct) and kind not in _AS_PRINTED:
        return kind(**{name: _converted(getattr(value, name), convert) for name in value.__struct_fields__})
    return value
