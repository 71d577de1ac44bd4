"""What holds under everything that is not known: draws, runs, shares, robustness, hinges."""
