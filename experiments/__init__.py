"""From a config to a run, and from runs to numbers and pictures."""
