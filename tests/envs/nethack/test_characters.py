"""Promises of the characters. Welcome messages are NetHack 3.6.7's (allmain.c, welcome)."""

import pytest

from envs.nethack.characters import (
    character_from_title,
    character_from_welcome,
    characters,
    check_character,
)

HELLO = "Hello Agent, welcome to NetHack!  "


def test_there_are_as_many_characters_as_nethack_allows():
    """role.c allows 38 combinations of role, race and alignment; two genders, but Valkyries one."""
    allowed = characters()
    assert len(allowed) == len(set(allowed)) == 2 * 38 - 3
    assert len({character[:3] for character in allowed}) == 13


@pytest.mark.parametrize(
    "character", ["mon-hum-neu-mal", "val-dwa-law-fem", "wiz-elf-cha-fem", "arc-gno-neu-mal", "@"]
)
def test_allowed_characters_pass(character):
    check_character(character)


@pytest.mark.parametrize(
    "wrong, near",
    [
        ("mon-hum-neu-mail", "mon-hum-neu-mal"),
        ("val-hum-neu-mal", "val-hum-neu-fem"),
        ("sam-hum-law-fme", "sam-hum-law-fem"),
        ("wiz-gno-neu-ma", "wiz-gno-neu-mal"),
        ("kni-hum-lay-mal", "kni-hum-law-mal"),
    ],
)
def test_a_wrong_character_is_told_the_nearest_valid_one(wrong, near):
    with pytest.raises(ValueError) as error:
        check_character(wrong)
    assert repr(wrong) in str(error.value) and repr(near) in str(error.value)


@pytest.mark.parametrize("wrong", ["", "monk", "val-orc-cha-fem", "MON-HUM-NEU-MAL"])
def test_every_wrong_character_is_refused(wrong):
    with pytest.raises(ValueError, match="nearest valid one is"):
        check_character(wrong)


@pytest.mark.parametrize(
    "welcome, character",
    [
        ("You are a neutral male human Monk.", "mon-hum-neu-mal"),
        ("You are a lawful female dwarven Archeologist.", "arc-dwa-law-fem"),
        ("You are a lawful human Valkyrie.", "val-hum-law-fem"),
        ("You are a lawful female human Valkyrie.", "val-hum-law-fem"),
        ("You are a chaotic elven Priestess.", "pri-elf-cha-fem"),
        ("You are a neutral human Priest.", "pri-hum-neu-mal"),
        ("You are a neutral gnomish Cavewoman.", "cav-gno-neu-fem"),
        ("You are a lawful dwarven Caveman.", "cav-dwa-law-mal"),
        ("You are a chaotic male orcish Rogue.", "rog-orc-cha-mal"),
        ("You are a chaotic female elven Ranger.", "ran-elf-cha-fem"),
        ("You are a neutral male gnomish Wizard.", "wiz-gno-neu-mal"),
        ("You are a lawful male human Samurai.", "sam-hum-law-mal"),
    ],
)
def test_the_welcome_names_the_character(welcome, character):
    assert character_from_welcome(HELLO + welcome) == character
    assert character in characters()


@pytest.mark.parametrize("message", ["", "You kill the newt!", "Hello Agent, welcome back!"])
def test_other_messages_name_no_character(message):
    assert character_from_welcome(message) is None


@pytest.mark.parametrize(
    "line, character",
    [
        ("Agent the Stripling            St:18 Dx:13 Co:17 In:8 Wi:8 Ch:9 Neutral", "val-?-neu-?"),
        ("Agent the Aspirant             St:17 Dx:10 Co:12 In:8 Wi:16 Ch:12 Lawful", "pri-?-law-?"),
        ("Agent the Woodsman             St:18 Dx:13 Co:17 In:8 Wi:8 Ch:9 Neutral", None),
        ("", None),
    ],
)
def test_the_title_names_the_role_when_the_welcome_was_covered(line, character):
    assert character_from_title(line) == character
