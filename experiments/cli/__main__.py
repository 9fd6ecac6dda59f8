"""`python -m experiments.cli`: the `yendor` command."""

from experiments.cli.main import main

main()
