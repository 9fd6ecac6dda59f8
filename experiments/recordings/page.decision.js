"use strict";
// The decision under way, and how it was made.
class DecisionView {
  constructor(game) { this.game = game; }

  show(position, index) {
    const decision = this.game.decisions[index];
    const before = this.game.decisions[index - 1];
    const done = position >= decision.end && decision.ended;
    const keys = Math.min(position, decision.end) - decision.start;
    $("macro").textContent = `${decision.number}. ${decision.macro}`;
    $("keys").textContent = this.game.keysText(decision, position) || "no key yet";
    $("ended").textContent = done
      ? `${this.end(decision)}, ${figure(decision.total)} in all`
      : `${keys} of ${plural(decision.size, "key")}; ${figure(before?.total ?? 0)} reward in all`;
    $("before").textContent = before
      ? `before: ${before.number}. ${before.macro}, ${this.end(before)}`
      : "";
    if (this.shown !== decision) this.showChoice(decision);
    this.shown = decision;
  }

  end({ size, ended, reward }) {
    return `${plural(size, "key")}; ${ended}; reward ${figure(reward, true)}`;
  }

  showChoice(decision) {
    const macros = this.game.macros;
    const rows = decision.legal.map((action, i) => this.row(decision, action, decision.shares[i]));
    $("choice").replaceChildren(this.heading(decision), ...rows);
    $("choice").dataset.beliefs = decision.estimates ? "yes" : "no";
    const names = macros.filter((name, i) => name !== "by hand" && !decision.legal.includes(i));
    $("illegal").textContent = names.length ? `not legal here: ${names.join(", ")}` : "";
    $("situation").textContent = decision.situation;
  }

  heading(decision) {
    const row = element("div", "heading");
    const scale = this.scale(decision);
    const range = element("span", "axis");
    if (scale) range.append(...scale.map((end) => element("span", "", figure(end))));
    const count = decision.counts ? "count" : "";
    const names = ["choice", "probability", "", "value", range, count];
    this.fill(row, decision, names, "columnheader");
    return row;
  }

  row(decision, action, thousandths) {
    const row = element("div", action === decision.chosen ? "chosen" : "");
    const bar = element("span", "bar");
    bar.append(element("i"));
    bar.firstChild.style.width = share(thousandths / 1000);
    const percent = thousandths < 100 ? thousandths / 10 : Math.round(thousandths / 10);
    const { estimates, counts } = decision;
    const marker = action === decision.chosen ? "\u25b8 " : "";
    this.fill(row, decision, [
      marker + this.game.macros[action], bar, `${percent}%`,
      estimates?.[action] == null ? "" : figure(estimates[action]),
      this.whisker(decision, action),
      counts?.[action] == null ? "" : counts[action].toLocaleString("en"),
    ], "cell");
    return row;
  }

  // The last three cells are those of agents that keep values, bounds and counts.
  fill(row, decision, cells, role) {
    row.setAttribute("role", "row");
    for (const content of decision.estimates ? cells : cells.slice(0, 3)) {
      const cell = element("div");
      cell.setAttribute("role", role);
      cell.append(content);
      row.append(cell);
    }
  }

  // The lowest and the highest finite value of the legal actions; null where there are none.
  scale({ legal, estimates, low, high }) {
    const values = legal.flatMap((i) => [estimates?.[i], low?.[i], high?.[i]])
      .filter((value) => value != null);
    if (!values.length) return null;
    const ends = [Math.min(...values), Math.max(...values)];
    return ends[0] === ends[1] ? [ends[0] - 1, ends[1] + 1] : ends;
  }

  // An action value as a dot on the line between its bounds; unknown bounds leave the line open.
  whisker(decision, action) {
    const made = element("span", "whisker");
    const scale = this.scale(decision);
    if (!scale) return made;
    const place = (value) => (value - scale[0]) / (scale[1] - scale[0]);
    const { estimates, low, high } = decision;
    if (scale[0] < 0 && scale[1] > 0) {
      made.append(element("i", "zero"));
      made.lastChild.style.left = share(place(0));
    }
    if (low && high) {
      const [from, to] = [low[action], high[action]];
      const range = element("i", "range");
      range.classList.toggle("open-low", from == null);
      range.classList.toggle("open-high", to == null);
      range.style.left = share(from == null ? 0 : place(from));
      range.style.right = share(to == null ? 0 : 1 - place(to));
      made.append(range);
      const [least, most] = [from, to].map((end) => (end == null ? "unknown" : figure(end)));
      made.title = `between ${least} and ${most}`;
    }
    if (estimates[action] != null) {
      made.append(element("i", "dot"));
      made.lastChild.style.left = share(place(estimates[action]));
    }
    return made;
  }
}
