"""Promises of the driver: when a macro-action ends, and what is declined, on the stub."""

from __future__ import annotations

import pytest
from helpers.situations import Situation
from nle import nethack as nh

from envs.knowledge.knowledge import Prompt
from envs.macros.base import ENTER, ESCAPE, KICK, MAX_ANSWERS, PRAY, command, walk
from envs.macros.driver import MAX_IDLE_DECISIONS, MAX_KEYS_PER_COMMAND, Driver
from envs.stub.things import HWALL, food_ration

ROOM = "---------\n|.......|\n|...@...|\n|.......|\n---------"
SHARED = Situation(ROOM)  # for tests of the driver that need no game to react


class Script:
    """A macro-action from a generator function; it can be chosen anywhere."""

    name = "script"

    def __init__(self, play, budget=40):
        self.play, self.budget = play, budget

    def available(self, known):
        return True


def drive(at: Situation, play, budget=40, during=lambda sent: None) -> tuple[str, str]:
    """(keys sent, why it ended) of a scripted macro-action."""
    driver, sent = Driver(at.known, Script(play, budget)), ""
    while (key := driver.next_key()) is not None:
        sent += chr(key)
        over = at.env.env.press(key)
        at.known.update()
        during(len(sent))
        if over:
            break
    return sent, driver.ended


def wait(known):
    while True:
        yield from command(known, b"s")


def test_it_ends_when_its_work_is_done():
    assert drive(Situation(ROOM), lambda known: command(known, b"s")) == ("s", "done")


def test_it_ends_when_another_hostile_comes_into_view():
    at = Situation(ROOM)
    keys, ended = drive(at, wait, during=lambda n: n == 5 and at.spawn("lichen", -1, -3))
    assert (len(keys), ended) == (5, "new hostile in view")


def test_it_goes_on_when_one_comes_into_view_that_harms_nobody_who_lets_it_alone():
    """Or two macro-actions would take turns: each walks off, and sees the mold again."""
    at = Situation(ROOM)
    keys, ended = drive(at, wait, 9, during=lambda n: n == 5 and at.spawn("floating eye", -1, -3))
    assert (len(keys), ended) == (9, "key budget spent")


def test_it_goes_on_with_the_hostiles_that_were_there():
    at = Situation("-----------\n|e.......@|\n-----------")
    keys, ended = drive(at, wait, budget=12)
    assert (len(keys), ended) == (12, "key budget spent")


@pytest.mark.parametrize("kind", [{"pet": True}, {"peaceful": True}])
def test_pets_and_known_peacefuls_do_not_interrupt(kind):
    at = Situation(ROOM)
    name = "kitten" if "pet" in kind else "gnome"

    def appear(sent):
        if sent == 5:
            at.spawn(name, -1, -3, **kind)
            if "peaceful" in kind:
                at.known.level.peace.mark_peaceful(at.at(-1, -3))

    assert drive(at, wait, budget=10, during=appear)[1] == "key budget spent"


@pytest.mark.parametrize("lost, ended", [(3, "key budget spent"), (4, "hit points down sharply")])
def test_it_ends_at_a_loss_of_a_quarter_of_the_hit_points(lost, ended):
    at = Situation(ROOM, hp=16)

    def hurt(sent):
        if sent == 3:
            at.world.hp -= lost

    assert drive(at, wait, budget=10, during=hurt)[1] == ended


def test_a_loss_counts_from_the_most_that_the_hero_had():
    """Who gains a level in the midst of a fight has more than at its beginning."""
    at = Situation(ROOM, hp=16)
    at.set(hp=8)

    def gain_and_lose(sent):
        at.world.hp = {2: 16, 4: 12}.get(sent, at.world.hp)

    assert drive(at, wait, 10, during=gain_and_lose) == ("sssss", "hit points down sharply")


@pytest.mark.parametrize("before, after, ended", [
    (8, 5, "hit points down sharply"),  # pray.c, critically_low_hp
    (8, 6, "key budget spent"),
    (5, 3, "key budget spent"),  # it began so
])  # fmt: skip
def test_it_ends_where_a_god_would_help(before, after, ended):
    at = Situation(ROOM, hp=16)
    at.set(hp=before)

    def hurt(sent):
        if sent == 3:
            at.world.hp = after

    assert drive(at, wait, budget=10, during=hurt)[1] == ended


@pytest.mark.parametrize("ailment", [
    nh.BL_MASK_STONE, nh.BL_MASK_SLIME, nh.BL_MASK_STRNGL, nh.BL_MASK_FOODPOIS, nh.BL_MASK_TERMILL,
])  # fmt: skip
def test_it_ends_when_an_ailment_begins_that_kills_within_turns(ailment):
    at = Situation(ROOM)

    def fall_ill(sent):
        if sent >= 3:
            at.known.stats = at.known.stats._replace(condition=ailment)

    assert drive(at, wait, budget=10, during=fall_ill) == ("sss", "dying")
    at.known.stats = at.known.stats._replace(condition=ailment)
    assert drive(at, wait, budget=10, during=fall_ill)[1] == "key budget spent"


def test_it_ends_at_a_declined_question():
    at = Situation(ROOM)

    def pray_for_ever(known):
        while True:
            yield from command(known, (PRAY,))

    assert drive(at, pray_for_ever) == (chr(PRAY) + "\x1b", "question declined")
    assert at.world.turn == 1


def test_it_ends_when_its_keys_are_spent():
    keys, ended = drive(Situation(ROOM), wait, budget=17)
    assert (len(keys), ended) == (17, "key budget spent")


def test_a_command_is_sent_whole_past_the_budget():
    def count(known):
        while True:
            yield from command(known, b"20s")

    assert drive(Situation(ROOM), count, budget=4) == ("20s20s", "key budget spent")


def test_a_command_without_end_is_cut_off():
    """One that never lets go of a prompt, or sends ever more keys together."""

    def endless(known):
        known.pending = 1
        while True:
            yield ord("s")

    at = Situation(ROOM)
    keys, ended = drive(at, endless, budget=5)
    assert ended == "key budget spent" and len(keys) <= 5 + MAX_KEYS_PER_COMMAND + 1
    assert at.known.pending == 0


def test_it_ends_on_another_level():
    at = Situation("-------\n|@>...|\n-------", "-------\n|<....|\n-------")

    def down_for_ever(known):
        yield from command(known, b"l")
        while True:
            yield from command(known, b">")

    keys, ended = drive(at, down_for_ever)
    assert ended == "another level" and at.world.depth == 2 and keys.count(">") == 1


def test_it_ends_with_the_game():
    at = Situation("-----\n|@w.|\n-----", hp=1)
    name = "search"
    for _ in range(30):
        played = at.play(name)
        if at.env.env.terminated:
            break
    assert played.ended == "game over" and at.world.cause == "killed by a wolf"


def test_one_that_sends_no_key_passes_a_turn():
    at = Situation(ROOM)
    turn = at.world.turn

    def nothing(known):
        yield from ()

    assert drive(at, nothing) == ("s", "done")
    assert at.world.turn == turn + 1


def test_several_that_take_no_time_pass_a_turn_at_last():
    at = Situation(ROOM)
    turn = at.world.turn
    sent = [drive(at, lambda known: command(known, b"\x1b"))[0] for _ in range(MAX_IDLE_DECISIONS)]
    assert sent == ["\x1b"] * (MAX_IDLE_DECISIONS - 1) + ["\x1bs"]
    assert at.world.turn == turn + 1


def test_time_that_passes_starts_the_count_anew():
    at = Situation(ROOM)
    for _ in range(3):
        for _ in range(MAX_IDLE_DECISIONS - 1):
            assert drive(at, lambda known: command(known, b"\x1b"))[0] == "\x1b"
        drive(at, lambda known: command(known, b"s"))


def test_the_last_key_is_noted_before_an_interruption_takes_hold():
    at, noted = Situation(ROOM), []

    def watch(known):
        while True:
            yield from command(known, b"s")
            noted.append(known.stats.turn)

    drive(at, watch, during=lambda n: n == 3 and at.spawn("lichen", -1, -3))
    assert noted == [2, 3, 4]


@pytest.mark.parametrize(
    "keys, question",
    [
        (b"<", "Still climb?"),
        ((PRAY,), "Are you sure you want to pray?"),
        (b"e", "here; eat it?"),
        (b"l", "Really attack the gnome?"),
        ((KICK, ord("l")), "Really attack the gnome?"),
        (b"o", "In what direction?"),
    ],
)
def test_questions_that_are_not_expected_are_declined(keys, question):
    at = Situation("-----\n|<p.|\n-----", nutrition=140)
    at.lay(food_ration())
    (gnome,) = at.world.level.monsters.values()
    before = (at.world.turn, at.world.hp, at.world.nutrition)
    drive(at, lambda known: command(known, keys))
    assert question in at.known.declined and at.known.prompt is None
    assert gnome.peaceful and at.world.level.items and at.world.cause is None
    assert (at.world.turn, at.world.hp, at.world.nutrition) == before


def test_a_menu_that_is_not_expected_is_left():
    at = Situation("-----\n|.@.|\n-----")
    for item in (food_ration(), food_ration()):
        at.lay(item)
    sent, _ = drive(at, lambda known: command(known, b","))
    assert sent == ",\x1b" and at.known.prompt is None and len(at.world.items) == 4


def test_an_expected_question_gets_its_answer_and_only_that():
    at = Situation(ROOM, nutrition=140)
    at.lay(food_ration())
    answers = [("here; eat", ord("n")), ("What do you want to eat", ord("d"))]
    sent, ended = drive(at, lambda known: command(known, b"e", answers))
    assert sent.startswith("end") and ended == "done"
    assert at.world.level.items and "d" not in at.world.items


def test_a_line_of_text_is_never_typed():
    """The stub asks for none, so the question is put by hand."""
    known = SHARED.known
    known.prompt = Prompt("getline", "What do you want to call it?")
    keys = command(known, b"s")
    assert next(keys) == 27
    known.prompt = None
    assert next(keys) == ord("s")
    assert list(keys) == []


def test_a_prompt_that_never_goes_is_given_up():
    known = SHARED.known
    known.prompt = Prompt("more", "")
    assert len(list(command(known, b""))) <= 2 * MAX_ANSWERS
    known.prompt = None


def test_walking_goes_by_the_shortest_way_and_stops_on_request():
    at = Situation("---------\n|@......|\n---------")
    goal = at.at(0, 6)
    assert drive(at, lambda known: walk(known, goal))[0] == "llllll" and at.known.hero == goal
    back = at.at(0, -6)
    drive(at, lambda known: walk(known, back, until=lambda: known.hero[1] == back[1] + 2))
    assert at.known.hero == (back[0], back[1] + 2)


def test_walking_swaps_with_a_pet():
    at = Situation("-------\n|@P...|\n-------")
    goal = at.at(0, 4)
    drive(at, lambda known: walk(known, goal))
    assert at.known.hero == goal


def test_walking_without_a_way_sends_nothing():
    at = Situation("-------\n|@.|..|\n-------")
    sent = list(walk(at.known, at.at(0, 4)))
    assert sent == []


def test_walking_goes_round_what_turns_out_to_be_in_the_way():
    """A wall in the middle of the floor that the screen does not show."""
    at = Situation("---------\n|@......|\n|.......|\n---------")
    goal = at.at(0, 6)
    at.world.level.terrain[at.world.hero + 3] = HWALL
    keys, _ = drive(at, lambda known: walk(known, goal))
    assert at.known.hero == goal and len(keys) <= 6 + 3


def test_walking_gives_up_where_nothing_moves():
    at = Situation("---------\n|@......|\n---------")
    goal = at.at(0, 6)
    at.world.level.terrain[at.world.hero + 1] = HWALL
    keys, _ = drive(at, lambda known: walk(known, goal))
    assert at.known.hero != goal and len(keys) <= 5


def test_new_shapes_are_no_news_to_who_hallucinates():
    """Every screen shows other monsters then; only their number tells of a new one."""
    at = Situation(ROOM)
    at.spawn("newt", -1, -2)

    def hallucinate(sent):
        at.known.stats = at.known.stats._replace(condition=nh.BL_MASK_HALLU)
        at.known.level.peace.see(
            [monster._replace(species=sent) for monster in at.known.level.monsters]
        )

    hallucinate(1)
    _, ended = drive(at, wait, budget=5, during=hallucinate)
    assert ended == "key budget spent"


def test_a_turn_is_not_passed_into_an_open_question():
    at = Situation(ROOM)
    at.known.prompt = Prompt("more", "")
    driver = Driver(at.known, Script(lambda known: (key for key in ())))
    assert driver.next_key() == ENTER
    at.known.prompt = Prompt("yn", "Really?")
    driver = Driver(at.known, Script(lambda known: (key for key in ())))
    assert driver.next_key() == ESCAPE
