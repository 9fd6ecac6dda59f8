"use strict";

// A game's page, packed by zlib in base64, as text.
async function unpacked(number) {
  const packed = atob(document.getElementById(`game-${number}`).textContent);
  const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

async function frame(number, title) {
  const element = document.createElement("iframe");
  element.title = title;
  element.sandbox = "allow-scripts";
  element.srcdoc = await unpacked(number);
  return element;
}

const player = document.getElementById("player");

for (const button of document.querySelectorAll("[data-play]")) {
  button.addEventListener("click", async () => {
    player.querySelector("iframe")?.remove();
    player.append(await frame(button.dataset.play, button.getAttribute("aria-label")));
    player.showModal();
  });
}
document.getElementById("close").addEventListener("click", () => player.close());
player.addEventListener("close", () => player.querySelector("iframe")?.remove());

document.getElementById("beside")?.addEventListener("click", async () => {
  const both = document.getElementById("both");
  const sides = [...document.querySelectorAll("[data-side]")];
  const title = (side) => side.selectedOptions[0].textContent;
  both.replaceChildren(...(await Promise.all(sides.map((side) => frame(side.value, title(side))))));
});

// What is folded away is printed, too.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open])")) {
    details.open = true;
    details.dataset.printed = "";
  }
});
addEventListener("afterprint", () => {
  for (const details of document.querySelectorAll("[data-printed]")) {
    details.open = false;
    delete details.dataset.printed;
  }
});
