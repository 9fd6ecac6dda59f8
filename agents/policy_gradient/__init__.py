"""REINFORCE with a baseline, actor-critic and PPO: one agent, on either network."""
