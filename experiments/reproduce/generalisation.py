"""A 4-4-4 network reverses the six rows it was trained on, and not the six that start with 1.

Source: the post "Neural Networks and the generalisation problem", with its settings: sigmoid units,
squared error, gradient descent on all rows, 10,000 steps at a learning rate of 0.1.
"""

from __future__ import annotations

import numpy as np
from rich.text import Text

from experiments.console import Table
from experiments.reproduce.plots import curves
from experiments.reproduce.report import NOT_IN_POST, Check, Report, Settings, bits
from experiments.reproduce.training import Fit, fit

SEEN = ("0000", "0001", "0010", "0101", "0110", "0111")
UNSEEN = ("1000", "1001", "1010", "1101", "1110", "1111")
LEFT_OUT = ("0011", "0100")  # they start with 0, and the post does not train on them either
POST_UNSEEN = ("0000", "1000", "0100", "1010", "0110", "1110")
SIZES = (4, 4, 4)
LEARNING_RATE, STEPS, STARTS = 0.1, 10_000, 10
POINTER = (
    "The same question asked of agents, training games against unseen games: "
    "yendor evaluate RUN --generalisation"
)


def reproduce(settings: Settings, steps: int = STEPS) -> Report:
    """Return the post's figures, of the first random start that learns the six rows.

    Args:
        settings: the seed draws the starts.
        steps: of gradient descent.
    """
    rng = settings.rng()
    x = rows(SEEN)
    for start in range(1, STARTS + 1):
        settings.say(f"start {start}")
        trained = fit(SIZES, x, x[:, ::-1], LEARNING_RATE, steps, rng)
        if trained.learned:
            break
    labels = ("step", "squared error")
    plot = curves("generalisation-learning", "Reversing, 4–4–4",
                  {"the six training rows": trained.losses}, labels, log=True)  # fmt: skip
    title = "Neural networks and the generalisation problem"
    return Report(title, _checks(trained, start), (plot,), (_table(trained),), (POINTER,))


def rows(inputs: tuple[str, ...]) -> np.ndarray:
    """Return (N, 4) float64 from digits such as 0110."""
    return np.array([[float(digit) for digit in row] for row in inputs])


def outputs(trained: Fit, inputs: tuple[str, ...]) -> list[str]:
    """Return the network's rounded output for each input."""
    return [bits(output) for output in trained.net.predict(rows(inputs))]


def correct(trained: Fit, inputs: tuple[str, ...]) -> int:
    """Return how many inputs come out reversed."""
    return sum(o == i[::-1] for o, i in zip(outputs(trained, inputs), inputs, strict=True))


def _checks(trained: Fit, start: int) -> tuple[Check, ...]:
    right, wrong = correct(trained, SEEN), correct(trained, UNSEEN)
    first = slice(0, SIZES[1])  # W₁ row by row: the first input's weights come first
    moved = np.abs(trained.net.parameters[first] - trained.start[first]).max()
    same = sum(a == b for a, b in zip(outputs(trained, UNSEEN), POST_UNSEEN, strict=True))
    return (
        Check(f"training rows reversed (start {start})", "6 of 6", f"{right} of 6", right == 6),
        Check(
            "inputs that start with 1, reversed",
            "0 of 6",
            f"{wrong} of 6; {same} of 6 outputs are the post's",
            wrong == 0,
        ),
        Check(
            "change of the first input's weights in training",
            NOT_IN_POST,
            f"{moved:g}: the input is 0 in every row, and so is their gradient",
            bool(moved == 0),
        ),
    )


def _table(trained: Fit) -> Table:
    table = Table(
        "input", "reversed", "output in the post", "output here", "", title_justify="left"
    )
    table.title = "rounded outputs"
    post = (*(row[::-1] for row in SEEN), *POST_UNSEEN, *("not asked" for _ in LEFT_OUT))
    inputs = (*SEEN, *UNSEEN, *LEFT_OUT)
    kinds = ("trained on", "starts with 1", "starts with 0, not trained on")
    kind = np.repeat(kinds, [len(SEEN), len(UNSEEN), len(LEFT_OUT)]).tolist()
    for row, theirs, ours, what in zip(inputs, post, outputs(trained, inputs), kind, strict=True):
        style = "green" if ours == row[::-1] else "red"
        table.add_row(row, row[::-1], theirs, Text(ours, style=style), what)
    return table
