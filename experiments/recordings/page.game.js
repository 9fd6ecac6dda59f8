"use strict";
// The game of the page: unpacked once, then asked for any of its screens and decisions.

const CELLS = 1920, COLUMNS = 80, ROWS = 24, BLANK = 32;
const KEYFRAME = 256; // screens from one that is kept in full to the next
const KINDS = { u1: Uint8Array, u2: Uint16Array, i4: Int32Array };

// Unpacks what experiments/recordings/page_data.py packed; all but the arrays is JSON.
async function unpack(base64) {
  const packed = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const buffer = await new Response(stream).arrayBuffer();
  const size = new DataView(buffer).getUint32(0, true);
  const content = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, size)));
  let offset = 4 + size;
  for (const [name, kind, length] of content.arrays) {
    content[name] = new KINDS[kind](buffer, offset, length);
    offset += Math.ceil(content[name].byteLength / 4) * 4;
  }
  return content;
}

// A game. Position p is the game after p keystrokes; decisions count from 0 here.
class Game {
  constructor(content) {
    Object.assign(this, content);
    this.last = this.counts.length - 1;
    this.decisions = content.decisions.map((row) => this.decision(row));
    let start = 0, reward = 0;
    this.decisions.forEach((decision, index) => {
      Object.assign(decision, { number: index + 1, start, end: start + decision.size });
      reward += decision.reward;
      decision.total = reward; // with it and all before it
      start = decision.end;
    });
    this.chars = { changed: content.chars, now: new Uint8Array(CELLS) };
    this.colors = { changed: content.colors, now: new Uint8Array(CELLS) };
    this.keepFrames();
  }

  decision([macro, size, reward, ended, situation, chosen, legal, shares, beliefs]) {
    const [estimates, counts, low, high] = this.beliefs[beliefs];
    return {
      macro: this.macros[macro], size, reward, ended: this.endings[ended],
      situation: this.situations[situation],
      chosen, legal, shares, estimates, counts, low, high,
    };
  }

  keepFrames() {
    this.begins = new Uint32Array(this.counts.length + 1); // of each screen's changes
    this.counts.forEach((count, p) => { this.begins[p + 1] = this.begins[p] + count; });
    this.frames = [];
    this.at = -1;
    this.chars.now.fill(BLANK);
    for (let p = 0; p <= this.last; p++) {
      this.change(p);
      if (p % KEYFRAME === 0) {
        this.frames.push([this.chars.now.slice(), this.colors.now.slice()]);
      }
    }
  }

  change(p) {
    let cell = 0;
    for (let i = this.begins[p]; i < this.begins[p + 1]; i++) {
      cell += this.places[i];
      this.chars.now[cell] = this.chars.changed[i];
      this.colors.now[cell] = this.colors.changed[i];
    }
    this.at = p;
  }

  // Characters and colours, row by row; they are overwritten by the next call.
  screen(p) {
    const frame = Math.floor(p / KEYFRAME);
    if (this.at > p || this.at < frame * KEYFRAME) {
      this.chars.now.set(this.frames[frame][0]);
      this.colors.now.set(this.frames[frame][1]);
      this.at = frame * KEYFRAME;
    }
    while (this.at < p) this.change(this.at + 1);
    return { chars: this.chars.now, colors: this.colors.now, cursor: this.cursors[p] };
  }

  // The decision under way at a position; where one ends and the next begins, the next.
  decisionAt(p) {
    let low = 0, high = this.decisions.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.decisions[middle].start <= p) low = middle; else high = middle;
    }
    return low;
  }

  // Keys of a decision up to a position in readable form, as experiments/watch/keys.py does it.
  keysText(decision, p) {
    const words = [];
    let run = "", count = "";
    for (const key of this.keys.subarray(decision.start, Math.min(p, decision.end))) {
      const name = this.key_names[key];
      if (name >= "0" && name <= "9" && name.length === 1) {
        count += name;
      } else if (!count && name.length === 1) {
        run += name;
      } else {
        words.push(run, count + name);
        run = count = "";
      }
    }
    return [...words, run, count].filter(Boolean).join(" ");
  }
}
