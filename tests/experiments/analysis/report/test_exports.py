"""What `yendor compare` writes for papers and other programs: the same numbers everywhere."""

import csv
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest
from helpers.compared import NAME, TEXTS

from experiments.analysis.report.tex import tex
from experiments.analysis.report.written import latex_table
from experiments.analysis.sheet import Cell, Sheet


def test_json_and_csv_hold_the_same_numbers(compared):
    content = json.loads((compared / "c.json").read_text())
    rows = list(csv.DictReader((compared / "c.csv").open()))
    for metric, comparison in content["metrics"].items():
        ours = [row for row in rows if row["metric"] == metric]
        for score in comparison["scores"]:
            (mean,) = (
                row
                for row in ours
                if (row["config"], row["statistic"]) == (score["config"], "mean")
            )
            assert float(mean["value"]) == score["mean"]["value"]
            assert (mean["low"] or None) == (str(score["mean"]["low"]) if mean["low"] else None)
        for pair in comparison["pairs"]:
            (row,) = (r for r in ours if r["statistic"] == "difference, adjusted")
            assert (row["config"], row["versus"]) == (pair["a"], pair["b"])
            assert row["verdict"] == pair["verdict"]


def test_json_says_how_it_was_made(compared):
    content = json.loads((compared / "c.json").read_text())
    assert set(content["origin"]) == {"command", "date", "machine", "yendor"}
    assert list(content["configs"]) == ["stub", NAME]


def test_every_number_of_the_tables_is_that_of_the_json(compared):
    content = json.loads((compared / "c.json").read_text())
    texts = [(compared / name).read_text() for name in ("c.md", "c.tex", "report.html")]
    for score in content["metrics"]["points"]["scores"]:
        assert all(f"{score['mean']['value']:,.1f}" in text for text in texts)


def test_latex_tables_are_whole_and_names_are_escaped(compared):
    text = (compared / "c.tex").read_text()
    body = "\n".join(line for line in text.splitlines() if not line.startswith("%"))
    for kind in ("table", "tabular"):
        assert body.count(f"\\begin{{{kind}}}") == body.count(f"\\end{{{kind}}}") > 0
    bare = re.sub(r"\\[\\{}$&#_%]", "", body)
    assert bare.count("{") == bare.count("}")
    for table in re.findall(r"\\begin\{tabular\}\{(\w+)\}(.*?)\\end\{tabular\}", body, re.S):
        columns, content = table
        rows = [row for row in content.split("\\\\\n") if "&" in re.sub(r"\\&", "", row)]
        assert rows
        assert all(re.sub(r"\\&", "", row).count("&") == len(columns) - 1 for row in rows)
    assert r"a\_b \& 50\% \ensuremath{<}i\ensuremath{>}" in body


@pytest.mark.parametrize(
    ("plain", "escaped"),
    [
        ("a_b", r"a\_b"),
        ("-0.5 [-1, 2]", r"\ensuremath{-}0.5 [\ensuremath{-}1, 2]"),
        ("run-3", "run-3"),
        (r"\end{x}", r"\textbackslash{}end\{x\}"),
        ("50 %\n#1 ~ ^", r"50 \% \#1 \textasciitilde{} \textasciicircum{}"),
        ("ε → Σ", r"\ensuremath{\varepsilon} \ensuremath{\rightarrow} \ensuremath{\Sigma}"),
        ("a--b ?`é", r"a-{}-b ?{}\textasciigrave{}é"),
        ("日１", "[U+65E5]1"),
    ],
)
def test_nothing_in_a_name_is_a_command_of_latex(plain, escaped):
    assert tex(plain) == escaped


NASTY = [
    "a_b", "50 %", "#1", "R&D", "~home", "x^2", "{x}", "}", "{", "back\\slash",
    "\\end{table}", "$x",
    "→ ⇒ ≤ ∞", "ε-greedy λ Σ", "é Łódź ñ đ", "日本 агент", "🎮", "<i>|>", "\"q\" ' ` ?`", "a--b",
    "[0] *", "* star", "line\nbreak", "x" * 70,
]  # fmt: skip


def test_rows_that_begin_like_an_option_of_latex_are_none():
    r"""After ``\\`` LaTeX reads ``[0]`` as a distance, and ``*`` as another command."""
    sheet = Sheet("s", "t", ("config", "n"), [[Cell(name), Cell("1")] for name in NASTY])
    rows = [line for line in latex_table(sheet).splitlines() if line.endswith(r"& 1 \\")]
    assert len(rows) == len(NASTY) == len(set(rows))
    assert not [row for row in rows if row.startswith(("[", "*"))]


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs pdflatex")
def test_latex_compiles_the_export_of_real_and_of_nasty_names(compared, tmp_path):
    nasty = Sheet("s", "; ".join(NASTY), NASTY, [[Cell(name, True) for name in NASTY]] * 2, "_%")
    (tmp_path / "nasty.tex").write_text(latex_table(nasty), encoding="utf-8")
    shutil.copy(compared / "c.tex", tmp_path)
    (tmp_path / "paper.tex").write_text(
        r"\documentclass{article}\usepackage{booktabs}\usepackage{graphicx}"
        r"\begin{document}\input{c}\input{nasty}\end{document}"
    )
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    log = (tmp_path / "paper.log").read_text(errors="replace")
    assert "Missing character" not in log


def test_markdown_tables_have_as_many_cells_as_headings(compared):
    blocks = re.findall(r"(?:^\|.*\|\n?)+", (compared / "c.md").read_text(), re.M)
    assert len(blocks) > 6
    for block in blocks:
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(widths) == 1


def test_every_figure_has_its_svg_its_pdf_and_its_numbers(compared):
    names = {path.stem for path in (compared / "figures").iterdir()}
    page = (compared / "report.html").read_text()
    assert names == set(re.findall(r'<figure id="figure-([^"]+)"', page))
    for name in names:
        files = {end: compared / "figures" / f"{name}.{end}" for end in ("svg", "pdf", "csv")}
        assert ET.fromstring(files["svg"].read_text()).tag.endswith("svg")
        assert files["pdf"].read_bytes().startswith(b"%PDF")
        assert len(list(csv.reader(files["csv"].open()))) > 1


def test_a_figure_and_its_table_hold_the_same_numbers(compared):
    content = json.loads((compared / "c.json").read_text())
    for metric, comparison in content["metrics"].items():
        rows = list(csv.DictReader((compared / "figures" / f"{metric}-means.csv").open()))
        means = [score["mean"]["value"] for score in comparison["scores"]]
        assert [float(row["mean"]) for row in rows] == means


def test_numbers_go_to_the_standard_output_alone(yendor, evaluated):
    result = yendor("compare", evaluated, "--games", 3, "--workers", 1, "--json", "-")
    assert json.loads(result.stdout)["metrics"]["points"]["scores"][0]["games"] == 3


@pytest.mark.parametrize("option", [option for option in TEXTS if option != "--figures"])
def test_a_folder_in_a_files_place_is_refused_before_any_game(yendor, run_folder, tmp_path, option):
    result = yendor("compare", run_folder, option, tmp_path)
    assert result.exit_code == 2
    assert f"{option} {tmp_path}: is a folder; name a file in it" in result.stderr
    assert not (run_folder / "evaluations").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--figures", "{run}/config.yaml"), "is a file; name a folder"),
        (("--out", "{run}/none/r.html"), "there is no folder"),
        (("--out", "-"), "can't be the standard output"),
        (("--csv", "{run}/x", "--json", "{run}/x"), "can't be the same file"),
    ],
)
def test_outputs_that_can_not_be_are_told(yendor, run_folder, arguments, said):
    given = [argument.format(run=run_folder) for argument in arguments]
    result = yendor("compare", run_folder, *given)
    assert result.exit_code == 2
    assert said in result.stderr


def test_too_few_games_for_an_interval_are_said(yendor, evaluated, tmp_path):
    report = tmp_path / "report.html"
    result = yendor("compare", evaluated, "--games", 3, "--workers", 1, "--out", report)
    assert "too few games (3; 5 at least)" in " ".join(result.output.split())
    assert "too few games (3; 5 at least)" in report.read_text()
