"""The compiled policies are the agents' own classes: same random numbers in, same choices out."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.testbed.arms import BERNOULLI, GAUSSIAN, SHIFTED, SWITCH, WALK, Arms
from experiments.testbed.draws import preferred
from experiments.testbed.kernels import Memory, World, choose, current_epsilon, play
from experiments.testbed.policies import BANDITS, compiled, policy
from experiments.testbed.simulate import generators, simulate

GAUSSIAN_POSTERIOR = {"posterior": "gaussian", "prior_mean": 0.0, "prior_variance": 1.0}
DECAY = {"epsilon": 0.5, "final_epsilon": 0.05, "decay_decisions": 100}
POLICIES = [
    (policy("greedy"), GAUSSIAN),
    (policy("greedy"), BERNOULLI),  # many ties
    (policy("greedy", step_size=0.1, initial_value=5.0), GAUSSIAN),
    (policy("epsilon_greedy", epsilon=0.1), GAUSSIAN),
    (policy("epsilon_greedy", epsilon=0.1), BERNOULLI),
    (policy("epsilon_greedy", epsilon=0.1, step_size=0.1, initial_value=1.0), WALK),
    (policy("epsilon_greedy", **DECAY), GAUSSIAN),
    (policy("ucb"), GAUSSIAN),
    (policy("ucb", c=1.4), BERNOULLI),
    (policy("ucb", c=0.0), BERNOULLI),
    (policy("ucb", c=1e15), BERNOULLI),  # the bonus swallows the digits of Q
    (policy("ucb", c=1.4, forgetting=0.9), BERNOULLI),
    (policy("ucb", forgetting=0.99), WALK),
    (policy("ucb", c=0.7, window=50), BERNOULLI),
    (policy("ucb", window=1000), WALK),  # never full
    (policy("ucb", c=0.0, window=3), BERNOULLI),  # arms leave it
    (policy("ucb", forgetting=0.95), replace(SWITCH, burst=(70, 200, 0.5))),
    (policy("thompson"), BERNOULLI),
    (policy("thompson", alpha=0.05, beta=0.05), BERNOULLI),
    (policy("thompson", **GAUSSIAN_POSTERIOR, noise_variance=1.0), GAUSSIAN),
    (policy("thompson", posterior="student_t", prior_mean=0.0), GAUSSIAN),
    (policy("gradient_bandit", step_size=0.1), GAUSSIAN),
    (policy("gradient_bandit", step_size=0.4, baseline=False), SHIFTED),
]
IDS = [f"{chosen.spelling} on {arms.name}" for chosen, arms in POLICIES]
STEPS = 300


class OneProblem:
    """A bandit problem in plain Python, with the random numbers of the compiled one."""

    def __init__(self, arms: Arms, nature: np.random.Generator) -> None:
        self.arms, self.nature = arms, nature
        self.means, self.pulls = arms.draw(nature), 0

    def pull(self, arm: int) -> float:
        if self.arms.rewards == "bernoulli":
            reward = float(self.nature.random() < self.means[arm])
        else:
            reward = self.means[arm] + self.nature.standard_normal()
        if self.arms.walk:
            self.means += self.arms.walk * self.nature.standard_normal(self.arms.n)
        self.pulls += 1
        first, last, by = self.arms.burst
        if by and self.pulls in (first, last):
            self.means[-1] += by if self.pulls == first else -by
        return float(reward)


def played_by_class(chosen, arms, seed, run, steps):
    """The run as the agents' own class plays it: the bandit afterwards, arms and rewards."""
    nature, rng = generators(seed, run)
    bandit, problem = chosen.bandit(arms.n, rng), OneProblem(arms, nature)
    pulled, rewards = [], []
    for _ in range(steps):
        pulled.append(bandit.select())
        rewards.append(problem.pull(pulled[-1]))
        bandit.update(pulled[-1], rewards[-1])
    return bandit, pulled, rewards


def played_compiled(chosen, arms, seed, run, steps):
    """The same by the kernel: its memory afterwards, and the run."""
    nature, rng = generators(seed, run)
    rule, memory = compiled(chosen.bandit(arms.n))
    world = World(arms.rewards == "bernoulli", arms.walk, arms.burst)
    return memory, play(rule, memory, world, arms.draw(nature), steps, nature, rng)


@pytest.mark.parametrize(("chosen", "arms"), POLICIES, ids=IDS)
@pytest.mark.parametrize("run", range(3))
def test_equal_random_numbers_give_the_choices_of_the_agents_own_class(chosen, arms, run):
    bandit, pulled, rewards = played_by_class(chosen, arms, 7, run, STEPS)
    memory, played = played_compiled(chosen, arms, 7, run, STEPS)
    assert played.arms.tolist() == pulled
    assert played.rewards.tolist() == rewards
    own = compiled(bandit)[1]
    np.testing.assert_array_equal(memory.counts, own.counts)
    for ours, theirs in zip(memory, own, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("chosen", "arms"), POLICIES, ids=IDS)
def test_choices_follow_the_class_s_exact_probabilities(chosen, arms):
    """From one state, 4,000 compiled choices: no arm strays by more than 5 standard errors."""
    n = 4000
    bandit, _, _ = played_by_class(chosen, arms, 3, 0, 40)
    expected = bandit.action_probabilities()
    rule, memory = compiled(bandit)
    rng = np.random.default_rng(11)
    counts = np.bincount([choose(rule, memory, rng) for _ in range(n)], minlength=arms.n)
    error = np.sqrt(expected * (1 - expected) / n)
    assert (np.abs(counts / n - expected) <= 5 * error + 1e-9).all()


def test_softmax_and_epsilon_are_those_of_the_classes():
    gradient, _, _ = played_by_class(policy("gradient_bandit"), GAUSSIAN, 1, 0, 100)
    np.testing.assert_allclose(
        preferred(gradient.preferences[0]), gradient.action_probabilities(), rtol=1e-13
    )
    decaying, _, _ = played_by_class(policy("epsilon_greedy", **DECAY), GAUSSIAN, 1, 0, 60)
    rule, memory = compiled(decaying)
    assert current_epsilon(rule, memory.counts) == decaying.current_epsilon()


def test_every_bandit_of_ours_is_compared():
    assert {chosen.name for chosen, _ in POLICIES} == set(BANDITS)


def test_a_lone_arm_is_chosen():
    rule, memory = compiled(policy("epsilon_greedy").bandit(1))
    assert choose(rule, memory, np.random.default_rng(0)) == 0


def test_averages_are_those_of_the_single_runs():
    chosen, runs, steps = policy("epsilon_greedy", epsilon=0.1), 5, 120
    outcome = simulate(chosen, GAUSSIAN, runs, steps, seed=2)
    rewards, regrets, optimal = [], [], []
    for run in range(runs):
        means = GAUSSIAN.draw(generators(2, run)[0])
        _, pulled, paid = played_by_class(chosen, GAUSSIAN, 2, run, steps)
        rewards.append(paid)
        regrets.append(np.cumsum(means.max() - means[pulled]))
        optimal.append(means[pulled] == means.max())
    np.testing.assert_allclose(outcome.reward, np.mean(rewards, axis=0))
    np.testing.assert_allclose(outcome.regret, np.mean(regrets, axis=0))
    np.testing.assert_allclose(outcome.optimal, np.mean(optimal, axis=0))
    np.testing.assert_allclose(outcome.run_reward, np.mean(rewards, axis=1))
    error = np.std(rewards, axis=0, ddof=1) / np.sqrt(runs)
    np.testing.assert_allclose(outcome.reward_error, error, atol=1e-12)
    np.testing.assert_allclose(outcome.late_optimal, np.mean(optimal, axis=1, where=_last(steps)))


def _last(steps: int) -> np.ndarray:
    return np.arange(steps) >= steps - 100


def test_the_same_seed_gives_the_same_bits_and_another_seed_others():
    played = [simulate(policy("ucb"), GAUSSIAN, 20, 50, seed) for seed in (4, 4, 5)]
    for name in ("reward", "regret", "optimal", "run_reward"):
        first, again, other = (getattr(outcome, name) for outcome in played)
        assert first.tobytes() == again.tobytes()
        assert first.tobytes() != other.tobytes()


def test_all_policies_meet_the_same_problems():
    by_policy = [simulate(policy(name), WALK, 10, 30).best for name in ("greedy", "ucb")]
    np.testing.assert_array_equal(*by_policy)


def test_compiling_leaves_the_bandit_alone():
    bandit = policy("thompson").bandit(4)
    _, memory = compiled(bandit)
    assert isinstance(memory, Memory)
    memory.learned[:] = 9
    assert bandit.arrays()["parameters"].max() == 1
