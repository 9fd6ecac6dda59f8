"""Games that an agent plays while they are watched, and by hand."""

from experiments.replays.decisions import BY_HAND
from experiments.viewer import jumps
from experiments.viewer.player import Player


def test_it_is_played_as_it_is_watched_and_no_further(watch, live):
    async def act(viewer):
        assert "LIVE" in viewer.text("title")
        await viewer.press("space")
        start = viewer.playback.length
        await viewer.pilot.pause(0.2)
        assert viewer.playback.length == viewer.position == start
        await viewer.press("right", "right", "right")
        assert viewer.playback.length == viewer.position == start + 3
        await viewer.press("left", "left")
        assert viewer.position == start + 1
        assert viewer.playback.length == start + 3
        assert "so far" in viewer.text("state")

    watch(live, act)


def test_it_plays_to_its_end(watch, live):
    async def act(viewer):
        await viewer.until(lambda: viewer.player.at_end, seconds=20)
        assert viewer.position == viewer.playback.total
        assert "the limit of the game's length" in viewer.text("state")

    watch(live, act, speed=0)


def test_next_decision_is_played_to(watch, live):
    async def act(viewer):
        await viewer.press("space", "home", "down")
        await viewer.until(lambda: viewer.player.goal is None)
        assert viewer.position == viewer.playback.decisions[1].start
        await viewer.press("down")
        await viewer.until(lambda: viewer.player.goal is None)
        assert viewer.position == viewer.playback.decisions[2].start == viewer.playback.length
        assert not viewer.player.playing

    watch(live, act)


def test_next_level_is_played_to(watch, live):
    """Game 1 goes down the stairs."""

    async def act(viewer):
        await viewer.press("l")
        await viewer.until(lambda: viewer.player.goal is None, seconds=20)
        assert viewer.position == jumps.level_changes(viewer.playback)[0]
        assert viewer.playback.screens.stats(viewer.position).depth == 2

    watch(live, act, number=1)


def test_esc_stops_the_search(watch, live, monkeypatch):
    monkeypatch.setattr("experiments.viewer.player.SLICE_SECONDS", 0.0001)

    async def act(viewer):
        await viewer.press("space", "x")
        assert "looking for the end (Esc stops)" in viewer.text("state")
        await viewer.press("escape")
        stopped = viewer.position
        await viewer.pilot.pause(0.1)
        assert viewer.position == viewer.playback.length == stopped
        assert not viewer.playback.over

    watch(live, act)


def test_x_plays_to_the_end(watch, live):
    async def act(viewer):
        await viewer.press("x")
        await viewer.until(lambda: viewer.player.at_end, seconds=20)

    watch(live, act)


def test_end_is_the_last_position_played(watch, live):
    async def act(viewer):
        await viewer.press("space", "right", "right", "home", "end")
        assert viewer.position == viewer.playback.length
        assert not viewer.playback.over

    watch(live, act)


def test_a_recording_cannot_be_taken_over(watch, replays):
    async def act(viewer):
        await viewer.press("h")
        assert any("watch it live with --live" in message for message in viewer.notices())
        await viewer.press("home", "right")
        assert viewer.position == 1

    watch(replays, act)


def test_keys_go_to_the_game(watch, live):
    async def act(viewer):
        await viewer.press("space", "right", "right", "left", "h")
        front = viewer.playback.length
        assert viewer.position == front
        assert "By hand: keys go to NetHack; F2" in viewer.text("hand")
        await viewer.press("j", "L", "q", "enter", "escape", "ctrl+d", "alt+p", "2", "space", "?")
        pressed = bytes([*b"jLq", 13, 27, 4, 240, *b"2 ?"])
        assert viewer.playback.keys[front:] == pressed
        assert viewer.playback.decisions[-1].macro == BY_HAND
        assert viewer.position == viewer.playback.length == front + len(pressed)
        assert viewer.app.is_running

    watch(live, act)


def test_keys_go_to_the_game_after_a_click_elsewhere(watch, live):
    async def act(viewer):
        await viewer.press("space", "h")
        for part in ("title", "log", "choice", "timeline", "screen"):
            await viewer.click(part, 20)
            before = viewer.playback.length
            await viewer.press("s")
            assert viewer.playback.keys[before:] == b"s", part

    watch(live, act)


def test_by_hand_from_the_start(watch, live):
    async def act(viewer):
        await viewer.press("s")
        assert viewer.playback.keys == b"s"

    watch(live, act, by_hand=True)


def test_f2_hands_back(watch, live):
    async def act(viewer):
        await viewer.press("space", "h", "s", "f2")
        assert not viewer.player.by_hand
        assert not viewer.player.playing
        assert "By hand:" not in viewer.text()
        await viewer.press("right")
        assert viewer.playback.decisions[-1].macro in viewer.playback.names
        assert viewer.playback.decisions[-2].ended == "handed back"

    watch(live, act)


def test_f2_goes_on_playing_if_it_played_before(watch, live):
    async def act(viewer):
        await viewer.press("h", "s", "f2")
        assert viewer.player.playing

    watch(live, act)


def test_f3_plays_one_macro_action(watch, live):
    async def act(viewer):
        await viewer.press("space", "h", "s", "f3")
        await viewer.until(lambda: viewer.player.goal is None)
        assert viewer.player.by_hand
        macro = viewer.playback.decisions[-1]
        assert macro.macro in viewer.playback.names
        assert macro.ended
        await viewer.press("s")
        assert viewer.playback.decisions[-1].macro == BY_HAND
        assert viewer.playback.decisions[-1].keys == b"s"

    watch(live, act)


def test_the_choice_is_what_the_agent_would_do(watch, live):
    async def act(viewer):
        await viewer.press("space", "h", "s")
        preference = viewer.playback.preference()
        name = preference.macros[preference.chosen]
        assert f"▶{name}" in viewer.text("choice")
        assert f"F3 plays {name}" in viewer.text("hand")

    watch(live, act)


def test_the_agent_is_not_asked_amid_a_question(live):
    player = Player(live.open(0), 1.0)
    player.take_over()
    before = player.preference
    player.press(240)  # M-p: "Are you sure you want to pray?"
    assert player.playback.env.known.prompt is not None
    assert player.preference is before
    player.press(27)
    assert player.playback.env.known.prompt is None
    assert player.preference is not before


def test_a_key_interrupts_the_agents_macro_action(live, monkeypatch):
    monkeypatch.setattr("experiments.viewer.player.SLICE_SECONDS", 0.0)
    player = Player(live.open(0), 1.0)
    player.take_over()
    player.let_agent()
    player.work()
    assert player.goal
    player.press(ord("s"))
    assert not player.goal
    assert player.playback.decisions[-1].macro == BY_HAND
    assert player.by_hand


def test_ctrl_c_leaves_by_hand_too(watch, live):
    async def act(viewer):
        await viewer.press("space", "h", "ctrl+c")
        assert viewer.app._exit

    watch(live, act)


def test_a_game_that_ends_by_hand_is_over(watch, live):
    length = live.open(1).play_to(100_000)  # by the agent, to the end

    async def act(viewer):
        playback = viewer.playback
        await viewer.press("space")
        playback.play_to(length - 100)
        await viewer.press("h")
        assert viewer.player.by_hand
        while not playback.over:  # the game is cut off after some more turns
            await viewer.press(*["s"] * 20)
        assert not viewer.player.by_hand
        assert viewer.player.at_end
        await viewer.press("h")
        assert "this game is over" in viewer.notices()

    watch(live, act, number=1)
