"""Words for results: states, statements, mechanisms, verdicts, and the brief made of them."""
