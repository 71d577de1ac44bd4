"""How fast the graph model is; reported, never asserted."""
