"""The page that shows where gold and result part: one HTML file that needs no network, for the eye and for print."""

from newspaper_cli.export.comparison.page import render_comparison

__all__ = ["render_comparison"]
