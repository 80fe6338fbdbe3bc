"""Digitized newspaper text in, issues with masthead, articles and whole paragraphs out."""
