// The same cue, given to other memories.
import { send } from "./server.js";
import { $, brief, picture, trying } from "./paint.js";
import { request } from "./recall.js";

let shape = null;

export function startCompare() {
  $("compare-start").addEventListener("click", () =>
    trying("compare-message", () => send("/comparison", request())));
}

export function drawCompare(state) {
  shape = state.memory ?? state.patterns;
  $("compare-start").disabled = !(state.memory && state.patterns && state.damage);
  if (state.comparison) {
    onComparison(state.comparison);
  } else {
    $("answers").replaceChildren();
    $("compare-summary").textContent = "";
  }
}

export function onComparison(view) {
  $("compare").dataset.phase = view.running ? "RUNNING" : "DONE";
  $("compare-summary").textContent = view.running ? "Asking …"
    : view.completes ? "Completing the missing part" : "Cleaning up the whole picture";
  $("answers").replaceChildren(card("Cue", "What all of them were shown.", view.cue, "", "", view.erased), ...view.answers.map(answer =>
    card(answer.name, answer.idea, answer.picture, answer.message,
      answer.picture ? `MSE ${brief(answer.mse)}, ${answer.milliseconds < 10 ? answer.milliseconds.toFixed(1) : answer.milliseconds.toFixed(0)} ms` : "")));
}

function card(name, idea, pixels, message, score, erased) {
  const item = document.createElement("li");
  if (pixels) {
    const canvas = document.createElement("canvas");
    canvas.className = "picture";
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${name}: ${score || "the damaged picture"}`);
    picture(canvas, shape, pixels, erased);
    item.append(canvas);
  } else {
    item.append(Object.assign(document.createElement("p"), { className: "none", textContent: message }));
  }
  item.append(
    Object.assign(document.createElement("h3"), { textContent: name }),
    Object.assign(document.createElement("p"), { className: "score", textContent: score }),
    Object.assign(document.createElement("p"), { textContent: idea }));
  return item;
}
