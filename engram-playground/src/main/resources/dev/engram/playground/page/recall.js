// Step 4: the recall, and a player of the steps that the server keeps.
import { ask, send } from "./server.js";
import { $, brief, heat, nodes, picture, show, trying } from "./paint.js";
import { energyChart } from "./chart.js";

const PLAY_SECONDS = 6;
let recall = null;
let shape = null;
let frames = new Map();
let position = 0;
let timer = null;
let moveCursor = () => {};

export const request = () => ({ how: $("how").value, solver: $("solver").value });

export function startRecall(refresh) {
  $("recall-start").addEventListener("click", () => trying("recall-message", async () => {
    await send("/recall", request());
    refresh();
  }));
  $("recall-stop").addEventListener("click", () => trying("recall-message", () => send("/recall/stop")));
  $("play").addEventListener("click", () => timer ? pause() : play());
  $("rewind").addEventListener("click", () => { pause(); seek(0); });
  $("back").addEventListener("click", () => { pause(); seek(position - 1); });
  $("forward").addEventListener("click", () => { pause(); seek(position + 1); });
  $("position").addEventListener("input", () => { pause(); seek(Number($("position").value)); });
  $("speed").addEventListener("change", () => { if (timer) { pause(); play(); } });
}

const last = () => (recall?.steps.length ?? 0) - 1;

function play() {
  if (last() < 0) {
    return;
  }
  if (position >= last()) {
    position = -1;
  }
  $("play").textContent = "❚❚";
  $("play").setAttribute("aria-label", "Pause");
  timer = setInterval(() => {
    if (position >= last()) {
      if (recall.phase !== "RUNNING") {
        pause();
      }
      return;
    }
    seek(position + 1);
  }, 1000 / Number($("speed").value));
}

function pause() {
  clearInterval(timer);
  timer = null;
  $("play").textContent = "▶";
  $("play").setAttribute("aria-label", "Play");
}

async function seek(to) {
  position = Math.max(0, Math.min(last(), to));
  const wanted = recall.steps[position];
  if (!wanted) {
    return;
  }
  if (!frames.has(wanted.step)) {
    const number = recall.number;
    const from = Math.max(0, position - 1);
    const got = await ask(`/recall/frames?from=${from}`).catch(() => []);
    if (recall?.number !== number) {
      return;
    }
    keep(got);
  }
  const frame = frames.get(wanted.step);
  if (frame && recall.steps[position] === wanted) {
    drawFrame(frame);
  }
}

function keep(some) {
  some.forEach(frame => frames.set(frame.numbers.step, frame));
  for (const step of frames.keys()) { // a window, not the whole trajectory: the server has that
    if (frames.size <= 600) {
      break;
    }
    frames.delete(step);
  }
}

function drawFrame(frame) {
  picture($("answer"), shape, frame.picture);
  heat($("errors"), shape.width, shape.height, frame.errors);
  nodes($("values"), frame.values);
  nodes($("hidden-errors"), frame.hiddenErrors);
  $("position").max = Math.max(0, last());
  $("position").value = position;
  $("position").setAttribute("aria-valuetext", `step ${frame.numbers.step}`);
  $("fact-step").textContent = frame.numbers.step;
  $("fact-mse").textContent = brief(frame.numbers.mse);
  $("fact-mse").classList.toggle("good", frame.numbers.mse < 0.001);
  $("fact-energy").textContent = brief(frame.numbers.total);
  moveCursor(frame.numbers.step);
}

/** A step happened just now: show it at once where nothing is being played. */
export function onFrame({ number, frame }) {
  if (!recall || number !== recall.number || recall.phase !== "RUNNING") {
    return;
  }
  keep([frame]);
  if (!recall.steps.some(s => s.step === frame.numbers.step)) {
    recall.steps.push(frame.numbers);
  }
  if (!timer) {
    position = last();
    drawFrame(frame);
  }
}

/** A recall began or ended. */
export function onRecall(next) {
  const isNew = !recall || recall.number !== next.number;
  const ended = next.phase !== "RUNNING";
  if (isNew) {
    frames = new Map();
    position = 0;
  }
  const wasRunning = isNew || recall.phase === "RUNNING";
  recall = next;
  drawEnd();
  if (ended && wasRunning && last() >= 0) {
    pause();
    if (isNew || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      seek(last());
    } else {
      const wanted = (last() + 1) / PLAY_SECONDS;
      const speeds = [...$("speed").options].map(option => option.value);
      $("speed").value = speeds.find(speed => speed >= wanted) ?? speeds.at(-1);
      position = -1;
      play();
    }
  }
}

function drawEnd() {
  $("recall").dataset.phase = recall.phase;
  show($("recall-stop"), recall.phase === "RUNNING");
  $("recall-message").textContent = recall.message ?? "";
  moveCursor = energyChart($("recall-chart"), recall.steps.map(s => ({ x: s.step, energy: s.energy })), "step");
  if (recall.phase === "RUNNING") {
    $("recall-summary").textContent = recall.completes ? "Completing the missing part …" : "Cleaning up the whole picture …";
    $("fact-status").textContent = "running";
    $("fact-residual").textContent = "–";
    return;
  }
  const end = recall.end;
  if (end) {
    const back = end.mse < 0.001 ? "came back" : "did not come back whole";
    $("recall-summary").textContent = `The picture ${back}: MSE ${brief(end.mse)} in ${(1000 * end.seconds).toFixed(0)} ms`;
    $("recall-summary").dataset.mse = end.mse;
    $("fact-residual").textContent = brief(end.residual);
    $("fact-status").textContent = end.status.toLowerCase().replace("_", " ");
    $("fact-status").title = end.meaning;
  }
}

export function drawRecall(state) {
  shape = state.memory ?? state.patterns;
  const ready = Boolean(state.memory && state.damage);
  $("recall-start").disabled = !ready;
  const damage = state.damage;
  if (damage && shape) {
    picture($("recall-cue"), shape, damage.picture, damage.erased);
    picture($("original"), shape, damage.original);
  }
  if (state.recall) {
    onRecall(state.recall);
  } else {
    pause();
    recall = null;
    frames = new Map();
    $("recall-summary").textContent = ready ? "" : "Learn first";
    show($("recall-stop"), false);
    moveCursor = energyChart($("recall-chart"), [], "step");
    ["answer", "errors", "values", "hidden-errors"].forEach(id => $(id).getContext("2d").clearRect(0, 0, $(id).width, $(id).height));
    ["step", "mse", "energy", "residual", "status"].forEach(fact => { $(`fact-${fact}`).textContent = "–"; });
    delete $("recall").dataset.phase;
  }
  ["rewind", "back", "play", "forward", "position"].forEach(id => { $(id).disabled = last() < 0; });
}
