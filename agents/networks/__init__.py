"""Networks from first principles: the softmax derivation, and an MLP in numpy and in torch."""
