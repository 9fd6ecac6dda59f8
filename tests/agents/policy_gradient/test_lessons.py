"""Lessons from futures: the better policy that they name, and that the network learns it."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.stats import f as fisher
from scipy.stats import f_oneway

import agents
from agents.base import Diverged, State
from agents.lessons import Lesson, Student
from agents.policy_gradient.agent import PolicyGradient
from agents.policy_gradient.lessons import LessonMemory, certainty, improved
from agents.policy_gradient.metrics import LESSON_MEANINGS
from agents.policy_gradient.settings import PolicyGradientSettings

RNG = np.random.default_rng(0)
FEATURES, ACTIONS = 3, 4
SURE = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 0.0], [np.nan, np.nan]])  # the second is better


def agent(**settings):
    chosen = PolicyGradientSettings(hidden=(8,), **settings)
    return PolicyGradient(ACTIONS, 1, FEATURES, chosen, rng=np.random.default_rng(1))


def state(legal=(True, True, True, False), features=None):
    drawn = RNG.normal(size=FEATURES) if features is None else features
    return State(np.asarray(drawn, np.float32), 0, np.array(legal))


def test_certainty_is_one_less_the_inverse_of_fishers_f():
    returns = RNG.normal(size=(5, 3)) + np.arange(5)[:, None]
    assert certainty(returns) == pytest.approx(1 - 1 / f_oneway(*returns).statistic)


def test_noise_alone_gives_hardly_any_certainty_and_no_noise_gives_all():
    noise = [certainty(RNG.normal(size=(8, 4))) for _ in range(500)]
    expected, _ = quad(lambda f: (1 - 1 / f) * fisher.pdf(f, 7, 24), 1, np.inf)
    assert np.mean(noise) == pytest.approx(expected, abs=0.03) and expected < 0.2
    assert certainty(SURE[:3]) == 1
    with np.errstate(all="raise"):  # 0 / 0 is not even tried
        assert certainty(np.ones((3, 2))) == 0


def test_the_better_policy_is_the_best_advantage_less_temperature_times_divergence():
    policy, temperature = np.array([0.5, 0.2, 0.3]), 0.4
    values = np.array([1.0, 1.5, 0.2])
    found, told = improved(policy, np.stack([values, values], axis=1), temperature)

    def loss(logits):
        q = np.exp(logits) / np.exp(logits).sum()
        return -(q @ values - temperature * (q * np.log(q / policy)).sum())

    best = minimize(loss, np.zeros(3), tol=1e-12).x
    assert found == pytest.approx(np.exp(best) / np.exp(best).sum(), abs=1e-5)
    assert told["lesson_gain"] == pytest.approx((found - policy) @ values)


def test_what_is_illegal_stays_so_and_returns_that_are_alike_teach_nothing():
    policy = np.array([0.2, 0.3, 0.5, 0.0])
    better, _ = improved(policy, SURE, 0.1)
    assert better[3] == 0 and better.sum() == pytest.approx(1) and better[1] > 0.9
    alike = np.where(np.isnan(SURE), np.nan, 7.0)
    assert improved(policy, alike, 0.1)[0] == pytest.approx(policy)


def test_the_better_policy_stays_finite_where_returns_are_thousands_of_temperatures():
    better, _ = improved(np.full(4, 0.25), 1e5 * SURE + 1e5, 0.1)
    assert better.tolist() == [0, 1, 0, 0]


@pytest.mark.parametrize("memory", [0, 4])
def test_the_policy_learns_what_a_lesson_says(memory):
    student, there = agent(lesson_memory=memory, learning_rate=0.02, lesson_epochs=50), state()
    before = student.action_probabilities(there)[1]
    metrics = student.study([Lesson(there, SURE)])
    assert student.action_probabilities(there)[1] > max(0.9, before)
    assert set(metrics) == set(LESSON_MEANINGS)
    assert isinstance(student, Student)


def test_a_lesson_that_tells_nothing_changes_nothing():
    student, there = agent(optimiser="sgd", precision="float64"), state()
    before = student.policy.parameters.copy()
    student.study([Lesson(there, np.where(np.isnan(SURE), np.nan, 1.0))])
    assert student.policy.parameters == pytest.approx(before, abs=1e-12)


def test_returns_are_taken_in_deviations():
    """Returns of ten times the size, whose deviation is ten times as large, teach the same."""
    there, plain, scaled = state(), agent(), agent()
    scaled.returns.update(np.array([[-10.0], [10.0]]))
    told = [plain.study([Lesson(there, SURE)]), scaled.study([Lesson(there, 10 * SURE)])]
    assert told[1] == pytest.approx(told[0])


def test_a_weight_that_is_no_number_is_told(monkeypatch):
    student = agent(lesson_epochs=1)
    monkeypatch.setattr(
        student.policy_optimiser, "step", lambda gradient: student.policy.parameters.fill(np.inf)
    )
    monkeypatch.setattr(student, "_policy_at", lambda state: np.array([0.2, 0.3, 0.5, 0.0]))
    with pytest.raises(Diverged, match="a weight is NaN or infinite"):
        student.study([Lesson(state(), SURE)])


def test_without_a_lesson_there_is_nothing_to_study():
    assert agent(lesson_memory=4).study([]) == {}


def test_remembered_lessons_are_learned_from_again():
    student, there = agent(lesson_memory=4, lesson_epochs=1), state()
    student.study([Lesson(there, SURE)])
    before = student.action_probabilities(there)[1]
    assert set(student.study([])) == {"lesson_loss", "lesson_gradient_norm"}
    assert student.action_probabilities(there)[1] > before


def test_the_oldest_lesson_is_forgotten_first():
    memory = LessonMemory(2, 1, 2)
    for number in range(3):
        memory.add(np.array([number]), np.array([0.5, 0.5]), np.array([True, True]))
    assert memory.features[:, 0].tolist() == [2, 1] and len(memory) == 2
    assert memory.count.tolist() == [3]
    rows = np.concatenate(list(memory.batches(3, 1, RNG)))
    assert sorted(rows.tolist()) == [0, 0, 0, 1, 1, 1]


def test_the_memory_is_part_of_the_checkpoint(tmp_path):
    student = agent(lesson_memory=4)
    student.study([Lesson(state(), SURE)])
    student.save(tmp_path)
    other = agents.load(tmp_path)
    for one in (student, other):
        one.rng = np.random.default_rng(5)
        one.study([Lesson(state(features=[1, 2, 3]), SURE)])
    assert np.array_equal(student.policy.parameters, other.policy.parameters)


def test_torch_learns_the_same_from_lessons():
    pytest.importorskip("torch")
    lessons = [
        Lesson(state(), SURE),
        Lesson(state((True, True, True, True)), RNG.normal(size=(4, 2))),
    ]
    ours, theirs = (agent(backend=name, precision="float64") for name in ("numpy", "torch"))
    for one in (ours, theirs):
        one.rng = np.random.default_rng(0)
        one.study(lessons)
    assert ours.policy.parameters == pytest.approx(theirs.policy.parameters, abs=1e-9)


def test_remembered_lessons_are_dealt_out_evenly_each_once_an_epoch():
    memory = LessonMemory(7, 1, 2)
    for _ in range(5):
        memory.add(np.zeros(1), np.array([1.0, 0.0]), np.ones(2, bool))
    batches = list(memory.batches(2, 4, np.random.default_rng(0)))
    assert [len(rows) for rows in batches] == [3, 2, 3, 2]  # 4 and 1 would be as long a step each
    assert sorted(np.concatenate(batches[:2])) == sorted(np.concatenate(batches[2:])) == [*range(5)]
    assert not list(LessonMemory(7, 1, 2).batches(2, 4, np.random.default_rng(0)))


def test_what_the_policy_rules_out_stays_out_however_good_and_bold():
    """Far out, probabilities are 0 by underflow: of 0 · e^(1/τ) nothing may come but 0."""
    returns = np.array([[9.0, 9.1], [0.0, 0.1], [1.0, 1.1]])
    found, told = improved(np.array([0.0, 0.5, 0.5]), returns, 1e-3)
    assert found == pytest.approx([0, 0, 1]) and np.isfinite(list(told.values())).all()


def test_the_loss_is_finite_where_the_policy_is_all_but_certain():
    learner = agent(prior=[0, 1, 2, 3], prior_kind="order", prior_strength=50.0)
    told = learner.study(
        [Lesson(state(legal=(True,) * 4), np.array([[0.0], [1.0], [2.0], [9.0]]) + [0, 0.1])]
    )
    assert np.isfinite(told["lesson_loss"])
