"""All readers that are tried."""

from fuzz import configs, others, replays, runs

READERS = (*configs.READERS, *runs.READERS, *replays.READERS, *others.READERS)
