"""Which futures there are: what is drawn, by which design, and what each draw comes to."""
