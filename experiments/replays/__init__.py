"""The file that holds a game: seed, keystrokes and decisions; written and read."""
