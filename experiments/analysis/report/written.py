"""Tables as text: Markdown, LaTeX, HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from experiments.analysis.comparison import Comparison
from experiments.analysis.report.tex import first_cell, tex
from experiments.analysis.sheet import Cell, Sheet, overview_sheet, pair_sheet, score_sheet
from experiments.analysis.standings import verdicts


def sheets_of(comparisons: Sequence[Comparison]) -> list[Sheet]:
    """All tables of a comparison: an overview, then each metric with its pairs."""
    sheets = [overview_sheet(comparisons)] if len(comparisons) > 1 else []
    for comparison in comparisons:
        sheets.append(score_sheet(comparison))
        if comparison.pairs:
            sheets.append(pair_sheet(comparison))
    return sheets


def markdown(comparisons: Sequence[Comparison], notes: Sequence[str] = ()) -> str:
    """Tables as GitHub shows them, and the verdicts as lists."""
    parts = [*notes, *map(markdown_table, sheets_of(comparisons))]
    for comparison in comparisons:
        if comparison.pairs:
            said = "\n".join(f"- {_pipes(verdict)}" for verdict in verdicts(comparison))
            parts.append(f"### {comparison.metric}: verdicts\n\n{said}")
    return "\n\n".join(parts) + "\n"


def markdown_table(sheet: Sheet) -> str:
    """One table with its title and caption."""
    lines = [
        _line([_pipes(column) for column in sheet.columns]),
        _line(["---", *(["---:"] * (len(sheet.columns) - 1))]),
        *(_line([_bold(cell) for cell in row]) for row in sheet.rows),
    ]
    caption = f"\n\n{_pipes(sheet.caption)}" if sheet.caption else ""
    return f"### {_pipes(sheet.title)}\n\n" + "\n".join(lines) + caption


def latex(comparisons: Sequence[Comparison], notes: Sequence[str] = ()) -> str:
    """Tables for a paper; the packages that they need stand on top."""
    top = ["% \\usepackage{booktabs}", "% \\usepackage{graphicx}"]
    top += [f"% {line}" for note in notes for line in note.splitlines()]
    return "\n".join(top) + "\n\n" + "\n\n".join(map(latex_table, sheets_of(comparisons))) + "\n"


def latex_table(sheet: Sheet) -> str:
    """One table, made narrower where it is wider than the text."""
    head = " & ".join(map(tex, sheet.columns))
    rows = [first_cell(" & ".join(map(_tex_cell, row))) + r" \\" for row in sheet.rows]
    caption = f"{tex(sheet.title)}. {tex(sheet.caption)}".strip()
    return "\n".join([
        r"\begin{table}", r"\centering", rf"\caption{{{caption}}}",
        rf"\label{{tab:{re.sub(r'[^a-z-]+', '-', sheet.name)}}}",
        r"\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%",
        rf"\begin{{tabular}}{{l{'r' * (len(sheet.columns) - 1)}}}",
        r"\toprule", rf"{head} \\", r"\midrule", *rows, r"\bottomrule",
        r"\end{tabular}}", r"\end{table}",
    ])  # fmt: skip


def html_table(sheet: Sheet) -> str:
    """One table with its caption."""
    rows = [[breakable(row[0].text), *map(_inner, row[1:])] for row in sheet.rows]
    caption = f"<p class=caption>{escape(sheet.caption)}</p>" if sheet.caption else ""
    return table_of(sheet.title, sheet.columns, rows) + caption


def table_of(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table that scrolls by itself where it is wider than the page, and on a phone is a
    list.

    Roles are said, since a table that is shown as a list loses them.

    Args:
        title: for screen readers.
        columns: headings, as text.
        rows: of HTML, as wide as the headings.
    """
    head = "".join(
        f'<th role="columnheader" scope="col">{breakable(column)}</th>' for column in columns
    )
    body = "".join(f'<tr role="row">{_cells(row, columns)}</tr>' for row in rows)
    label = escape(title)
    return (
        f'<div class="table" tabindex="0" role="region" aria-label="{label}">'
        f'<table role="table"><caption class="unseen">{label}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def breakable(name: str) -> str:
    """Return a name as HTML, which may go on in a new line after its signs."""
    return re.sub(r"([_/.:=-])(?=\w)", r"\1<wbr>", escape(name))


def _cells(row: Sequence[str], columns: Sequence[str]) -> str:
    first = f'<th role="rowheader" scope="row">{row[0]}</th>'
    return first + "".join(
        f'<td role="cell" data-label="{escape(column)}"><span>{cell}</span></td>'
        for column, cell in zip(columns[1:], row[1:], strict=True)
    )


def _inner(cell: Cell) -> str:
    text = re.sub(r"(?<![\w.])-(?=\d)", "−", escape(cell.text))
    text = re.sub(r"^(\S+) (\[.*\])$", r"\1 <span class=interval>\2</span>", text)
    return f"<strong>{text}</strong>" if cell.strong else text


def _tex_cell(cell: Cell) -> str:
    return rf"\textbf{{{tex(cell.text)}}}" if cell.strong else tex(cell.text)


def _bold(cell: Cell) -> str:
    return f"**{_pipes(cell.text)}**" if cell.strong else _pipes(cell.text)


def _pipes(text: str) -> str:
    """Text of which Markdown takes nothing for its own signs."""
    return re.sub(r"([\\|`*_<\[\]])", r"\\\1", " ".join(text.split()))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
