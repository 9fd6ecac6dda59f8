"""Games as they can be watched: keystroke by keystroke, forwards and backwards.

A `Film` is a game in progress, whoever plays it: an agent (`live.py`) or a replay (`playback.py`).
What shows or records a game asks a film, and nothing else.
"""
