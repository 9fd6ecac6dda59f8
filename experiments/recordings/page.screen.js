"use strict";
// What every view needs, and the view of NetHack's screen. A view is built once, and then shows
// position after position.

const $ = (id) => document.getElementById(id);

function element(kind, name, text) {
  const made = document.createElement(kind);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

// A figure of any size in few characters: 0.00123, 12.3, 1,234.
function figure(value, sign = false) {
  const size = Math.abs(value);
  const text = size >= 100 ? Math.round(size).toLocaleString("en") : String(+size.toPrecision(3));
  return (value < 0 ? "\u2212" : sign ? "+" : "") + text;
}

const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
const share = (part) => `${100 * part}%`;

// NetHack's screen: 24 rows of text, of which only those that changed are drawn again.
class ScreenView {
  constructor() {
    this.chars = new Uint8Array(CELLS);
    this.colors = new Uint8Array(CELLS);
    for (let y = 0; y < ROWS; y++) $("rows").append(element("div"));
    new ResizeObserver(() => this.fit()).observe($("screen"));
  }

  fit() {
    if (this.width === $("screen").clientWidth) return;
    this.width = $("screen").clientWidth;
    const rows = $("rows").style;
    rows.fontSize = "100px";
    const room = this.width / $("rows").offsetWidth;
    $("screen").style.fontSize = `${Math.floor(9990 * room) / 100}px`;
    rows.fontSize = "";
  }

  show({ chars, colors, cursor }) {
    for (let y = 0; y < ROWS; y++) {
      const start = y * COLUMNS, end = start + COLUMNS;
      if (this.differs(chars, colors, start, end)) {
        $("rows").children[y].replaceChildren(...this.spans(chars, colors, start, end));
      }
    }
    this.chars.set(chars);
    this.colors.set(colors);
    const style = $("cursor").style;
    style.left = `${cursor % COLUMNS}ch`;
    style.top = `calc(${Math.floor(cursor / COLUMNS)} * var(--row))`;
    $("cursor").dataset.character = String.fromCharCode(chars[cursor]);
  }

  differs(chars, colors, start, end) {
    for (let i = start; i < end; i++) {
      if (chars[i] !== this.chars[i] || colors[i] !== this.colors[i]) return true;
    }
    return false;
  }

  spans(chars, colors, start, end) {
    const spans = [];
    let first = start;
    for (let i = start + 1; i <= end; i++) {
      const blank = chars[i] === BLANK && colors[i] === 0 && colors[first] < 16;
      if (i < end && (blank || colors[i] === colors[first])) continue;
      const color = colors[first];
      const name = color < 16 ? `c${color}` : `r${color - 16}`;
      spans.push(element("span", name, String.fromCharCode(...chars.subarray(first, i))));
      first = i;
    }
    return spans;
  }
}
