"""A game as files to share: tiles that move, a terminal, a web page."""
