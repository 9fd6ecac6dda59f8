"""What games say: statistics, comparisons, and how far they can be trusted."""
