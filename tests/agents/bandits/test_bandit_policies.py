"""What every bandit policy promises, and the lecture's exercise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from agents.bandits import UCB, EpsilonGreedy, GradientBandit, Greedy, Thompson
from agents.bandits.ucb import upper_bounds

POLICIES = {
    "greedy": Greedy,
    "greedy, constant step": lambda n, **kw: Greedy(n, step_size=0.3, initial_value=1.0, **kw),
    "epsilon": lambda n, **kw: EpsilonGreedy(n, 0.3, **kw),
    "epsilon, decaying": lambda n, **kw: EpsilonGreedy(n, 0.9, 0.1, 20, **kw),
    "ucb": lambda n, **kw: UCB(n, 0.5, **kw),
    "thompson": Thompson,
    "thompson, singular prior": lambda n, **kw: Thompson(n, 0.05, 0.05, **kw),
    "thompson, gaussian": lambda n, **kw: Thompson(n, posterior="gaussian", **kw),
    "gradient": lambda n, **kw: GradientBandit(n, 0.5, **kw),
}
every_policy = pytest.mark.parametrize("build", POLICIES.values(), ids=POLICIES.keys())


@st.composite
def histories(draw):
    """(A, action mask, [(arm, reward), ...]) with rewards 0, 1/2 and 1, so that ties occur."""
    n_arms = draw(st.integers(1, 6))
    legal = draw(st.lists(st.booleans(), min_size=n_arms, max_size=n_arms).filter(any))
    step = st.tuples(st.integers(0, n_arms - 1), st.sampled_from([0.0, 0.5, 1.0]))
    return n_arms, np.array(legal), draw(st.lists(step, max_size=15))


def after(build, n_arms, history, seed=0, **keywords):
    bandit = build(n_arms, rng=np.random.default_rng(seed), **keywords)
    for arm, reward in history:
        bandit.update(arm, reward)
    return bandit


EXERCISE = [(0, 0.0), (1, 1.0)]  # the lecture's: first (a, 0), then (b, 1)


@pytest.mark.parametrize("kind", [Greedy, EpsilonGreedy])
def test_values_begin_where_they_are_told_and_move_by_the_step_size(kind):
    bandit = kind(2, step_size=0.25, initial_value=1.0)
    assert bandit.estimates().tolist() == [1, 1]
    for _ in range(2):  # 1 + (0 - 1) / 4, and a quarter of the way again
        bandit.update(0, 0.0)
    assert bandit.estimates().tolist() == [0.75**2, 1]


def test_the_exercise_greedy_never_takes_a():
    assert after(Greedy, 2, EXERCISE).action_probabilities()[0] == 0


@settings(deadline=None)
@given(epsilon=st.floats(0, 1))
def test_the_exercise_epsilon_greedy_takes_a_with_half_epsilon(epsilon):
    bandit = EpsilonGreedy(2, epsilon)
    for arm, reward in EXERCISE:
        bandit.update(arm, reward)
    assert bandit.action_probabilities() == pytest.approx([epsilon / 2, 1 - epsilon / 2])


@settings(deadline=None)
@given(c=st.floats(0, 1e300))
def test_the_exercise_ucb_never_takes_a_for_any_c(c):
    bandit = UCB(2, c)
    for arm, reward in EXERCISE:
        bandit.update(arm, reward)
    assert bandit.action_probabilities().tolist() == [0, 1]


def test_the_exercise_thompson_takes_a_with_one_sixth_and_has_the_posts_posteriors():
    bandit = after(Thompson, 2, EXERCISE)
    x = np.linspace(0, 1, 11)
    assert bandit.action_probabilities() == pytest.approx([1 / 6, 5 / 6], abs=1e-12)
    assert bandit.estimates() == pytest.approx([1 / 3, 2 / 3])
    assert bandit.density(x) == pytest.approx(np.array([2 - 2 * x, 2 * x]))


@every_policy
@settings(max_examples=25, deadline=None)
@given(problem=histories())
def test_probabilities_sum_to_one_and_are_zero_on_illegal_arms(build, problem):
    n_arms, legal, history = problem
    bandit = after(build, n_arms, history)
    probabilities = bandit.action_probabilities(legal)
    assert probabilities.shape == (n_arms,)
    assert (probabilities >= 0).all()
    assert probabilities.sum() == pytest.approx(1, abs=1e-8)
    assert (probabilities[~legal] == 0).all()
    assert all(legal[bandit.select(legal)] for _ in range(10))


@every_policy
@pytest.mark.parametrize("legal", [None, np.array([True, True, False, True])])
def test_choices_have_the_stated_probabilities(build, legal):
    history = [(0, 0.5), (1, 0.5), (2, 1.0), (3, 0.5), (0, 1.0), (0, 0.0)]
    bandit = after(build, 4, history, seed=7)
    stated = bandit.action_probabilities(legal)
    n = 4000
    seen = np.bincount([bandit.select(legal) for _ in range(n)], minlength=4)
    possible = stated > 0
    assert seen[~possible].sum() == 0
    if possible.sum() > 1:
        assert stats.chisquare(seen[possible], n * stated[possible]).pvalue > 1e-4


@every_policy
def test_the_same_generator_makes_the_same_choices(build):
    def choices(seed):
        bandit = build(5, rng=np.random.default_rng(seed))
        reward = np.random.default_rng(99)
        taken = []
        for _ in range(200):
            taken.append(bandit.select())
            bandit.update(taken[-1], float(reward.random() < 0.5))
        return taken

    assert choices(1) == choices(1)
    assert choices(1) != choices(2) or build is Greedy


@every_policy
def test_contexts_do_not_share_what_they_learn(build):
    bandit = build(3, n_contexts=2, rng=np.random.default_rng(0))
    fresh = bandit.estimates(1)
    before = bandit.estimates(0)
    for _ in range(5):
        bandit.update(2, 1.0, context=0)
        bandit.update(2, 0.75, context=0)
    assert (bandit.estimates(1) == fresh).all()
    assert (bandit.estimates(0) != before).any()
    assert bandit.counts.tolist() == [[0, 0, 10], [0, 0, 0]]


@every_policy
def test_bad_masks_arms_contexts_and_rewards_are_errors(build):
    bandit = build(3, rng=np.random.default_rng(0))
    for ask in (bandit.select, bandit.action_probabilities):
        with pytest.raises(ValueError, match="allows none"):
            ask(np.zeros(3, dtype=bool))
        with pytest.raises(ValueError, match=r"shape \(3,\), got \(2,\)"):
            ask(np.ones(2, dtype=bool))
        with pytest.raises(ValueError, match="context must be between 0 and 0, got -1"):
            ask(None, -1)
    with pytest.raises(ValueError, match="arm must be between 0 and 2, got 3"):
        bandit.update(3, 1.0)
    with pytest.raises(ValueError, match="reward"):
        bandit.update(0, float("nan"))
    assert bandit.counts.sum() == 0


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Greedy(0), "at least one arm"),
        (lambda: Greedy(2, n_contexts=0), "at least one arm and one context"),
        (lambda: Greedy(2, step_size=0), "step_size must be above 0 up to 1, got 0"),
        (lambda: Greedy(2, initial_value=np.inf), "initial_value must be from"),
        (lambda: EpsilonGreedy(2, 1.5), "epsilon must be from 0 up to 1, got 1.5"),
        (lambda: EpsilonGreedy(2, 0.5, 0.1), "given together"),
        (lambda: EpsilonGreedy(2, 0.5, -0.1, 10), "final_epsilon must be"),
        (lambda: EpsilonGreedy(2, 0.5, 0.1, 0), "decay_decisions must be from 1"),
        (lambda: UCB(2, -1), "c must be from 0 up to 1e\\+300, got -1"),
        (lambda: Thompson(2, alpha=0), "alpha must be from 1e-06"),
        (lambda: Thompson(2, beta=-1), "beta must be from 1e-06"),
        (
            lambda: Thompson(2, posterior="gamma"),
            "unknown posterior 'gamma'.*Valid: beta, gaussian",
        ),
        (lambda: Thompson(2, noise_variance=0), "noise_variance must be from 1e-06"),
        (lambda: Thompson(2, prior_variance=0), "prior_variance must be from 1e-06"),
        (lambda: GradientBandit(2, 0), "step_size must be above 0"),
    ],
)
def test_bad_settings_are_named(build, message):
    with pytest.raises(ValueError, match=message):
        build()


@settings(deadline=None)
@given(problem=histories())
def test_action_values_are_sample_averages(problem):
    n_arms, _, history = problem
    bandit = after(Greedy, n_arms, history)
    for arm in range(n_arms):
        rewards = [reward for taken, reward in history if taken == arm]
        assert bandit.counts[0, arm] == len(rewards)
        assert bandit.estimates()[arm] == pytest.approx(np.mean(rewards) if rewards else 0)


def test_a_constant_step_weighs_rewards_exponentially():
    # Sutton & Barto (2018), equation 2.6, for Q1 = 8, step 1/4 and rewards 0, 4.
    bandit = after(lambda n, **kw: Greedy(n, 0.25, 8.0, **kw), 1, [(0, 0.0), (0, 4.0)])
    assert bandit.estimates()[0] == pytest.approx(0.75**2 * 8 + 0.25 * 0.75 * 0 + 0.25 * 4)


def test_greedy_ties_are_uniform():
    bandit = after(Greedy, 4, [(0, 0.5), (1, 1.0), (2, 1.0), (3, 1.0)])
    assert bandit.action_probabilities() == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3])
    legal = np.array([True, True, True, False])
    assert bandit.action_probabilities(legal) == pytest.approx([0, 1 / 2, 1 / 2, 0])


def test_epsilon_decays_in_a_straight_line_and_stays():
    bandit = EpsilonGreedy(2, 0.9, 0.1, 4, n_contexts=2)
    seen = []
    for decision in range(6):
        seen.append(bandit.current_epsilon())
        bandit.update(0, 1.0, context=decision % 2)
    assert seen == pytest.approx([0.9, 0.7, 0.5, 0.3, 0.1, 0.1])


@settings(deadline=None)
@given(problem=histories())
def test_ucb_without_bonus_is_greedy(problem):
    n_arms, legal, history = problem
    ucb = after(lambda n, **kw: UCB(n, 0, **kw), n_arms, history)
    greedy = after(Greedy, n_arms, history)
    assert (ucb.action_probabilities(legal) == greedy.action_probabilities(legal)).all()


def test_ucb_tries_untried_legal_arms_first_uniformly():
    bandit = after(lambda n, **kw: UCB(n, 0.1, **kw), 4, [(0, 1.0), (0, 1.0)])
    assert bandit.action_probabilities() == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3])
    legal = np.array([True, False, True, True])
    assert bandit.action_probabilities(legal) == pytest.approx([0, 0, 1 / 2, 1 / 2])


@pytest.mark.parametrize(("c", "best"), [(0.9, 0), (1.1, 1)])
def test_ucb_weighs_value_against_uncertainty(c, best):
    # n = (3, 1), Q = (1/2, 0), t = 4: equal bounds at
    # c = (1/2) / (sqrt(ln 4) - sqrt(ln 4 / 3)) = 1.00472...
    history = [(0, 0.5), (0, 0.5), (0, 0.5), (1, 0.0)]
    bandit = after(lambda n, **kw: UCB(n, c, **kw), 2, history)
    assert bandit.select() == best


@settings(deadline=None)
@given(counts=st.lists(st.integers(0, 9), min_size=1, max_size=5), c=st.floats(0, 10))
def test_the_compiled_bounds_are_those_of_their_source(counts, c):
    values, n = np.linspace(0, 1, len(counts)), np.array(counts)
    assert upper_bounds(values, n, c) == pytest.approx(upper_bounds.py_func(values, n, c))


def test_exploring_beats_greedy_on_the_ten_armed_testbed():
    # Sutton & Barto (2018), figures 2.2 and 2.4: true values N(0, 1), rewards N(q, 1).
    def average_reward(build, runs=40, steps=400):
        total = 0.0
        for run in range(runs):
            world = np.random.default_rng(run)
            truth, noise = world.normal(size=10), world.normal(size=steps)
            bandit = build(10, rng=np.random.default_rng(1000 + run))
            for step in range(steps):
                arm = bandit.select()
                bandit.update(arm, truth[arm] + noise[step])
                total += truth[arm]
        return total / (runs * steps)

    greedy = average_reward(Greedy)
    assert average_reward(lambda n, **kw: EpsilonGreedy(n, 0.1, **kw)) > greedy + 0.05
    assert average_reward(lambda n, **kw: UCB(n, 2.0, **kw)) > greedy + 0.1
