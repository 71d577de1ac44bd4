"""A run read: tidy frames, SQL, other programs' formats, and arrays block by block."""
