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

__all__ = ["FORMATS", "META_FORMATS", "ExportOptions", "Format", "render", "render_meta"]


class Format(msgspec.Struct, frozen=True):
    """Hold one way to write issues: the function of this package that does it, and its module.

    `suffix` is that of a file of one issue. `collected` names the one file that holds a whole batch, or is None where a
    batch writes one file an input.
    """

    name: str
    suffix: str
    module: str
    function: str
    collected: str | None = None

    def render(self, issues: Iterable[Issue], options: ExportOptions) -> Iterator[str]:
        """Write issues; the module is imported now, so that a start pays for no format but the one it is asked for."""
        module = import_module(f"{__name__}.{self.module}")
        write: Callable[[Iterable[Issue], ExportOptions], Iterator[str]] = getattr(module, self.function)
        return write(issues, options)


def _registry(*formats: Format) -> Mapping[str, Format]:
    return MappingProxyType({known.name: known for known in formats})


FORMATS: Final = _registry(
    Format("json", ".json", "json_", "render_json"),
    Format("jsonl", ".jsonl", "json_", "render_jsonl", "issues.jsonl"),
    Format("csv", ".csv", "csv_", "render_csv", "articles.csv"),
    Format("markdown", ".md", "markdown", "render_markdown"),
    Format("text", ".txt", "text", "render_text"),
)
META_FORMATS: Final = _registry(
    Format("json", ".json", "json_", "render_meta_json"),
    Format("jsonl", ".jsonl", "json_", "render_meta_jsonl", "issues.jsonl"),
    Format("csv", ".csv", "csv_", "render_meta_csv", "issues.csv"),
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
