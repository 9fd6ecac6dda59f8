"""Shows a game as it is played: the map, the keys, and how the agent chooses."""
