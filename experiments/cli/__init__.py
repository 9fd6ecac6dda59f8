"""The `yendor` command: one file per verb."""
