"""When a state holds: one file a concept, and what several of them share."""
