"""Runs beside each other: the same unseen games, statistics, a report."""
