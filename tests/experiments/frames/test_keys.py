"""Keys as people read them."""

import pytest

from experiments.frames.keys import key_name, keys_text


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (ord("j"), "j"),
        (ord("<"), "<"),
        (4, "^D"),  # ASCII: control characters are their letter less 64
        (27, "Esc"),
        (13, "Enter"),
        (32, "Space"),
        (ord("p") + 128, "M-p"),  # the Guidebook's meta keys have the eighth bit set
    ],
)
def test_a_key_is_named_as_in_the_guidebook(key, name):
    assert key_name(key) == name


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (b"", ""),
        (b"jjjl", "jjjl"),
        (b"20s", "20s"),
        (b"j20s20sk", "j 20s 20s k"),
        (b"\x04jFh", "^D jFh"),
        (b"\xf0y\r", "M-p y Enter"),
        (b"20", "20"),  # the count has been sent, its command has not
    ],
)
def test_keys_in_a_row(keys, text):
    assert keys_text(tuple(keys)) == text
