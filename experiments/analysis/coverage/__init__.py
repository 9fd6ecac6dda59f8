"""How often intervals hold what they promise, by simulation."""
