"""Futures evaluated: in chunks, by workers that may die, kept as they are done."""
