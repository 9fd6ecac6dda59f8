"""Keys of before are read under their new names, told of once, and never read in two ways."""

import json

import pytest
from safetensors import safe_open
from safetensors.numpy import save_file

import agents
from agents.renamed import old_names, tell, with_new_names

RENAMED = {"size": "n_things", "deep.old": "deep.new"}


def test_old_keys_move_to_their_new_names_and_others_stay():
    content = {"size": 3, "deep": {"old": [1], "other": 2}, "else": "old"}
    expected = {"n_things": 3, "deep": {"new": [1], "other": 2}, "else": "old"}
    assert with_new_names(content, RENAMED) == expected
    assert with_new_names(expected, RENAMED) == expected
    assert content["size"] == 3  # stays as it was


def test_both_names_at_once_are_an_error_that_says_what_to_remove():
    with pytest.raises(ValueError, match=r"deep.old is now called deep.new, and both.*remove"):
        with_new_names({"deep": {"old": 1, "new": 1}}, RENAMED)


@pytest.mark.parametrize("content", [{}, {"deep": None}, {"deep": [1]}, {"deep": {}}])
def test_where_no_old_key_is_nothing_happens(content):
    assert old_names(content, RENAMED) == []
    assert with_new_names(content, RENAMED) == content


def test_a_value_that_stands_where_a_section_could_is_passed_by():
    assert old_names({"deep": 3}, {"deep.section.old": "deep.section.new"}) == []


def test_the_note_names_file_and_keys_and_comes_once(capsys, tmp_path):
    for _ in range(2):
        tell(tmp_path, ["size", "deep.old"], RENAMED)
    note = capsys.readouterr().err
    assert note.count("\n") == 1
    assert f"{tmp_path}: size is now called n_things, deep.old is now called deep.new" in note


def make_old(folder):
    """Gives a checkpoint of a policy gradient the names that it had in the first version."""
    old = json.loads((folder / "agent.json").read_text())
    old["n_situations"] = old.pop("n_contexts")
    old["settings"]["trace"] = old["settings"].pop("gae_lambda")
    with safe_open(folder / "agent.safetensors", framework="numpy") as file:
        arrays = {name: file.get_tensor(name) for name in list(file.keys())}
    save_file(arrays, folder / "agent.safetensors", metadata={"agent": json.dumps(old)})
    (folder / "agent.json").write_text(json.dumps(old))


@pytest.fixture
def saved(tmp_path):
    agent = agents.make("policy_gradient", 3, 2, 4, hidden=(2,), gae_lambda=0.9)
    agent.save(tmp_path)
    return agent, tmp_path


def test_an_old_checkpoint_is_read_with_a_note(saved, capsys):
    agent, folder = saved
    make_old(folder)
    loaded = agents.load(folder)
    assert loaded.header == agent.header
    assert loaded.settings.gae_lambda == 0.9
    assert (loaded.policy.parameters == agent.policy.parameters).all()
    note = capsys.readouterr().err
    assert f"{folder / 'agent.json'}: n_situations is now called n_contexts" in note
    assert "settings.trace is now called settings.gae_lambda" in note


def test_a_checkpoint_of_today_needs_no_note(saved, capsys):
    agents.load(saved[1])
    assert capsys.readouterr().err == ""


def test_a_checkpoint_with_both_names_is_refused(saved):
    header = json.loads((saved[1] / "agent.json").read_text())
    (saved[1] / "agent.json").write_text(json.dumps(header | {"n_situations": 2}))
    with pytest.raises(ValueError, match="agent.json: n_situations is now called n_contexts, and"):
        agents.load(saved[1])


def test_another_agents_setting_of_that_name_is_its_own():
    from agents.checkpoint import renamed_settings

    assert renamed_settings("policy_gradient", "agent") == {"agent.trace": "agent.gae_lambda"}
    assert renamed_settings("sarsa_lambda", "agent") == {}
