"""The key w: what other choices would have brought."""

from experiments.playback.run_source import RunSource


def table_is_full(watching):
    return "16 futures each" in " ".join(watching.text().split())


def test_w_fills_a_table_for_the_decision_on_the_screen(stub_run, watch):
    async def act(watching):
        await watching.press("g")
        await watching.type("#5")
        await watching.press("enter")
        position = watching.position
        await watching.press("w")
        await watching.until(lambda: table_is_full(watching), seconds=60)
        text = watching.text()
        assert "decision 5 of" in text and "survival" in text and "▸" in text
        await watching.press("escape")
        assert watching.position == position

    watch(RunSource(stub_run), act)


def test_leaving_early_stops_it_and_the_game_goes_on(stub_run, watch):
    async def act(watching):
        await watching.press("w")
        await watching.press("escape")
        length = watching.playback.length
        await watching.press("down")
        assert watching.playback.length > length

    watch(RunSource(stub_run, live=True), act)


def test_a_replay_alone_can_not_be_asked(replays, watch):
    async def act(watching):
        await watching.press("w")
        await watching.until(lambda: "Only the games of a run" in watching.text())

    watch(replays, act)


def test_a_game_played_by_hand_is_not_the_agents(stub_run, watch):
    async def act(watching):
        await watching.press("h")
        await watching.press("s", "s", "s")
        await watching.press("f2")
        for _ in range(3):
            await watching.press("down")
        await watching.press("w")
        await watching.until(lambda: "went another way" in watching.text(), seconds=20)

    watch(RunSource(stub_run, live=True), act)
