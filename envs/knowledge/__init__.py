"""What a player knows of a game in progress, from public observation keys alone."""
