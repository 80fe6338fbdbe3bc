"""The options that several commands share: one name, one meaning, written once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

TEXT_FILES = "*.txt"


class Script(StrEnum):
    """Name the scripts that Chinese output can be put into."""

    HANS = "hans"
    HANT = "hant"


class Rows(StrEnum):
    """Say what a row of a CSV file is."""

    ARTICLES = "articles"
    PARAGRAPHS = "paragraphs"


Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help="Files of raw text; none, or -, for standard input.", show_default=False),
]
PathsAndFolders = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help="Files of raw text, and folders of them; none, or -, for standard input.",
        show_default=False,
    ),
]
Pattern = Annotated[str, typer.Option("--pattern", metavar="GLOB", help="Which names count in folders.")]
OnePath = Annotated[str, typer.Argument(metavar="PATH", help="A file of raw text, or - for standard input.")]
# Told by the folders of data, of which none is opened: a person who asks for help waits for nothing else.
_CODES = sorted(file.parent.name for file in Path(__file__).parents[1].glob("languages/*/language.toml"))
Language = Annotated[
    str,
    typer.Option(
        "--language",
        metavar="CODE",
        help=f"Language of the pages: {', '.join(_CODES)}, or auto to tell it page by page.",
    ),
]
WeightsFolder = Annotated[
    str | None,
    typer.Option(
        "--weights",
        metavar="DIR",
        envvar="NEWSPAPER_WEIGHTS",
        show_envvar=False,
        help="Go by the tables of this folder, as train writes them; $NEWSPAPER_WEIGHTS names one for all runs.",
        show_default=False,
    ),
]
ToScript = Annotated[
    Script | None,
    typer.Option("--script", help="Put Chinese output into simplified or traditional script.", show_default=False),
]
Output = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write to FILE, not to standard output.", show_default=False),
]
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for Excel.")]
RawCells = Annotated[
    bool, typer.Option("--raw-cells", help="Leave CSV cells alone that a spreadsheet would run as formulas.")
]
RowsOf = Annotated[Rows, typer.Option("--rows", help="What a row of CSV or Parquet is.")]
