"""Runs compared: statistics, tables, figures, a report."""
