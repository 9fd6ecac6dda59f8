"""The configs that learn from the expert's order begin as the expert."""

import pytest

from experiments.config.models import find, load, make_agent


@pytest.mark.parametrize(("name", "key"), [("amended", "order"), ("kickstart", "prior")])
def test_they_begin_with_the_experts_order_in_the_experts_games(name, key):
    ours, expert = load(find(name)), load(find("expert"))
    assert getattr(ours.agent, key) == expert.agent.order
    agents_own = {"reward", "discount", "features", "situation"}
    games = [config.env.model_dump(exclude=agents_own) for config in (ours, expert)]
    assert games[0] == games[1]
    assert not make_agent(ours).exploring
