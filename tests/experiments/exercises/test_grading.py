"""The grader passes right answers, fails wrong ones with a reason, and survives any answer."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from experiments.cli.main import app
from experiments.exercises.grading import grade
from experiments.exercises.registry import LESSONS

MODEL = Path(__file__).parent / "model_answers.py"


def remark(tmp_path, code, question="returns", seconds=20.0):
    file = tmp_path / "answers.py"
    file.write_text(code)
    chosen = [q for questions in LESSONS.values() for q in questions if q.name == question]
    (grade_,) = grade(file, {"lesson": tuple(chosen)}, seconds=seconds)
    assert grade_.right == (not grade_.remark)
    return grade_.remark


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("seed", [0, 20261])
def test_right_answers_pass_whatever_the_seed(lesson, seed):
    assert [g.remark for g in grade(MODEL, {lesson: LESSONS[lesson]}, seed)] == [
        "" for _ in LESSONS[lesson]
    ]


# What students write first: each is wrong in one place.
@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("ucb_arm", "            return arm\n", "            continue\n"),
        ("ucb_arm", "math.log(t) / n", "math.log(t)"),
        ("thompson_probability", "(b > a)", "(b < a)"),
        ("thompson_probability", "successes[:, None] + 1", "successes[:, None] + 2"),
        ("choose", "int(rng.beta(wins + 1, counts - wins + 1).argmax())", "int(means.argmax())"),
        ("decision_reward", "total, discount = 0.0, 1.0", "total, discount = 0.0, gamma"),
        ("posterior", "(1 - gain) * variance", "variance"),
        ("worth_of_context", "weights=frequency", "weights=None"),
        ("linucb_bounds", "alpha * np.sqrt(", "alpha * ("),
        ("softmax", "np.exp(z - max(z))", "np.exp(z)"),
        ("logits_gradient", "softmax(z) - y", "y - softmax(z)"),
        ("policy_gradient", "gradient[legal] = softmax(z[legal])", "gradient = softmax(z)"),
        ("returns", "discount * ahead", "ahead"),
        ("generalised_advantages", "discounts[t] * lam", "lam"),
        ("ppo_weight", "<= clamped", "< clamped"),
        ("ppo_weight", "else 0.0", "else clamped * advantage"),
        ("interval", "mean - high * error, mean - low * error", "np.quantile(scores, [0, 1])"),
        ("interval", "mean - high * error, mean - low * error", "mean - error, mean + error"),
        ("holm", "            break\n", "            continue\n"),
        ("holm", "(len(p_values) - i)", "len(p_values)"),
    ],
)
def test_a_wrong_answer_is_told_what_is_wrong(tmp_path, question, right, wrong):
    code = MODEL.read_text()
    assert right in code
    assert remark(tmp_path, code.replace(right, wrong), question)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("", "has no function returns"),
        ("def returns(r, d):\n    raise NotImplementedError", "not answered yet"),
        ("def returns(r, d):\n    return 1 / 0", "ZeroDivisionError in line 2"),
        ("def returns(r, d):\n    return None", "expected numbers|expected the shape"),
        ("def returns(r, d):\n    return 'x'", "expected numbers"),
        ("def returns(r, d):\n    return r[:-1]", "expected the shape"),
        ("def returns(r):\n    return r", "TypeError"),
        ("def returns(r, d)\n    return r", "SyntaxError in line 1"),
        ("import sys\nsys.exit(0)", "SystemExit"),
        ("import os\nos._exit(0)", "the process that ran it died"),
        ("returns = 3", "TypeError"),
    ],
)
def test_any_answer_gets_a_remark_and_no_traceback(tmp_path, code, told):
    assert any(part in remark(tmp_path, code) for part in told.split("|"))


def test_an_answer_that_never_ends_is_given_up(tmp_path):
    assert "no answer within" in remark(tmp_path, "while True: pass", seconds=0.3)


def test_a_blank_file_has_every_question_open_and_is_never_overwritten(tmp_path):
    run, file = CliRunner().invoke, tmp_path / "answers.py"
    assert run(app, ["grade", str(file), "--blank"]).exit_code == 0
    result = run(app, ["grade", str(file), "--json"])
    grades = json.loads(result.output)
    assert result.exit_code == 1
    assert (grades["right"], grades["of"]) == (0, sum(map(len, LESSONS.values())))
    assert {g["remark"] for g in grades["grades"]} == {"not answered yet"}
    before = file.read_text()
    assert run(app, ["grade", str(file), "--blank"]).exit_code == 2
    assert file.read_text() == before


def test_the_verb_names_the_nearest_lesson_and_a_missing_file(tmp_path):
    result = CliRunner().invoke(app, ["grade", str(MODEL), "--lesson", "softmaks"])
    assert result.exit_code == 2
    assert "softmax" in result.output
    result = CliRunner().invoke(app, ["grade", str(tmp_path / "none.py")])
    assert result.exit_code == 2
    assert "--blank" in result.output
