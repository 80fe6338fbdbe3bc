"""Gold files and the predictions that belong to them, found by name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newspaper_cli.errors import UnreadableError

if TYPE_CHECKING:
    from pathlib import Path

    from newspaper_cli.evaluation.parts import Json


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold a gold file and one prediction for it, if there is one; `name` is the prediction's, without suffix."""

    name: str
    gold: Path
    predicted: Path | None


def pair_predictions(gold_folder: Path, predicted_folder: Path, suffix: str = ".json") -> list[Pair]:
    """Pair each NAME.json of gold with NAME.json and every NAME.SHAPE.json of the predictions, in order of name.

    One gold page may have been read in several shapes (column blocks, printed lines, OCR); each is a pair of its own.
    A gold file without a prediction is a pair too, for a page that failed must not leave the figures. `suffix` is
    that of the predictions: `.txt` pairs gold with raw or repaired text.
    """
    names = sorted(path.name for path in predicted_folder.iterdir()) if predicted_folder.is_dir() else []
    return [
        pair
        for gold in sorted(gold_folder.glob("*.json"))
        for pair in _pair_one(gold, predicted_folder, _list_fitting(gold.stem, names, suffix))
    ]


def load_prediction(path: Path | None) -> Json:
    """Load what `split` printed for one page: of an array the first object, of a file that is not there nothing.

    Raises UnreadableError where the file is not JSON of that shape.
    """
    if path is None or not path.exists():
        return {}
    value = _load_json(path)
    if isinstance(value, list):
        value = value[0] if value else {}
    if not isinstance(value, dict):
        message = f"{path} holds no issue: expected an object or an array of objects"
        raise UnreadableError(message)
    return value


def load_paragraphs(path: Path) -> list[Any]:
    """Load gold for joins: an array of paragraphs, or an object that holds it under `paragraphs`.

    Raises UnreadableError where the file is not JSON, or its paragraphs are not lists of printed lines.
    """
    value = _load_json(path)
    paragraphs = value.get("paragraphs") if isinstance(value, dict) else value
    if not isinstance(paragraphs, list) or not all(_holds_lines(paragraph) for paragraph in paragraphs):
        message = f"{path} is no gold for joins: it has no paragraphs as lists of printed lines"
        raise UnreadableError(message)
    return paragraphs


def _holds_lines(paragraph: object) -> bool:
    """Tell whether a paragraph is a list of lines, or an object with one."""
    lines = paragraph.get("lines") if isinstance(paragraph, dict) else paragraph
    return isinstance(lines, list) and all(isinstance(line, str) for line in lines)


def _load_json(path: Path) -> object:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        message = f"{path} cannot be read as JSON: {error}"
        raise UnreadableError(message) from error


def _list_fitting(stem: str, names: list[str], suffix: str) -> list[str]:
    """List the names that are the stem and the suffix, then those with a shape between."""
    plain = f"{stem}{suffix}"
    shaped = [name for name in names if name.startswith(f"{stem}.") and name.endswith(f".{suffix.removeprefix('.')}")]
    return [name for name in names if name == plain] + [name for name in shaped if len(name) > len(plain)]


def _pair_one(gold: Path, folder: Path, names: list[str]) -> list[Pair]:
    """Pair one gold file with its predictions."""
    if not names:
        return [Pair(gold.stem, gold, None)]
    return [Pair((folder / name).stem, gold, folder / name) for name in names]
