"""Any text as LaTeX that pdfLaTeX compiles, without packages: nothing in it is a command."""

from __future__ import annotations

import re
import unicodedata

SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "^": r"\textasciicircum{}", "_": r"\_", "~": r"\textasciitilde{}", "%": r"\%",
    "|": r"\textbar{}", "`": r"\textasciigrave{}",
}  # fmt: skip
MATHS = {
    "<": "<", ">": ">", "−": "-", "×": r"\times", "≥": r"\geq", "≤": r"\leq", "≠": r"\neq",
    "≈": r"\approx", "∞": r"\infty", "∈": r"\in", "∉": r"\notin", "∂": r"\partial", "∇": r"\nabla",
    "∑": r"\sum", "∏": r"\prod", "√": r"\surd", "←": r"\leftarrow", "→": r"\rightarrow",
    "↑": r"\uparrow", "↓": r"\downarrow", "↔": r"\leftrightarrow", "↦": r"\mapsto",
    "⇐": r"\Leftarrow", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "′": "'",
    "ε": r"\varepsilon", "ο": "o", "ς": r"\varsigma", "ϵ": r"\epsilon", "ϕ": r"\phi",
    "φ": r"\varphi", "µ": r"\mu",
}  # fmt: skip
CAPITALS = "ΓΔΘΛΞΠΣΥΦΨΩ"  # the others look like Latin letters, and TeX has none of them
# What LaTeX takes as it is since 2018, beside ASCII: most Latin letters, and some signs.
NATIVE = re.compile(r"[ -~¡-ª¬-º¼-ſ‐-―‖‘’“”†‡•…‰€™№]")
NOT_NATIVE = set("ÐÞðþĄąĐđĘęĦħĮįĸĿŀŉŊŋŦŧŲųſ")


def tex(text: str) -> str:
    """Text as LaTeX: a minus is no hyphen, and signs without a letter in TeX become their code."""
    text = re.sub(r"(?<![\w.])-(?=\d)", "−", " ".join(text.split()))
    written = "".join(map(_sign, text))
    return re.sub(r"-(?=-)|[?!](?=\\textasciigrave)", r"\g<0>{}", written)  # no ligatures


def first_cell(written: str) -> str:
    r"""Keep a cell at the start of a row from being read as an option of ``\\`` before it."""
    return "{}" + written if written.startswith(("[", "*")) else written


def _sign(sign: str) -> str:
    if sign in SIGNS:
        return SIGNS[sign]
    if maths := MATHS.get(sign) or _greek(sign):
        return rf"\ensuremath{{{maths}}}"
    if NATIVE.fullmatch(sign) and sign not in NOT_NATIVE:
        return sign
    plain = unicodedata.normalize("NFKC", sign)
    return "".join(map(_sign, plain)) if plain != sign else f"[U+{ord(sign):04X}]"


def _greek(letter: str) -> str:
    """Return TeX's command for a Greek letter without accents, such as ``\\alpha``; else ""."""
    if not "α" <= letter <= "ω" and letter not in CAPITALS:
        return ""
    word = unicodedata.name(letter).split()[-1].replace("LAMDA", "LAMBDA")
    return f"\\{word.capitalize() if letter in CAPITALS else word.lower()}"
