"""JSON and JSON Lines: the object of the contract, written by msgspec from the values themselves."""

from __future__ import annotations

import json
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

import msgspec

from newspaper_cli.document import Article, Issue, IssueFields
from newspaper_cli.export.printable import encodable
from newspaper_cli.export.records import IssueMeta, issue_meta

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newspaper_cli.export.options import ExportOptions

_ENCODE: Final = msgspec.json.Encoder().encode
_FORMAT: Final = msgspec.json.format
_PLAIN: Final = frozenset({str, int, float, type(None)})
# These give each of their keys a line of its own, all else stays on one line: a paragraph, a reading, a repair. A
# layout with every number of every span on a line of its own is twice as long and nobody can read it.
_OPEN: Final = {
    kind: tuple((name, f'"{name}": '.encode()) for name in kind.__struct_fields__)
    for kind in (Issue, IssueMeta, IssueFields, Article)
}


def render_json(issues: Iterable[Issue], options: ExportOptions) -> Iterator[str]:
    """Write one object, or an array as soon as there are several inputs."""
    return _objects(issues, options)


def render_meta_json(issues: Iterable[Issue], options: ExportOptions) -> Iterator[str]:
    """Write one object without articles, furniture and repairs, or an array of them."""
    return _objects(map(issue_meta, issues), options)


def render_jsonl(issues: Iterable[Issue], _options: ExportOptions) -> Iterator[str]:
    """Write one compact object a line."""
    return (_line(issue) for issue in issues)


def jsonl_line(issue: Issue, _options: ExportOptions) -> str:
    """Write the line of one issue of many."""
    return _line(issue)


def render_meta_jsonl(issues: Iterable[Issue], _options: ExportOptions) -> Iterator[str]:
    """Write one compact object a line, without articles, furniture and repairs."""
    return (_line(issue_meta(issue)) for issue in issues)


def _objects(records: Iterable[Issue | IssueMeta], options: ExportOptions) -> Iterator[str]:
    rest = iter(records)
    first = list(islice(rest, 2))
    if len(first) == 1 and not options.several:
        yield _object(first[0]) + "\n"
    elif first or options.several:
        opening = "["
        for record in chain(first, rest):
            yield f"{opening}\n{_object(record)}"
            opening = ","
        yield "\n]\n" if first else "[]\n"


def _object(record: Issue | IssueMeta) -> str:
    try:
        return _laid_out(record, b"\n").decode()
    except UnicodeEncodeError:
        return _laid_out(_without_surrogates(record), b"\n").decode()


def _line(record: Issue | IssueMeta) -> str:
    try:
        return _ENCODE(record).decode() + "\n"
    except UnicodeEncodeError:
        return _ENCODE(_without_surrogates(record)).decode() + "\n"


def _without_surrogates(record: Issue | IssueMeta) -> Issue | IssueMeta:
    """Make the record anew with U+FFFD where bytes could not be decoded.

    The standard library writes lone surrogates, so that the whole text is mended at once, keys and file names included.
    """
    text = json.dumps(msgspec.to_builtins(record), ensure_ascii=False)
    return msgspec.json.decode(encodable(text), type=type(record))


def _laid_out(value: Any, margin: bytes) -> bytes:  # noqa: ANN401  # any field of the contract
    """Write a value with its keys below each other; `margin` is a line end and the white space after it."""
    kind = type(value)
    if kind in _PLAIN or not value:
        return _ENCODE(value)
    inner = margin + b" "
    if kind in _OPEN:
        keys = [key + _laid_out(getattr(value, name), inner) for name, key in _OPEN[kind]]
        return b"{" + (b"," + inner).join(keys) + b"}"
    if kind is tuple:
        return b"[" + inner + (b"," + inner).join([_laid_out(item, inner) for item in value]) + b"]"
    return _FORMAT(_ENCODE(value), indent=0)
