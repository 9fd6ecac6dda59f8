"""Thompson sampling: posteriors by Bayes' rule, choice probabilities by closed forms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from agents.bandits import Thompson, beta_log_odds
from agents.bandits.best_arm import beta_best, gaussian_best

# Beta(a, 1) has F(x) = x^a, so P(i largest) = int a_i x^(sum a - 1) dx = a_i / sum a.
parameter = st.floats(-3, 5).map(lambda exponent: 10.0**exponent)


@settings(max_examples=60, deadline=None)
@given(a=st.lists(parameter, min_size=1, max_size=8))
def test_best_of_power_distributions(a):
    a = np.array(a)
    assert beta_best(a, np.ones(len(a))) == pytest.approx(a / a.sum(), abs=1e-8)


@settings(max_examples=60, deadline=None)
@given(b=st.tuples(parameter, parameter))
def test_best_of_two_mirrored_power_distributions(b):
    # 1 - X is Beta(b, 1), and the largest X is the smallest 1 - X.
    expected = np.array([b[1], b[0]]) / sum(b)
    assert beta_best(np.ones(2), np.array(b)) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("parameters", [(1e-3, 1e-3), (0.5, 0.5), (1, 1), (1e5, 3e5), (0.01, 1e5)])
@pytest.mark.parametrize("n_arms", [1, 2, 7])
def test_equal_posteriors_are_equally_likely_to_be_best(parameters, n_arms):
    alpha, beta = (np.full(n_arms, value) for value in parameters)
    assert beta_best(alpha, beta) == pytest.approx(np.full(n_arms, 1 / n_arms), abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(pairs=st.lists(st.tuples(parameter, parameter), min_size=2, max_size=6))
def test_an_arm_against_the_rest_is_a_fair_account(pairs):
    # P(1 beats 2) of two arms alone, and their mirror images, say the same.
    alpha, beta = np.array(pairs[:2]).T
    assert beta_best(alpha, beta) == pytest.approx(beta_best(beta, alpha)[::-1], abs=1e-7)


def test_sharp_posteriors_are_compared_like_normal_ones():
    # Counts of 1e5: the Beta posteriors are normal up to terms of order 1/sqrt(n).
    alpha, beta = np.array([50_000.0, 50_200.0]), np.array([50_000.0, 49_800.0])
    mean = alpha / (alpha + beta)
    variance = mean * (1 - mean) / (alpha + beta + 1)
    expected = stats.norm.cdf((mean[0] - mean[1]) / np.sqrt(variance.sum()))
    assert beta_best(alpha, beta)[0] == pytest.approx(expected, rel=1e-3)


def test_a_sharp_arm_among_vague_ones():
    # Nearly a point at 1/2: it is best when both uniform arms fall below 1/2.
    alpha, beta = np.array([1e5, 1.0, 1.0]), np.array([1e5, 1.0, 1.0])
    assert beta_best(alpha, beta) == pytest.approx([1 / 4, 3 / 8, 3 / 8], abs=1e-4)


def test_best_of_two_gaussians():
    mean, variance = np.array([0.0, 1.0]), np.array([1.0, 3.0])
    expected = stats.norm.cdf(-1 / 2)  # the difference is N(-1, 4)
    assert gaussian_best(mean, variance) == pytest.approx([expected, 1 - expected], abs=1e-12)


@pytest.mark.parametrize(("alpha", "beta"), [(0.3, 2.0), (1.0, 1.0), (40.0, 7.0), (1e5, 3e5)])
def test_log_odds_are_those_of_beta_draws(alpha, beta):
    rng = np.random.default_rng(3)
    shapes = np.array([[alpha] * 3000, [beta] * 3000])
    x = 1 / (1 + np.exp(-beta_log_odds.draw(rng, shapes)))
    assert stats.kstest(x, stats.beta(alpha, beta).cdf).pvalue > 1e-3


def test_draws_never_tie_even_when_the_numbers_would():
    draws = beta_log_odds.draw(np.random.default_rng(0), np.full((2, 1000), 0.001))
    assert len(np.unique(draws)) == 1000
    assert np.isfinite(draws).all()


@pytest.mark.parametrize("tries", [8, 40])
def test_the_compiled_draws_are_those_of_their_source(tries):
    rng = np.random.default_rng(4)
    shapes, normals = rng.uniform(0.1, 9, (2, 4)), rng.normal(scale=3, size=tries)
    exponentials = rng.standard_exponential(8 + tries)
    source, compiled = np.empty(4), np.empty(4)
    enough = beta_log_odds.fill.py_func(shapes, normals, exponentials, source)
    assert beta_log_odds.fill(shapes, normals, exponentials, compiled) == enough
    assert enough == (tries == 40)
    assert compiled == pytest.approx(source)


def test_draws_are_those_of_the_exact_test_without_the_squeeze():
    rng = np.random.default_rng(0)
    for _ in range(100):
        shapes, normals = np.exp(rng.uniform(-3, 4, (2, 4))), 2 * rng.standard_normal(200)
        exponentials = rng.standard_exponential(8 + 200)
        draws = np.empty(4)
        assert beta_log_odds.fill(shapes, normals, exponentials, draws)
        tries, logs = zip(normals, exponentials[8:], strict=True), []
        for k, minus_log_boost in zip(shapes.ravel(), exponentials, strict=False):
            d = k + 2 / 3
            for x, minus_log_u in tries:
                v = (1 + x / np.sqrt(9 * d)) ** 3
                if v > 0 and -minus_log_u < x**2 / 2 + d - d * v + d * np.log(v):
                    break
            logs.append(np.log(d * v) - minus_log_boost / k)
        assert draws == pytest.approx(np.subtract(logs[:4], logs[4:]))


def test_draws_start_afresh_when_the_tries_run_out():
    class Unlucky:
        """Once, normal numbers that Marsaglia & Tsang must reject."""

        def __init__(self):
            self.rng, self.calls = np.random.default_rng(0), 0

        def standard_normal(self, n):
            self.calls += 1
            return np.full(n, -100.0) if self.calls == 1 else self.rng.standard_normal(n)

        def standard_exponential(self, n):
            return self.rng.standard_exponential(n)

    unlucky = Unlucky()
    assert np.isfinite(beta_log_odds.draw(unlucky, np.ones((2, 4)))).all()
    assert unlucky.calls == 2


@pytest.mark.parametrize("posterior", ["beta", "gaussian", "student_t"])
def test_choices_are_counted_whatever_the_posterior(posterior):
    bandit = Thompson(2, posterior=posterior, rng=np.random.default_rng(0))
    for _ in range(3):
        bandit.update(1, 1.0)
    assert bandit.counts.tolist() == [[0, 3]]


def test_the_density_is_betas():
    bandit, x = Thompson(2, 2.5, 4.0), np.linspace(0, 1, 11)
    assert bandit.density(x) == pytest.approx(np.tile(stats.beta(2.5, 4.0).pdf(x), (2, 1)))


def test_successes_count_to_alpha_and_failures_to_beta():
    bandit = Thompson(2, 1.0, 2.0)
    for reward in (1, 1, 0, 1, 0):
        bandit.update(0, reward)
    assert bandit.parameters[0].tolist() == [[4, 1], [4, 2]]
    assert bandit.estimates() == pytest.approx([4 / 8, 1 / 3])


def test_a_fractional_reward_succeeds_that_often():
    bandit = Thompson(1, rng=np.random.default_rng(0))
    for _ in range(2000):
        bandit.update(0, 0.3)
    successes, failures = bandit.parameters[0, :, 0] - 1
    assert successes + failures == 2000
    assert stats.binomtest(int(successes), 2000, 0.3).pvalue > 1e-3


@pytest.mark.parametrize("reward", [-0.1, 1.1])
def test_beta_posteriors_refuse_rewards_outside_zero_to_one(reward):
    bandit = Thompson(2)
    with pytest.raises(ValueError, match=r"\[0, 1\]"):
        bandit.update(0, reward)
    assert bandit.counts.sum() == 0


def test_gaussian_posterior_is_the_conjugate_one():
    # Prior N(1, 2), noise 4, rewards 3, 5, -1: precision 1/2 + 3/4, mean (1/2 + 7/4) / precision.
    bandit = Thompson(
        2, posterior="gaussian", prior_mean=1.0, prior_variance=2.0, noise_variance=4.0
    )
    for reward in (3.0, 5.0, -1.0):
        bandit.update(1, reward)
    assert bandit.parameters[0] == pytest.approx(np.array([[1, 9 / 5], [2, 4 / 5]]))
    assert bandit.estimates() == pytest.approx([1, 9 / 5])
    x = np.array([0.0, 1.5])
    assert bandit.density(x)[1] == pytest.approx(stats.norm.pdf(x, 9 / 5, np.sqrt(4 / 5)))


def test_bounds_are_the_middle_nine_tenths_of_the_posterior():
    bandit = Thompson(2, alpha=2.0, beta=3.0)
    bandit.update(1, 1.0)
    low, high = bandit.bounds()
    assert [low[0], high[0]] == pytest.approx(stats.beta(2, 3).ppf([0.05, 0.95]))
    assert [low[1], high[1]] == pytest.approx(stats.beta(3, 3).ppf([0.05, 0.95]))
    normal = Thompson(1, posterior="gaussian", prior_mean=1.0, prior_variance=4.0)
    assert normal.bounds()[:, 0] == pytest.approx(stats.norm(1, 2).ppf([0.05, 0.95]))


def test_what_is_kept_for_the_next_question_is_not_the_callers_to_change():
    bandit = Thompson(2)
    bandit.bounds()[:] = 7
    bandit.action_probabilities()[:] = 7
    assert bandit.bounds().max() < 1
    assert bandit.action_probabilities() == pytest.approx([0.5, 0.5])


def test_the_squeeze_accepts_only_what_the_exact_test_accepts():
    """Marsaglia & Tsang (2000): 1 - 0.0331 x^4 < exp(x^2/2 + d - d v + d ln v), for d >= 2/3."""
    x = np.linspace(-2.3, 2.3, 2001)[:, None]
    d = np.geomspace(2 / 3, 1e5, 200)
    v = (1 + x / np.sqrt(9 * d)) ** 3
    y = 0.0331 * x**4
    squeezed = (v > 0) & (y < 1) & (np.abs(x) > 0.05)
    x, y, d = (np.broadcast_to(a, v.shape)[squeezed] for a in (x, y, d))
    v = v[squeezed]
    exact = x**2 / 2 + d - d * v + d * np.log(v)
    assert (np.log1p(-y) < exact).all()
    assert (-y / (1 - y) <= np.log1p(-y)).all()
