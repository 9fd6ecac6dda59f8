"""Suites: several configs, seeds, characters and tasks, trained and read as one thing."""
