"""All readers that are tried."""

from fuzz import configs

READERS = (*configs.READERS,)
