"""Games played, learned from and evaluated; in one process or many."""
