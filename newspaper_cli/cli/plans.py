"""Plans as JSON: written by `repair --plan`, read back to apply or undo them."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from newspaper_cli.document import Plan
from newspaper_cli.errors import CheckFailedError, UnreadableError


def write_plans(plans: Iterable[Plan], *, several: bool) -> Iterator[str]:
    """Write one plan as an object, several as an array."""
    if not several:
        yield from (f"{_write_plan(plan)}\n" for plan in plans)
        return
    opening = "["
    for plan in plans:
        yield f"{opening}\n{_write_plan(plan)}"
        opening = ","
    yield "\n]\n" if opening == "," else "[]\n"


def _write_plan(plan: Plan) -> str:
    """Write a plan with one edit a line; undecodable bytes, which JSON cannot hold as such, are escaped."""
    fields = msgspec.to_builtins(plan)
    edits = ",\n".join(f"  {_write_value(edit)}" for edit in fields.pop("edits"))
    head = "".join(f" {json.dumps(key)}: {_write_value(value)},\n" for key, value in fields.items())
    return f'{{\n{head} "edits": [' + (f"\n{edits}\n ]\n}}" if edits else "]\n}")


def _write_value(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(value)


def load_plan(path: str) -> Plan:
    """Read a plan from a file.

    Raises:
        UnreadableError: there is no such file.
        CheckFailedError: it holds no plan.
    """
    try:
        # Not msgspec: a plan may hold lone surrogates, escaped.
        return msgspec.convert(json.loads(Path(path).read_bytes()), Plan)
    except OSError as error:
        message = f"the plan {path} cannot be read: {error.strerror or error}"
        raise UnreadableError(message) from error
    except (ValueError, msgspec.ValidationError) as error:
        message = f"{path} is not a plan as repair --plan prints it: {error}"
        raise CheckFailedError(message) from error
