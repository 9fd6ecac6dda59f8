"""What the verbs do that bring several rooms together; the command line only calls them."""
