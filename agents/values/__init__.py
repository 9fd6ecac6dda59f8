"""Action values that look ahead of the decision."""
