r"""Digitized newspaper text in, issues with masthead, articles and whole paragraphs out.

Read a file with `read_source`, or bytes with `decode`; `read_issue` gives the object that `newspaper-cli split` prints.

>>> from newspaper_cli import analyse, apply, decode, invert
>>> page = "溪桥日报\n2019年3月\n5\n星期二\n\n水库开闸\n本报讯 昨日,水库开\n\n闸,万亩农田可以灌溉。\n"
>>> analysis = analyse(decode(page.encode()))
>>> issue = analysis.issue
>>> issue.issue.date, issue.articles[0].headline
('2019-03-05', '水库开闸')
>>> issue.articles[0].paragraphs[0].text
'本报讯 昨日,水库开闸,万亩农田可以灌溉。'

Every value points into the text it was read from, which is never changed:

>>> [page[start:end] for reading in issue.issue.readings[:2] for start, end in reading.spans]
['溪桥日报', '2019年3月', '5']

`analyse` also gives the plan of the repairs, which can be applied and undone:

>>> repaired = apply(analysis.plan, page)
>>> invert(analysis.plan, repaired) == page
True

`render` writes issues in the formats of the command, `evaluate_issue` measures one against gold, `open_weights` chooses
weights of your own. Names are imported
when they are first asked for, so that importing the package costs nothing.
"""

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from newspaper_cli.document import Article, Issue, Plan, Source
    from newspaper_cli.evaluation import evaluate_issue
    from newspaper_cli.export import render
    from newspaper_cli.pipeline import analyse, read_issue
    from newspaper_cli.repairs import apply, invert
    from newspaper_cli.source import decode, read_source
    from newspaper_cli.tables import open_weights
else:
    _HOMES: Final = MappingProxyType(
        {
            "Article": "document",
            "Issue": "document",
            "Plan": "document",
            "Source": "document",
            "analyse": "pipeline",
            "apply": "repairs",
            "decode": "source",
            "evaluate_issue": "evaluation",
            "invert": "repairs",
            "open_weights": "tables",
            "read_issue": "pipeline",
            "read_source": "source",
            "render": "export",
        }
    )

    def __getattr__(name: str) -> object:
        """Import a public name from the module that defines it (PEP 562)."""
        from importlib import import_module  # noqa: PLC0415  # not before it is needed

        if name not in _HOMES:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = [
    "Article",
    "Issue",
    "Plan",
    "Source",
    "analyse",
    "apply",
    "decode",
    "evaluate_issue",
    "invert",
    "open_weights",
    "read_issue",
    "read_source",
    "render",
]


def __dir__() -> list[str]:
    return __all__
