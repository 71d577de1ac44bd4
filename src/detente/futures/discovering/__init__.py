"""Where claims fail and what decides them: boxes, trees, sensitivity."""
