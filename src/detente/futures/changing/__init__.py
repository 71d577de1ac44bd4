"""What would change a verdict: break-evens, signposts, and the difference between two runs."""
