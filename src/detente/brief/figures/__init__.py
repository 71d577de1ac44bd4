"""The figures of a brief: Vega-Lite specifications as plain dicts, each with its table."""
