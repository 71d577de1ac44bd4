"""What would have to be wanted for a state to last, and what would have to change."""
