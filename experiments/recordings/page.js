"use strict";
// Plays the game of the page: controls, keys and time.

const SPEEDS = [1, 2, 3, 6, 12, 24, 48, 96, 200, 400, 1000]; // keystrokes a second
const LONGEST = 250; // milliseconds between two frames; a hidden page does not rush on

class Player {
  constructor(game) {
    this.game = game;
    this.position = this.index = 0;
    this.speed = game.speed;
    this.playing = false;
    const seek = (position, index) => this.seek(position, index);
    this.screen = new ScreenView();
    this.decision = new DecisionView(game);
    this.log = new LogView(game, seek);
    this.lines = new LinesView(game, seek);
    showMarks(game);
    $("position").max = game.last;
    $("position").addEventListener("input", () => this.seek(Number($("position").value)));
    this.listen();
    this.showSpeed();
    this.seek(0);
  }

  // Shows a position; the decision is the one under way, or the one asked for.
  seek(position, index) {
    this.position = Math.min(Math.max(position, 0), this.game.last);
    this.index = index ?? this.game.decisionAt(this.position);
    this.screen.show(this.game.screen(this.position));
    this.decision.show(this.position, this.index);
    this.log.show(this.index);
    this.lines.show(this.position);
    const { turn, depth, last } = this.game;
    const [here, end, now] = [this.position, last, turn[this.position]]
      .map((number) => number.toLocaleString("en"));
    const place = `keystroke ${here} of ${end}, turn ${now}, depth ${depth[this.position]}`;
    $("place").textContent = place;
    $("position").value = this.position;
    $("position").setAttribute("aria-valuetext", place);
    $("hint").textContent = "";
  }

  step(keys) {
    this.pause();
    this.seek(this.position + keys);
  }

  stepDecision(direction) {
    this.pause();
    const here = this.game.decisions[this.index];
    const back = direction < 0 && this.position > here.start;
    const index = back ? this.index : this.index + direction;
    const decision = this.game.decisions[index];
    if (decision) this.seek(decision.start, index);
    else this.seek(direction < 0 ? 0 : this.game.last, direction < 0 ? 0 : this.index);
  }

  next(positions, what) {
    const found = positions.find((position) => position > this.position);
    if (found === undefined) $("hint").textContent = `no ${what} after this`;
    else this.seek(found);
  }

  play() {
    if (this.position === this.game.last) this.seek(0);
    this.playing = true;
    this.owed = 0;
    this.time = performance.now();
    this.showPlaying();
    requestAnimationFrame((now) => this.tick(now));
  }

  pause() {
    this.playing = false;
    this.showPlaying();
  }

  tick(now) {
    if (!this.playing) return;
    this.owed += (Math.min(Math.max(now - this.time, 0), LONGEST) / 1000) * this.speed;
    this.time = now;
    const keys = Math.floor(this.owed);
    this.owed -= keys;
    const danger = this.dangerWithin(keys);
    if (keys) this.seek(danger ?? this.position + keys);
    if (danger !== undefined || this.position === this.game.last) this.pause();
    else requestAnimationFrame((next) => this.tick(next));
  }

  // The next danger to pause at within so many keystrokes, if it is to pause there at all.
  dangerWithin(keys) {
    const here = this.position;
    if (!this.pausing) return undefined;
    return this.game.dangers.map(([p]) => p).find((p) => p > here && p <= here + keys);
  }

  togglePausing() {
    this.pausing = !this.pausing;
    $("pausing").setAttribute("aria-pressed", this.pausing);
  }

  changeSpeed(direction) {
    const faster = SPEEDS.find((speed) => speed > this.speed);
    const slower = SPEEDS.findLast((speed) => speed < this.speed);
    this.speed = (direction > 0 ? faster : slower) ?? this.speed;
    this.showSpeed();
  }

  showSpeed() {
    $("speed").textContent = `${figure(this.speed)} keys/s`;
  }

  showPlaying() {
    $("toggle").setAttribute("aria-label", this.playing ? "Pause" : "Play");
    document.body.classList.toggle("playing", this.playing);
  }

  does() {
    const { levels, dangers, last } = this.game;
    return {
      first: () => this.seek(0),
      last: () => this.seek(last),
      keyBack: () => this.step(-1),
      keyOn: () => this.step(1),
      decisionBack: () => this.stepDecision(-1),
      decisionOn: () => this.stepDecision(1),
      toggle: () => (this.playing ? this.pause() : this.play()),
      slower: () => this.changeSpeed(-1),
      faster: () => this.changeSpeed(1),
      nextLevel: () => this.next(levels.map(([p]) => p), "new level"),
      nextDanger: () => this.next(dangers.map(([p]) => p), "danger"),
      pauseAtDanger: () => this.togglePausing(),
      help: () => ($("help").open ? $("help").close() : $("help").showModal()),
    };
  }

  listen() {
    const does = this.does();
    for (const button of document.querySelectorAll("[data-does]")) {
      button.addEventListener("click", does[button.dataset.does]);
      // A click leaves the focus where it was: space goes on to mean play or pause.
      button.addEventListener("mousedown", (event) => event.preventDefault());
    }
    document.addEventListener("keydown", (event) => {
      const name = KEYS[event.key];
      const held = event.ctrlKey || event.altKey || event.metaKey;
      const command = held && !event.getModifierState("AltGraph"); // the browser's own
      const pressed = event.key === " " && event.target.closest("button");
      if (!name || command || pressed || ($("help").open && name !== "help")) return;
      event.preventDefault();
      does[name]();
    });
  }
}

const KEYS = {
  " ": "toggle", ArrowLeft: "keyBack", ArrowRight: "keyOn", Home: "first", End: "last",
  ArrowUp: "decisionBack", ArrowDown: "decisionOn", "[": "decisionBack", "]": "decisionOn",
  "-": "slower", "+": "faster", "=": "faster", l: "nextLevel", d: "nextDanger", m: "pauseAtDanger",
  "?": "help",
};

async function open() {
  if (!globalThis.DecompressionStream) {
    throw new Error("This browser is too old to unpack the game: it needs Chrome or Edge 103, "
      + "Firefox 113, Safari 16.4, or a newer one.");
  }
  const game = new Game(await unpack($("data").textContent));
  $("player").hidden = false;
  new Player(game);
}

open().catch((error) => {
  $("player").hidden = true;
  $("trouble").hidden = false;
  $("trouble").textContent = `The game can't be shown. ${error.message}`;
});
