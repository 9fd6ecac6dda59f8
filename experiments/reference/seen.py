"""What an agent sees, and what it is paid for: features, situations, rewards."""

from __future__ import annotations

from envs.features import FEATURE_VERSIONS
from envs.rewards import REWARDS
from envs.situation import PARTS
from experiments.reference.markdown import code, page, table

FEATURES = """The feature vector, which the networks, `linucb`, `linear_thompson` and `smdp_q`
see: numbers from 0 to 1, or from −1 to 1 where they are differences. What each of them is stands in
`envs/features.py`; a config picks by name, as in `env.features: [health, hostiles, depth]`. A
checkpoint that was made for another version of one is refused."""
SITUATION = """The situation of a bandit with `agent.context: situation`: one value of each part. A
config picks parts by name, as in `env.situation: [threat, health]`."""
REWARD = """A config weighs them: `env.reward: {points: 1.0, max_depth: 25.0}`. The reward of a
keystroke is the weighted sum of how much each went up."""


def seen_page() -> str:
    """Return the page."""
    features = [(code(name), str(version)) for name, version in FEATURE_VERSIONS.items()]
    parts = [(code(name), ", ".join(part.values)) for name, part in PARTS.items()]
    rewards = [(code(name), reward.meaning) for name, reward in REWARDS.items()]
    return page(
        "What an agent sees",
        f"## Features\n\n{FEATURES}",
        table(("feature", "version"), features),
        f"## Situations\n\n{SITUATION}",
        table(("part", "values"), parts),
        f"## Rewards\n\n{REWARD}",
        table(("reward", "what it counts"), rewards),
    )
