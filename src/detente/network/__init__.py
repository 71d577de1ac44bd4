"""Position: arrangements in force as a network, and where each actor stands in it."""
