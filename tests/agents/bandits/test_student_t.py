"""Thompson sampling with Gaussian rewards of unknown noise: Bayes' rule, choices, and why."""

import numpy as np
import pytest
from scipy import integrate, stats

import agents
from agents.bandits import Thompson
from agents.bandits.best_arm import student_best, student_density

REWARDS = [0.3, 0.9, 0.1, 0.55]


def student(n_arms, **settings):
    return Thompson(n_arms, posterior="student_t", **settings)


def test_the_posterior_is_bayes_rule_integrated_over_the_noise():
    """p(μ | r) ∝ ∫ N(μ; m, σ²/κ) Inv-χ²(σ²; ν, s²) Π N(rᵢ; μ, σ²) dσ², by quadrature."""
    prior = {"prior_mean": 0.4, "prior_variance": 0.5, "noise_variance": 0.2, "noise_weight": 3.0}
    bandit = student(2, **prior)
    for reward in REWARDS:
        bandit.update(1, reward)

    def joint(variance, mu):
        a, b = 3.0 / 2, 3.0 * 0.2 / 2
        noise = stats.invgamma.pdf(variance, a, scale=b)
        mean = stats.norm.pdf(mu, 0.4, np.sqrt(variance * 0.5 / 0.2))
        return noise * mean * np.prod(stats.norm.pdf(REWARDS, mu, np.sqrt(variance)))

    x = np.array([0.2, 0.45, 0.5, 1.0])
    found = bandit.density(x)[1]
    expected = np.array([integrate.quad(joint, 0, np.inf, args=(mu,))[0] for mu in x])
    assert found / found[0] == pytest.approx(expected / expected[0], rel=1e-6)
    assert bandit.density(x)[0] == pytest.approx(stats.t.pdf(x, 3, 0.4, np.sqrt(0.5)))


def test_the_parameters_are_those_of_the_batch_formulas():
    """Murphy (2007), section 6.3: κ + n, ν + n, the weighted mean, and the sum of squares."""
    bandit = student(1, prior_mean=0.5, prior_variance=0.5, noise_variance=0.25, noise_weight=2.0)
    for reward in REWARDS:
        bandit.update(0, reward)
    r, kappa, nu = np.array(REWARDS), 0.5, 2.0
    squares = nu * 0.25 + ((r - r.mean()) ** 2).sum()
    squares += kappa * 4 / (kappa + 4) * (r.mean() - 0.5) ** 2
    mean = (kappa * 0.5 + r.sum()) / (kappa + 4)
    assert bandit.parameters[0, :, 0] == pytest.approx([mean, kappa + 4, nu + 4, squares])
    assert bandit.estimates() == pytest.approx([mean])
    assert bandit.estimates_of(0) == pytest.approx([mean])


def test_best_of_two_cauchy_draws():
    """The difference of Cauchy variables is Cauchy, its scale the sum of theirs."""
    for location, scale in (([0, 0.3], [1e-3, 1]), ([0, 5], [1, 1e-4]), ([1, 0], [0.5, 2])):
        m, s = np.array(location, float), np.array(scale, float)
        expected = 0.5 + np.arctan((m[0] - m[1]) / s.sum()) / np.pi
        assert student_best(m, s, np.ones(2))[0] == pytest.approx(expected, abs=1e-9)


def test_best_of_unlike_posteriors_against_quadrature():
    m, s, nu = np.array([0, 0.2, 0.1]), np.array([0.1, 0.5, 0.3]), np.array([30.0, 1.0, 2.0])

    def first(z):
        rivals = stats.t.cdf(z, nu[1:], m[1:], s[1:])
        return stats.t.pdf(z, nu[0], m[0], s[0]) * rivals.prod()

    expected = integrate.quad(first, -5, 5, epsabs=1e-11, points=[0])[0]
    expected += integrate.quad(first, 5, np.inf)[0]
    assert student_best(m, s, nu)[0] == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("nu", [1.0, 2.5, 40.0, 1e6])
def test_the_density_is_students(nu):
    t = np.array([-30.0, -1.0, 0.0, 0.3, 200.0])
    assert student_density(t, np.array(nu)) == pytest.approx(stats.t.pdf(t, nu), rel=1e-7)


def test_draws_and_bounds_are_those_of_the_posterior():
    bandit = student(1, rng=np.random.default_rng(0))
    for reward in REWARDS:
        bandit.update(0, reward)
    m, kappa, nu, squares = bandit.parameters[0, :, 0]
    posterior = stats.t(nu, m, np.sqrt(squares / (nu * kappa)))
    parameters = np.repeat(bandit.parameters[0], 3000, axis=1)
    draws = bandit.family.draw(parameters, np.random.default_rng(1))
    assert stats.kstest(draws, posterior.cdf).pvalue > 1e-3
    assert bandit.bounds()[:, 0] == pytest.approx(posterior.ppf([0.05, 0.95]))


def test_the_choice_has_the_stated_probabilities():
    bandit = student(3, rng=np.random.default_rng(5))
    for arm, reward in ((0, 0.5), (0, 0.6), (1, 0.7), (0, 0.4), (2, 0.1)):
        bandit.update(arm, reward)
    taken = np.bincount([bandit.select() for _ in range(20_000)], minlength=3)
    assert stats.chisquare(taken, 20_000 * bandit.action_probabilities()).pvalue > 1e-3


@pytest.mark.parametrize(
    "settings, posterior",
    [
        ({}, "beta"),
        ({"reward_range": (0, 1)}, "beta"),
        ({"reward_range": (-25, 75)}, "student_t"),
        ({"reward_range": (0.0, 2.0)}, "student_t"),
        ({"reward_range": (-25, 75), "posterior": "beta"}, "beta"),
        ({"posterior": "gaussian"}, "gaussian"),
    ],
)
def test_an_agents_posterior_suits_its_rewards_unless_one_is_asked_for(
    settings, posterior, tmp_path
):
    agent = agents.make("thompson", 3, **settings)
    assert agent.bandit.posterior == agent.header.settings["posterior"] == posterior
    agent.save(tmp_path)
    assert agents.load(tmp_path).bandit.posterior == posterior


def test_a_checkpoint_from_before_keeps_its_beta_posterior(tmp_path):
    """Its header names the posterior, and knows nothing of newer settings."""
    agent = agents.make("thompson", 3, posterior="beta", reward_range=(-25, 75))
    del agent.header.settings["noise_weight"]
    agent.save(tmp_path)
    assert agents.load(tmp_path).bandit.posterior == "beta"


def test_estimated_noise_learns_from_fewer_rewards_than_beta_posteriors_do():
    """Rewards of [-25, 75] about 0 and 10, deviation 18.6: a coin's throw deviates by 43."""

    def regret(posterior, run):
        world = np.random.default_rng(run)
        bandit = Thompson(4, posterior=posterior, rng=np.random.default_rng(100 + run))
        missed = 0
        for _ in range(600):
            arm = bandit.select()
            points = (10 if arm == 3 else 0) + 18.6 * world.standard_normal()
            bandit.update(arm, min(max((points + 25) / 100, 0), 1))
            missed += arm != 3
        return missed

    runs = range(8)
    ours, theirs = (sum(regret(p, run) for run in runs) for p in ("student_t", "beta"))
    assert ours < 0.6 * theirs
