"""What the book or theory says of each figure of chapter 2 (Sutton & Barto, 2018).

"Book, 2.3" is what the text of section 2.3 says, "book, figure" what its plot shows, and "exact"
what follows by mathematics.
"""

from __future__ import annotations

from functools import partial

from experiments.testbed.arms import N_ARMS
from experiments.testbed.experiment import Result, Row
from experiments.testbed.facts import (
    EXACT,
    Seen,
    Share,
    above,
    at_most,
    equal,
    level,
    regret_at,
    reward_at,
    share,
    share_at,
)
from experiments.testbed.policies import NAMES
from experiments.testbed.settings import (
    GREEDY,
    OFTEN,
    OPTIMISTIC,
    RARE,
    REALISTIC,
    UCB_2,
    families,
    problems,
)
from experiments.testbed.simulate import Outcome
from experiments.testbed.theory import (
    best_looking_is_best,
    best_looking_value,
    expected_maximum_normal,
)

BEST = expected_maximum_normal(N_ARMS)
CHANCE = Share(1 / N_ARMS)
OPTIMISM = "optimistic greedy"


def problem(result: Result) -> list[Row]:
    """Figure 2.1: the problems are what they should be."""
    means = problems(result)
    is_ = partial(equal, "2.1")
    return [
        is_("mean of q*(a)", Seen(0), "book, 2.3", level(means.mean(axis=1))),
        is_("variance of q*(a)", Seen(1), "book, 2.3", level(means.var(axis=1, ddof=1))),
        is_("the best arm's q*", Seen(BEST), f"{EXACT}; book: 1.54", level(means.max(axis=1))),
    ]


def epsilon_greedy(result: Result) -> list[Row]:
    """Figure 2.2: greedy gets stuck, exploring pays."""
    outcomes = [result.of(policy) for policy in (GREEDY, RARE, OFTEN)]
    rewards = [level(o.late_reward) for o in outcomes]
    optimal = [share(o.late_optimal) for o in outcomes]
    early = [regret_at(o, N_ARMS) for o in outcomes]
    is_, limit, over = (partial(row, "2.2") for row in (equal, at_most, above))
    text = "book, 2.3"
    return [
        is_("first step: reward", Seen(0), EXACT, reward_at(outcomes[0], 1)),
        is_("first step: optimal", CHANCE, EXACT, share_at(outcomes[0], 1)),
        is_("greedy: reward", Seen(1), text, rewards[0], 0.1),
        is_("greedy: optimal", Share(1 / 3), text, optimal[0], 0.05),
        is_("ε = 0.1: optimal", Share(0.8), "book, figure", optimal[2], 0.03),
        limit("ε = 0.1: optimal", Share(0.91), text, optimal[2]),
        limit("ε = 0.1: reward", Seen(0.9 * BEST), EXACT, rewards[2]),
        over("regret of ten steps: ε = 0.1 over greedy", text, early[2], early[0]),
        over("optimal: ε = 0.1 over ε = 0.01", text, optimal[2], optimal[1]),
        over("optimal: ε = 0.01 over greedy", text, optimal[1], optimal[0]),
    ]


def optimistic(result: Result) -> list[Row]:
    """Figure 2.3: optimism explores first, and does better later."""
    hopeful, sober = result.of(OPTIMISTIC), result.of(REALISTIC)
    early = share_at(sober, 50), share_at(hopeful, 50)
    late = share(hopeful.late_optimal), share(sober.late_optimal)
    return [
        *_after_trying_all("2.3", "optimistic", hopeful),
        above("2.3", "optimal, step 50: realistic over optimistic", "book, 2.6", *early),
        above("2.3", "optimal: optimistic over realistic", "book, 2.6", *late),
    ]


def ucb(result: Result) -> list[Row]:
    """Figure 2.4: UCB does better than ε-greedy, but for the first steps."""
    bounds, often = result.of(UCB_2), result.of(OFTEN)
    early = regret_at(bounds, N_ARMS), regret_at(often, N_ARMS)
    late = level(bounds.late_reward), level(often.late_reward)
    return [
        *_after_trying_all("2.4", "UCB", bounds),
        above("2.4", "regret of ten steps: UCB over ε-greedy", "book, 2.7", *early),
        above("2.4", "reward: UCB over ε-greedy", "book, 2.7", *late),
    ]


def _after_trying_all(figure: str, name: str, outcome: Outcome) -> list[Row]:
    """Of a policy that tries every arm once, and then takes the one that paid best."""
    is_ = partial(equal, figure)
    first_ten = Share(float(outcome.optimal[:N_ARMS].mean()), share_at(outcome, 1).error)
    spike, value = Share(best_looking_is_best(N_ARMS)), Seen(best_looking_value(N_ARMS))
    return [
        is_(f"{name}: optimal, steps 1–10", CHANCE, EXACT, first_ten),
        is_(f"{name}: optimal, step 11", spike, EXACT, share_at(outcome, N_ARMS + 1)),
        is_(f"{name}: reward, step 11", value, EXACT, reward_at(outcome, N_ARMS + 1)),
    ]


def gradient(result: Result) -> list[Row]:
    """Figure 2.5: without the baseline much is lost."""
    slow, fast, slow_without, fast_without = (share(o.late_optimal) for o in result.outcomes)
    over = partial(above, "2.5")
    claim = "optimal: with baseline over without, α ="
    return [
        equal("2.5", "first step: optimal", CHANCE, EXACT, share_at(result.outcomes[0], 1)),
        over(f"{claim} 0.1", "book, 2.8", slow, slow_without),
        over(f"{claim} 0.4", "book, 2.8", fast, fast_without),
        over("optimal: α = 0.1 over α = 0.4", "book, figure", slow, fast),
        over("the same without baseline", "book, figure", slow_without, fast_without),
    ]


def study(result: Result) -> list[Row]:
    """Figure 2.6: every curve is highest inside its range, and UCB's the highest of all."""
    curves = {
        NAMES.get(name, OPTIMISM): [level(outcome.run_reward) for outcome in curve.values()]
        for name, curve in families(result).items()
    }
    best = {name: max(curve, key=lambda seen: seen.value) for name, curve in curves.items()}
    over = partial(above, "2.6", source="book, 2.10")
    first = NAMES["ucb"]
    rows = [
        over(what=f"best reward: UCB over {name}", high=best[first], low=best[name])
        for name in best
        if name != first
    ]
    for name, curve in curves.items():
        end = max(curve[0], curve[-1], key=lambda seen: seen.value)
        rows.append(over(what=f"{name}: best setting over both ends", high=best[name], low=end))
    return rows
