"""The graph model for conflict resolution: where a situation settles, and why."""
