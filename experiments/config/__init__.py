"""A config: read from YAML, checked, written back."""
