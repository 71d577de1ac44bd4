"""Strategies compared over futures: by orders alone, or by a utility with a unit."""
