"""The verbs and their results for those who write Python."""
