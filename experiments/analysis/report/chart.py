"""A figure with the numbers behind it, and the files that it becomes."""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure

from experiments.analysis.report.style import HEIGHT, WIDTH, styled
from experiments.errors import UserError, why
from experiments.files import Row
from experiments.outputs import whole_file


@dataclass(frozen=True)
class Chart:
    """A figure.

    Attributes:
        name: of its files, unique in a report.
        title: what is shown.
        caption: how it was made, in sentences.
        alt: what can be seen, for those who can't.
        rows: the numbers that are drawn, as a table in long form.
        draw: draws them on an empty figure.
        height: in inches.
    """

    name: str
    title: str
    caption: str
    alt: str
    rows: Sequence[Row]
    draw: Callable[[Figure], None]
    height: float = HEIGHT

    def figure(self, kind: type[Figure] = Figure) -> Figure:
        """Return it drawn, of that class. It is nobody else's: pyplot does not know of it."""
        with styled():
            figure = kind(figsize=(WIDTH, self.height), layout="constrained")
            self.draw(figure)
        return figure

    def rendered(self, ending: str) -> bytes:
        """Return the figure as a file: "svg" with its text as text, "pdf" with fonts embedded."""
        buffer = io.BytesIO()
        figure = self.figure()
        with styled():
            metadata = {"Date": None} if ending == "svg" else {"CreationDate": None}
            figure.savefig(buffer, format=ending, transparent=True, metadata=metadata)
        return buffer.getvalue()


def to_csv(rows: Sequence[Row]) -> str:
    """Comma-separated values with a heading: every key that any row has; fields are quoted."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, keys, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def write_charts(folder: Path, charts: Sequence[Chart]) -> list[Path]:
    """Write NAME.svg, NAME.pdf and NAME.csv, the numbers, of every chart.

    Raises:
        UserError: if the folder can't be made, or a file can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"--figures {folder}: can't be made a folder: {why(error)}") from None
    written = []
    for chart in charts:
        files = {ending: chart.rendered(ending) for ending in ("svg", "pdf")}
        for ending, data in (files | {"csv": to_csv(chart.rows).encode()}).items():
            path = folder / f"{chart.name}.{ending}"
            with whole_file(path) as partial:
                partial.write_bytes(data)
            written.append(path)
    return written


def slug(name: str) -> str:
    """Return a config's name as a part of a file's name; names that differ stay different."""
    safe = re.sub(r"[^\w-]+", "-", name, flags=re.ASCII).strip("-")
    return safe if safe and safe == name else f"{safe}-{zlib.crc32(name.encode()):08x}"
