"use strict";
// The whole course of the game: its decisions, its figures, and what stands out.

// All decisions; the one under way is kept in sight.
class LogView {
  constructor(game, seek) {
    this.rows = game.decisions.map((decision) => this.row(decision));
    $("log").append(...this.rows);
    $("log").addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) seek(game.decisions[row.dataset.index].start, Number(row.dataset.index));
    });
  }

  row(decision) {
    const row = element("div", "row");
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.dataset.index = decision.number - 1;
    row.id = `d${decision.number}`;
    const cells = [
      decision.number, decision.macro, decision.size, figure(decision.reward, true), decision.ended,
    ];
    row.append(...cells.map((cell) => element("span", "", cell)));
    return row;
  }

  show(index) {
    if (this.index === index) return;
    this.rows[this.index]?.setAttribute("aria-selected", "false");
    const row = this.rows[index], box = $("log");
    row.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", row.id);
    const height = row.offsetHeight, around = 2 * height; // two more rows before and after it
    const above = row.offsetTop - around;
    const below = row.offsetTop + height + around - box.clientHeight;
    if (box.scrollTop > above) box.scrollTop = above;
    if (box.scrollTop < below) box.scrollTop = below;
    this.index = index;
  }
}

// Figures over the whole game, as lines to click on.
class LinesView {
  constructor(game, seek) {
    this.game = game;
    const hitPoints = (p) => `${game.hit_points[p]} of ${game.max_hit_points[p]}`;
    this.lines = [
      this.line("hit points", [game.hit_points, game.max_hit_points], hitPoints, seek),
      this.line("depth", [game.depth], (p) => game.depth[p], seek),
      this.line("score", [game.score], (p) => game.score[p].toLocaleString("en"), seek),
    ];
  }

  line(name, series, text, seek) {
    const box = element("div", "line");
    const label = element("span", "label", name), now = element("b");
    const plot = element("div", "plot"), cursor = element("i");
    const peak = Math.max(1, ...series.map((values) => values.reduce((a, b) => Math.max(a, b))));
    const width = Math.max(this.game.last, 1);
    plot.innerHTML = `<svg viewBox="0 0 ${width} 1" preserveAspectRatio="none" role="img"></svg>`;
    plot.firstChild.setAttribute("aria-label", `${name} over the game, at most ${peak}`);
    series.forEach((values, i) => {
      const path = document.createElementNS(plot.firstChild.namespaceURI, "path");
      path.setAttribute("d", this.path(values, peak));
      path.setAttribute("class", i ? "limit" : "value");
      plot.firstChild.append(path);
    });
    plot.append(cursor);
    this.follow(plot, seek);
    box.append(label, now, plot);
    $("lines").append(box);
    return { now, cursor, text };
  }

  // Steps: a point for each change.
  path(values, peak) {
    const height = (value) => +(1 - Math.max(value, 0) / peak).toFixed(4);
    let path = `M0 ${height(values[0])}`;
    for (let p = 1; p < values.length; p++) {
      if (values[p] !== values[p - 1]) path += `H${p}V${height(values[p])}`;
    }
    return `${path}H${Math.max(values.length - 1, 1)}`;
  }

  follow(plot, seek) {
    const go = (event) => {
      const { left, width } = plot.getBoundingClientRect();
      const part = Math.min(Math.max((event.clientX - left) / width, 0), 1);
      seek(Math.round(part * this.game.last));
    };
    plot.addEventListener("pointerdown", (event) => {
      plot.setPointerCapture(event.pointerId);
      go(event);
    });
    plot.addEventListener("pointermove", (event) => {
      if (event.buttons) go(event);
    });
  }

  show(position) {
    for (const { now, cursor, text } of this.lines) {
      now.textContent = text(position);
      cursor.style.left = share(position / Math.max(this.game.last, 1));
    }
  }
}

// New levels, danger and the end, below the scrubber.
function showMarks(game) {
  const mark = (name, first, last, title) => {
    const made = element("i", name);
    made.title = title;
    made.style.left = share(first / Math.max(game.last, 1));
    if (last > first) made.style.width = share((last - first) / Math.max(game.last, 1));
    $("marks").append(made);
  };
  for (const [first, last] of game.dangers) {
    mark("danger", first, last, `danger, keystroke ${first}`);
  }
  for (const [p, depth] of game.levels) {
    mark("level", p, p, `new level of depth ${depth}, keystroke ${p}`);
  }
  mark("end", game.last, game.last, `end, keystroke ${game.last}`);
}
