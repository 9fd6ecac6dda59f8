"""Bandits: policies that learn which of a few arms pays best.

Each policy is one file; `select`, `update` and `action_probabilities` are all it takes.
"""

from agents.bandits.agent import BanditAgent
from agents.bandits.base import Bandit
from agents.bandits.epsilon_greedy import EpsilonGreedy
from agents.bandits.gradient_bandit import GradientBandit
from agents.bandits.greedy import Greedy
from agents.bandits.linear_thompson import LinearThompson
from agents.bandits.linucb import LinUCB
from agents.bandits.thompson import Thompson
from agents.bandits.ucb import UCB

__all__ = [
    "UCB",
    "Bandit",
    "BanditAgent",
    "EpsilonGreedy",
    "GradientBandit",
    "Greedy",
    "LinUCB",
    "LinearThompson",
    "Thompson",
]
