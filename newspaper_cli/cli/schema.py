"""`schema`: the JSON Schema of what `split` prints."""

# ruff: noqa: PLC0415  # imports wait until the work is done

from newspaper_cli.cli import options


def schema(output: options.Output = None) -> None:
    """Print the JSON Schema of what split prints."""
    import json

    from newspaper_cli.cli.outputs import deliver
    from newspaper_cli.export.schema import issue_schema

    text = json.dumps(issue_schema(), ensure_ascii=False, indent=2)
    deliver([f"{text}\n".encode()], output)
