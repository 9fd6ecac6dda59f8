"""Regret per decision: policies scored on the same states, of which every choice was tried."""
