"""A game keystroke by keystroke, forwards and back: played live, or from a replay."""
