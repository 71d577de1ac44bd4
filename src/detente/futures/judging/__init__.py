"""Verdicts over futures: shares, their intervals and ranges, and what they come to in words."""
