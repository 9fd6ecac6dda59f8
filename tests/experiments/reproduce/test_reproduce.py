"""`yendor reproduce`."""

from dataclasses import replace
from pathlib import Path

import pytest

from experiments.reproduce import command
from experiments.reproduce.report import Check, Plot, Report


@pytest.fixture
def two_posts(monkeypatch):
    """Posts at no cost; the second one fails with seed 13."""
    made = []

    def post(settings):
        made.append(settings)
        check = Check("figure", "1", "2", settings.seed != 13)
        return Report("a title", (check,), (Plot("picture", b"png"),))

    def plain(settings):
        return replace(post(settings), checks=(), plots=())

    monkeypatch.setattr(command, "POSTS", {"lecture": plain, "mnist": post})
    return made


def test_one_post_with_its_plot(yendor, tmp_path):
    result = yendor("reproduce", "lecture", "--out", tmp_path / "made" / "here")
    assert result.exit_code == 0, result.output
    assert "1/6" in result.output and "0.1666666667" in result.output
    assert str(tmp_path / "made" / "here") in result.output.replace("\n", "")
    assert (tmp_path / "made" / "here" / "lecture-beta.png").read_bytes().startswith(b"\x89PNG")


def test_all_posts_and_the_seed(yendor, tmp_path, two_posts):
    result = yendor("reproduce", "--seed", 7, "--out", tmp_path)
    assert result.exit_code == 0
    assert [settings.seed for settings in two_posts] == [7, 7]
    assert [path.name for path in tmp_path.iterdir()] == ["picture.png"]


def test_a_figure_that_fails_is_named_and_exits_with_1(yendor, tmp_path, two_posts):
    result = yendor("reproduce", "mnist", "--seed", 13, "--out", tmp_path)
    assert result.exit_code == 1
    assert "Failed: figure" in result.output


@pytest.mark.parametrize(("post", "nearest"), [("lectur", "'lecture'"), ("zzz", "generalisation")])
def test_an_unknown_post(yendor, post, nearest):
    result = yendor("reproduce", post)
    assert result.exit_code == 2
    assert f"unknown post '{post}'" in result.output and nearest in result.output


def test_folders_that_can_not_be_used(yendor, tmp_path):
    (tmp_path / "file").touch()
    result = yendor("reproduce", "lecture", "--out", tmp_path / "file")
    assert result.exit_code == 2 and "can't be made a folder" in result.output
    result = yendor("reproduce", "mnist", "--mnist", tmp_path / "none", "--out", tmp_path / "x")
    assert result.exit_code == 2 and "no such folder" in result.output
    assert not (tmp_path / "x").exists()
    result = yendor("reproduce", "xor", "--mnist", tmp_path, "--out", tmp_path / "x")
    assert result.exit_code == 2 and "--mnist is for the post mnist" in result.output


def test_the_documentation_names_every_post():
    text = (Path(__file__).parents[3] / "docs" / "posts.md").read_text(encoding="utf-8")
    for post in command.POSTS:
        assert f"yendor reproduce {post}" in text
