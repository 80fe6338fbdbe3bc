"""Output formats: from issues to text, one file a format, and the registry that names them.

Every format is written from `records`, so that two formats never tell two stories about one issue.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from newspaper_cli.errors import UsageError
from newspaper_cli.export.options import ExportOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from newspaper_cli.document import Issue

__all__ = ["COLLECTED", "FORMATS", "META_FORMATS", "Collected", "ExportOptions", "Format", "render", "render_meta"]


class Format(msgspec.Struct, frozen=True):
    """Hold one way to write issues: the function of this package that does it, and its module.

    `suffix` is that of a file of one issue.
    """

    name: str
    suffix: str
    module: str
    function: str

    def render(self, issues: Iterable[Issue], options: ExportOptions) -> Iterator[str]:
        """Write issues; the module is imported now, so that a start pays for no format but the one it is asked for."""
        module = import_module(f"{__name__}.{self.module}")
        write: Callable[[Iterable[Issue], ExportOptions], Iterator[str]] = getattr(module, self.function)
        return write(issues, options)


class Collected(msgspec.Struct, frozen=True):
    """Hold one way to put the issues of a whole batch into a file or a few: `files` are their names.

    Each issue gives a text to each file, its shares; `begin` is the function that gives what the files begin with, None
    where that is nothing. What is no text file is made of the shares: rows of a database as lines of JSON.
    """

    name: str
    files: tuple[str, ...]
    module: str
    share: str
    begin: str | None = None

    def headers(self, options: ExportOptions) -> tuple[str, ...]:
        """Give what each of the files begins with."""
        if self.begin is None:
            return ("",) * len(self.files)
        write: Callable[[ExportOptions], tuple[str, ...]] = getattr(
            import_module(f"{__name__}.{self.module}"), self.begin
        )
        return write(options)

    def shares(self, issue: Issue, options: ExportOptions) -> tuple[str, ...]:
        """Give what an issue adds to each of the files."""
        write: Callable[[Issue, ExportOptions], str | tuple[str, ...]]
        write = getattr(import_module(f"{__name__}.{self.module}"), self.share)
        given = write(issue, options)
        return (given,) if isinstance(given, str) else given


def _registry(*formats: Format) -> Mapping[str, Format]:
    return MappingProxyType({known.name: known for known in formats})


FORMATS: Final = _registry(
    Format("json", ".json", "json_", "render_json"),
    Format("jsonl", ".jsonl", "json_", "render_jsonl"),
    Format("csv", ".csv", "csv_", "render_csv"),
    Format("markdown", ".md", "markdown", "render_markdown"),
    Format("text", ".txt", "text", "render_text"),
)
META_FORMATS: Final = _registry(
    Format("json", ".json", "json_", "render_meta_json"),
    Format("jsonl", ".jsonl", "json_", "render_meta_jsonl"),
    Format("csv", ".csv", "csv_", "render_meta_csv"),
)
COLLECTED: Final = MappingProxyType(
    {
        known.name: known
        for known in (
            Collected("jsonl", ("issues.jsonl",), "json_", "jsonl_line"),
            Collected("csv", ("articles.csv",), "csv_", "csv_share", "csv_headers"),
            Collected(
                "tables", ("issues.csv", "articles.csv", "paragraphs.csv"), "tables", "table_rows", "table_headers"
            ),
            Collected("sqlite", ("archive.sqlite",), "database", "database_row"),
            Collected("parquet", ("articles.parquet",), "parquet", "parquet_row"),
        )
    }
)
_DEFAULTS: Final = ExportOptions()


def render(issues: Iterable[Issue], format_name: str, options: ExportOptions = _DEFAULTS) -> Iterator[str]:
    """Write issues in a format, in pieces, each as soon as its issue is there.

    Raises:
        UsageError: there is no such format.
    """
    return _chosen(FORMATS, format_name).render(issues, options)


def render_meta(issues: Iterable[Issue], format_name: str, options: ExportOptions = _DEFAULTS) -> Iterator[str]:
    """Write the mastheads of issues in a format, in pieces, each as soon as its issue is there.

    Raises:
        UsageError: mastheads have no such format.
    """
    return _chosen(META_FORMATS, format_name).render(issues, options)


def _chosen(formats: Mapping[str, Format], name: str) -> Format:
    try:
        return formats[name]
    except KeyError:
        message = f"unknown format {name!r}; choose one of: {', '.join(formats)}"
        raise UsageError(message) from None
