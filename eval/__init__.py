"""Scores for translations with their signatures, and the report that shows them."""
