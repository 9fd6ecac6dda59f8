"""Run folders: created, resumed, opened; and what the agent in one was made for."""
