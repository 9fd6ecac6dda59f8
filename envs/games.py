"""The games that there are, by the name that a config has for them."""

from envs.nethack import NetHack
from envs.stub import Stub

GAMES = {"nethack": NetHack, "stub": Stub}
