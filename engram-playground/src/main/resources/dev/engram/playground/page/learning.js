// Step 2: the network learns.
import { base, send, sendFiles } from "./server.js";
import { $, picture, say, show, trying } from "./paint.js";
import { energyChart } from "./chart.js";

let points = [];
let shape = null;

export function startLearning(refresh) {
  const whole = id => $(id).value === "" ? 0 : Math.round(Number($(id).value));
  $("learn-start").addEventListener("click", () => trying("learn-message", async () => {
    points = [];
    await send("/learning", {
      layers: whole("layers"), hidden: whole("hidden"), activation: $("activation").value,
      rule: $("rule").value, updates: whole("updates"),
    });
    refresh();
  }));
  $("learn-hold").addEventListener("click", () => trying("learn-message", () => send("/learning/hold")));
  $("learn-go-on").addEventListener("click", () => trying("learn-message", () => send("/learning/go-on")));
  $("pick-memory").addEventListener("click", () => $("memory-file").click());
  $("memory-file").addEventListener("change", async () => {
    const files = [...$("memory-file").files];
    $("memory-file").value = "";
    await trying("learn-message", async () => {
      await sendFiles("/memory", files);
      refresh();
    });
  });
}

export function drawLearning(state) {
  shape = state.patterns ?? state.memory;
  show($("download"), Boolean(state.memory));
  $("download").href = `${base}/memory.engram`;
  $("learn-start").disabled = !state.patterns || state.loading;
  $("learn-start").textContent = state.patterns ? `Learn ${state.patterns.count} patterns` : "Learn";
  $("learn-start").classList.toggle("primary", !state.memory);
  if (state.learning) {
    points = state.learning.points;
    drawProgress(state.learning);
  } else {
    points = [];
    show($("learn-progress"), false);
    show($("learn-hold"), false);
    show($("learn-go-on"), false);
    energyChart($("learn-chart"), [], "update");
    $("samples").replaceChildren();
  }
  const m = state.memory;
  if (m && !state.learning) {
    $("learn-summary").textContent = `Opened: ${m.patterns} patterns in a network of ${m.sizes.join("-")}.`;
    if (!m.ofThesePatterns) {
      say("learn-message", "This memory stores other patterns than those shown above. Bring a picture as a cue, or their folder.", true);
    }
  } else if (!m && !state.learning) {
    $("learn-summary").textContent = "";
  }
}

/** An update happened: one more point, or all of them. */
export function drawProgress(learning) {
  if (learning.points.length === 1 && learning.phase === "RUNNING") {
    const next = learning.points[0];
    if (points.length === 0 || next.update > points.at(-1).update) {
      points.push(next);
    }
  } else if (learning.points.length > 0) {
    points = learning.points;
  }
  const running = learning.phase === "RUNNING";
  show($("learn-progress"), running || learning.phase === "HELD");
  $("learn-progress").value = learning.update / learning.updates;
  show($("learn-hold"), running);
  show($("learn-go-on"), learning.phase === "HELD");
  if (learning.message) {
    say("learn-message", learning.message);
  }
  $("learn").dataset.phase = learning.phase;
  $("learn-summary").textContent = summary(learning);
  energyChart($("learn-chart"), points.map(p => ({ x: p.update, energy: p.energy })), "update");
  if (shape) {
    const samples = $("samples");
    while (samples.children.length < learning.samples.length) {
      const canvas = document.createElement("canvas");
      canvas.className = "picture";
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", "A generated pattern");
      samples.append(canvas);
    }
    learning.samples.forEach((sample, i) => picture(samples.children[i], shape, sample.picture));
  }
}

function summary(learning) {
  const size = `network ${learning.sizes.join("-")}`;
  switch (learning.phase) {
    case "RUNNING": return `Update ${learning.update} of ${learning.updates}, ${size}`;
    case "HELD": return `Stopped at update ${learning.update} of ${learning.updates}; regenerates ${learning.recovered}`;
    case "FAILED": return "Failed";
    default: return `${learning.phase === "DONE" ? "Learned" : "Ended early"} in ${learning.seconds.toFixed(1)} s; regenerates ${learning.recovered}, ${size}`;
  }
}
