// Joins the parts: one state from the server, drawn by each; events bring news.
import { ask, listen, send } from "./server.js";
import { $, trying } from "./paint.js";
import { startPatterns, drawPatterns } from "./patterns.js";
import { startLearning, drawLearning, drawProgress } from "./learning.js";
import { startDamage, drawDamage } from "./damage.js";
import { startRecall, drawRecall, onFrame, onRecall } from "./recall.js";
import { startCompare, drawCompare, onComparison } from "./compare.js";
import { startLandscape, drawLandscape, onLandscape } from "./landscape.js";

let asking = false;
let again = false;
let announced = "";

/** Asks for the state and draws it; news that comes meanwhile is asked for once more, not many times. */
async function refresh() {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  try {
    draw(await ask(""));
    banner("");
  } catch (error) {
    banner(error.message);
  }
  asking = false;
  if (again) {
    again = false;
    refresh();
  }
}

/** Draws news, and asks for the state once more when work has ended: one asked for before that may arrive after the news, and be older. */
function settling(drawNews, runs) {
  return view => {
    drawNews(view);
    if (!runs(view)) {
      refresh();
    }
  };
}

function banner(text) {
  $("banner").textContent = text;
  $("banner").hidden = text === "";
}

function draw(state) {
  for (const part of [drawPatterns, drawLearning, drawDamage, drawRecall, drawCompare, drawLandscape]) {
    part(state);
  }
  drawSteps(state);
  document.body.dataset.ready = String(Boolean(state.patterns) && !state.loading);
}

function drawSteps(state) {
  const damaged = state.damage && (state.damage.erasedShare > 0 || state.damage.variance > 0 || state.damage.pattern < 0);
  const done = {
    patterns: Boolean(state.patterns), learn: Boolean(state.memory),
    damage: Boolean(state.memory && damaged), recall: state.recall?.phase === "DONE",
  };
  const now = Object.keys(done).find(step => !done[step]) ?? "recall";
  for (const step of Object.keys(done)) {
    const link = document.querySelector(`[data-step=${step}]`);
    link.classList.toggle("done", done[step]);
    link.classList.toggle("now", step === now);
    if (step === now) {
      link.setAttribute("aria-current", "step");
    } else {
      link.removeAttribute("aria-current");
    }
    $(step).classList.toggle("now", step === now);
  }
  if (announced !== now) {
    announced = now;
    $("announce").textContent = `Next step: ${now}.`;
  }
}

startPatterns(refresh, pattern => trying("patterns-message", async () => {
  await send("/cue", { pattern });
  refresh();
}));
startLearning(refresh);
startDamage(refresh);
startRecall(refresh);
startCompare();
startLandscape();
listen(
  {
    changed: refresh,
    learning: settling(drawProgress, view => view.phase === "RUNNING"),
    frame: onFrame,
    recall: settling(onRecall, () => false),
    comparison: settling(onComparison, view => view.running),
    landscape: settling(onLandscape, view => view.phase === "RUNNING"),
  },
  refresh,
  () => banner("The connection was lost; trying again …"));
