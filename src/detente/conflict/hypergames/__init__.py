"""How actors see each other, and what would change that."""
