"""The application behind `yendor watch`: any game, forwards and backwards.

What is known about the game is a `Playback`; `player.py` moves through it, `app.py` draws it.
"""
