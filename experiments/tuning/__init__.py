"""Settings searched for: trials drawn by Optuna, stopped early where they are hopeless."""
