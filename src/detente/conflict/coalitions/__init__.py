"""What actors do together, and who answers them."""
