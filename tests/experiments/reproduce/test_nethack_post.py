"""The post on NetHack: on the stub for every run of the tests, on the game where marked."""

import pytest

from experiments.reproduce import nethack
from experiments.reproduce.report import Settings


def test_its_claims_can_be_asked_of_the_stub():
    report = nethack.reproduce(Settings(0), "stub", games=3)
    failed = [check.name for check in report.checks if not check.holds]
    assert not failed
    assert report.plots


def test_a_missing_channel_fails(monkeypatch):
    monkeypatch.setitem(nethack.CHANNELS, "message", ("message", (255,)))
    report = nethack.reproduce(Settings(0), "stub", games=1)
    assert report.failures == 1


@pytest.mark.nethack
def test_its_claims_hold_of_the_game():
    report = nethack.reproduce(Settings(0), games=4)
    failed = [check.name for check in report.checks if not check.holds]
    assert not failed
