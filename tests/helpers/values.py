"""What an agent's critic says of states in which every action is legal."""

import numpy as np


def valued(agent, features):
    """Return V, (N,), of feature vectors, (N, F)."""
    return agent.value(features, np.ones((len(features), agent.header.n_actions), bool))
