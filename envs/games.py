"""The games that there are, by the name that a config has for them."""

from envs.nethack.env import NetHack
from envs.stub.env import Stub

GAMES = {"nethack": NetHack, "stub": Stub}
