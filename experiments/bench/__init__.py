"""`yendor bench`: speed, as ratios to peers and to the raw game, measured side by side."""
