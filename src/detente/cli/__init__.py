"""The command line: parse, call the library, show. One module per command."""
