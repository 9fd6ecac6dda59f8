"""Runs that are killed at random and resumed: do they end as if nothing had happened?"""
