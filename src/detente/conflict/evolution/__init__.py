"""How play gets from the status quo to where it ends, by intent or by chance."""
