"""Assess: what was promised, what became of it, and how strongly the sources put it."""
