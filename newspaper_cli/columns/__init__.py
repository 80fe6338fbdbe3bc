"""Restore the reading order of raw text that mixes columns, from the text alone."""

from newspaper_cli.columns.order import Order, restore_order

__all__ = ["Order", "restore_order"]
