// A slice through the energy, with the trajectory on it.
import { send } from "./server.js";
import { $, brief, heatColour, show, trying } from "./paint.js";
import { svg } from "./chart.js";

export function startLandscape() {
  $("landscape-start").addEventListener("click", () => trying("landscape-message", () => send("/landscape")));
}

export function drawLandscape(state) {
  $("landscape-start").disabled = !(state.recall && state.recall.phase !== "RUNNING" && state.recall.steps.length && state.patterns);
  if (state.landscape) {
    onLandscape(state.landscape);
  } else {
    show($("slice"), false);
    $("landscape-summary").textContent = $("landscape-start").disabled ? "Recall something first" : "";
  }
}

export function onLandscape(view) {
  $("landscape").dataset.phase = view.phase;
  $("landscape-message").textContent = view.message ?? "";
  $("landscape-summary").textContent = view.phase === "RUNNING" ? "Computing the energies …" : "";
  const slice = view.slice;
  show($("slice"), Boolean(slice));
  if (!slice) {
    return;
  }
  const canvas = $("map");
  canvas.width = slice.columns;
  canvas.height = slice.rows;
  const context = canvas.getContext("2d");
  const image = context.createImageData(slice.columns, slice.rows);
  slice.levels.forEach((byte, i) => {
    const row = slice.rows - 1 - Math.floor(i / slice.columns);
    image.data.set([...heatColour(byte), 255], 4 * (row * slice.columns + i % slice.columns));
  });
  context.putImageData(image, 0, 0);
  canvas.setAttribute("aria-label",
    `Energy from ${brief(slice.lowest)} (dark) to ${brief(slice.highest)} (bright); the recall went from ${brief(slice.trajectory[0].energy)} to ${brief(slice.trajectory.at(-1).energy)}.`);
  drawPath(slice);
  if (view.familiarity) {
    drawWords(slice, view.familiarity);
  }
}

function drawPath(slice) {
  const path = $("path");
  path.setAttribute("viewBox", "0 0 400 400");
  path.setAttribute("preserveAspectRatio", "none");
  const at = spot => [400 * spot.x, 400 * (1 - spot.y)];
  const points = slice.trajectory.map(spot => at(spot).map(v => v.toFixed(1)).join(",")).join(" ");
  const dot = (spot, style, radius) => svg("circle", { cx: at(spot)[0], cy: at(spot)[1], r: radius, class: style });
  const word = (spot, text) => svg("text", {
    x: at(spot)[0], y: at(spot)[1] + (spot.y > 0.9 ? 22 : -13), "text-anchor": "middle",
  }, text);
  const first = slice.trajectory[0], last = slice.trajectory.at(-1);
  path.replaceChildren(
    svg("polyline", { points, class: "halo" }), svg("polyline", { points, class: "walk" }),
    ...slice.trajectory.slice(1, -1).map(spot => dot(spot, "step", 3)),
    dot(first, "start", 7), dot(slice.other, "third", 7), dot(last, "end", 7),
    word(first, "start"), word(slice.other, slice.otherName), word(last, "rest"));
}

function drawWords(slice, familiarity) {
  const line = text => Object.assign(document.createElement("li"), { textContent: text });
  $("map-legend").replaceChildren(
    line(`Dark is low energy (${brief(slice.lowest)}), bright is high (${brief(slice.highest)}); the scale is logarithmic.`),
    line("White: the steps of the recall, seen from above. Yellow: where it came to rest."),
    line(`Red: where the network rests when it is shown “${slice.otherName}”.`));
  const box = $("familiarity");
  const heading = Object.assign(document.createElement("h3"), { textContent: "Familiarity" });
  const meter = Object.assign(document.createElement("div"), { className: "meter" });
  const bar = document.createElement("div");
  bar.style.width = `${100 * familiarity.score}%`;
  meter.append(bar);
  const text = Object.assign(document.createElement("p"), {
    className: "hint",
    textContent: `Shown whole and undamaged, this picture ends at energy ${brief(familiarity.energy)}; stored patterns at ${brief(familiarity.median)} in the middle and ${brief(familiarity.largest)} at most. ${familiarity.score === 1 ? "As familiar as what is stored." : "It is unlike anything that is stored."}`,
  });
  box.replaceChildren(heading, meter, text);
}
