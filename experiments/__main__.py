"""`python -m experiments`: the `yendor` command."""

from experiments.cli.main import main

main()
