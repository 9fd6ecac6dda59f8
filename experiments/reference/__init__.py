"""Pages of the documentation that are made from the code, so that they can't say other than it."""
