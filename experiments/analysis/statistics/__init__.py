"""Statistics of games: pure functions from arrays to arrays. `docs/statistics.md` explains them.

Scores are arrays of shape (seeds, games): a row per training seed, a column per game; a plain
(games,) is one seed. Random numbers come from the `Resamples` that is handed in.
"""
