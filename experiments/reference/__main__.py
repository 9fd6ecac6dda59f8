"""Writes the pages anew: `python -m experiments.reference`."""

from experiments.reference.pages import FOLDER, write_pages

for path in write_pages(FOLDER):
    print(path)
