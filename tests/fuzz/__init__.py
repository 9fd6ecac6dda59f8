"""Malformed files of every kind, thrown at what reads them."""
