"""Games on a Ray cluster of two nodes on this machine, one of which is lost in mid-run."""

import time

import pytest

from agents.baselines import RandomAgent
from envs.macros import MACROS
from experiments.config.models import load
from experiments.errors import UserError
from experiments.training.backends import playing_on, worker_count
from experiments.training.parallel import play_games

ray = pytest.importorskip("ray")
from ray.cluster_utils import Cluster  # noqa: E402

from experiments.training import ray_cluster  # noqa: E402

SEEDS = range(10)
ACTIONS = len(MACROS)
SIZE = {"num_cpus": 1, "object_store_memory": 80_000_000, "include_dashboard": False}


class Slow(RandomAgent):
    """Leaves time for a node to be lost."""

    def act(self, state):
        time.sleep(0.1)
        return super().act(state)


def rows(episodes):
    return [episode.row | {"seconds": 0} for episode in episodes]


@pytest.fixture
def nodes(monkeypatch):
    cluster = Cluster(initialize_head=True, head_node_args=SIZE)
    second = cluster.add_node(num_cpus=1, object_store_memory=80_000_000)
    cluster.wait_for_nodes()
    monkeypatch.setenv(ray_cluster.ADDRESS, cluster.address)
    ray_cluster.connected.cache_clear()
    ray_cluster.cluster.cache_clear()
    yield cluster, second
    ray.shutdown()
    cluster.shutdown()
    ray_cluster.connected.cache_clear()
    ray_cluster.cluster.cache_clear()


def test_the_same_games_are_played_though_a_machine_is_lost(stub_config, nodes):
    cluster, second = nodes
    config = load(stub_config)
    expected = rows(play_games(config, RandomAgent(ACTIONS), SEEDS, True, 1))
    with playing_on("ray"):
        assert worker_count(None) == 2
        played = play_games(config, Slow(ACTIONS), SEEDS, True, 2)
        first = [next(played), next(played)]
        cluster.remove_node(second)
        assert rows([*first, *played]) == expected


def test_a_cluster_that_is_not_there_is_told(stub_config, monkeypatch):
    monkeypatch.setenv(ray_cluster.ADDRESS, "127.0.0.1:1")
    ray_cluster.connected.cache_clear()
    ray_cluster.cluster.cache_clear()
    with playing_on("ray"), pytest.raises(UserError, match="no cluster at 127.0.0.1:1"):
        worker_count(None)
