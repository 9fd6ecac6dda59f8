"""A trained agent as a folder of its own, which the public arena plays."""
