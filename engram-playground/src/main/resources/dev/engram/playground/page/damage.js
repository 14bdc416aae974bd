// Step 3: a picture is damaged by hand. The page sends what was done; the server does it.
import { send, sendFiles } from "./server.js";
import { $, picture, show, trying } from "./paint.js";

let shape = null;
let view = null;
let stroke = [];
let sending = false;
let corner = null;
let spot = { x: 0, y: 0 };
let focused = false;
let listed = "";

const tool = () => document.querySelector("input[name=tool]:checked").value;
const change = (kind, more = {}) => ({
  kind, region: null, points: [], radius: 0, box: [], variance: 0, seed: 0, pattern: -1, ...more,
});

const anySeed = () => Math.floor(Math.random() * 1e9);

export function startDamage(refresh) {
  const apply = body => trying("damage-message", async () => {
    view = await send("/cue/damage", body);
    redraw();
    refresh();
  });
  document.querySelectorAll("[data-region]").forEach(button => button.addEventListener("click", () =>
    apply(change("region", { region: button.dataset.region, seed: anySeed() }))));
  $("undo").addEventListener("click", () => apply(change("undo")));
  $("reset").addEventListener("click", () => apply(change("reset")));
  noise(apply);
  $("pick-cue").addEventListener("click", () => $("cue-file").click());
  $("cue-file").addEventListener("change", async () => {
    const files = [...$("cue-file").files];
    $("cue-file").value = "";
    await trying("damage-message", async () => {
      view = await sendFiles("/cue/picture", files);
      refresh();
    });
  });
  document.querySelectorAll("input[name=tool]").forEach(input => input.addEventListener("change", toolChanged));
  drawing(apply);
  keys(apply);
}

/** The picture follows the slider: the same noise, more or less of it; other noise the next time. */
function noise(apply) {
  let seed = anySeed();
  let waiting = false;
  let asked = false;
  const follow = async () => {
    waiting = true;
    if (asked) {
      return;
    }
    asked = true;
    while (waiting) {
      waiting = false;
      await apply(change("noise", { variance: Number($("noise").value), seed }));
    }
    asked = false;
  };
  $("noise").addEventListener("input", follow);
  $("noise").addEventListener("change", () => { seed = anySeed(); });
}

function toolChanged() {
  show($("brush-label"), tool() === "erase" || tool() === "restore");
  show($("paste-label"), tool() === "paste");
  corner = null;
  redraw();
}

function boxOf(a, b) {
  const clip = (v, most) => Math.max(0, Math.min(most, Math.floor(v)));
  const left = clip(Math.min(a.x, b.x), shape.width - 1), top = clip(Math.min(a.y, b.y), shape.height - 1);
  const right = clip(Math.max(a.x, b.x), shape.width - 1), bottom = clip(Math.max(a.y, b.y), shape.height - 1);
  return [left, top, right - left + 1, bottom - top + 1];
}

function boxed(a, b, apply) {
  const box = boxOf(a, b);
  return apply(tool() === "paste"
    ? change("paste", { box, pattern: Number($("paste-from").value) })
    : change("box", { box }));
}

function drawing(apply) {
  const canvas = $("cue");
  const at = event => {
    const box = canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width * shape.width, y: (event.clientY - box.top) / box.height * shape.height };
  };
  const brushing = () => tool() === "erase" || tool() === "restore";
  // Points gather while an answer is on its way: one request at a time, however fast the hand is.
  const flush = async () => {
    if (sending || stroke.length === 0) {
      return;
    }
    sending = true;
    const points = stroke;
    stroke = [];
    await apply(change(tool(), { points, radius: Number($("brush").value) * shape.width / 64 }));
    sending = false;
    flush();
  };
  const draw = event => {
    const p = at(event);
    const last = stroke.at(-1);
    if (last && Math.hypot(p.x - last[0], p.y - last[1]) > 1) {
      const parts = Math.ceil(Math.hypot(p.x - last[0], p.y - last[1]));
      for (let k = 1; k < parts; k++) {
        stroke.push([last[0] + (p.x - last[0]) * k / parts, last[1] + (p.y - last[1]) * k / parts]);
      }
    }
    stroke.push([p.x, p.y]);
    flush();
  };
  canvas.addEventListener("pointerdown", event => {
    if (!view) {
      return;
    }
    canvas.setPointerCapture(event.pointerId);
    corner = at(event);
    if (brushing()) {
      draw(event);
    }
  });
  canvas.addEventListener("pointermove", event => {
    if (!canvas.hasPointerCapture(event.pointerId)) {
      return;
    }
    if (brushing()) {
      draw(event);
    } else if (corner) {
      redraw(boxOf(corner, at(event)));
    }
  });
  canvas.addEventListener("pointerup", event => {
    if (!brushing() && corner) {
      boxed(corner, at(event), apply);
    }
    corner = null;
  });
}

function keys(apply) {
  const canvas = $("cue");
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  canvas.addEventListener("focus", () => { focused = canvas.matches(":focus-visible"); redraw(); });
  canvas.addEventListener("blur", () => { focused = false; corner = null; redraw(); });
  canvas.addEventListener("keydown", event => {
    if (!view) {
      return;
    }
    const move = moves[event.key];
    if (move) {
      focused = true;
      const far = event.shiftKey ? 8 : 1;
      spot.x = Math.max(0, Math.min(shape.width - 1, spot.x + far * move[0]));
      spot.y = Math.max(0, Math.min(shape.height - 1, spot.y + far * move[1]));
    } else if (event.key === "Escape") {
      corner = null;
    } else if (event.key === " " || event.key === "Enter") {
      press(apply);
    } else {
      return;
    }
    event.preventDefault();
    redraw(corner ? boxOf(corner, spot) : null);
  });
}

function press(apply) {
  if (tool() === "erase" || tool() === "restore") {
    apply(change(tool(), { points: [[spot.x + 0.5, spot.y + 0.5]], radius: Number($("brush").value) * shape.width / 64 }));
  } else if (corner) {
    boxed(corner, spot, apply);
    corner = null;
  } else {
    corner = { ...spot };
  }
}

function redraw(box = null) {
  if (!view || !shape) {
    return;
  }
  const canvas = $("cue");
  picture(canvas, shape, view.picture, view.erased);
  const context = canvas.getContext("2d");
  if (box) {
    context.strokeStyle = "#ff2d6f";
    context.strokeRect(box[0] + 0.5, box[1] + 0.5, Math.max(1, box[2] - 1), Math.max(1, box[3] - 1));
  }
  if (focused) {
    context.fillStyle = "#ff2d6f";
    context.fillRect(spot.x, spot.y, 1, 1);
  }
}

export function drawDamage(state) {
  shape = state.memory ?? state.patterns;
  view = state.damage;
  const controls = $("damage").querySelectorAll("button, input, select");
  controls.forEach(control => { control.disabled = !view && control.id !== "pick-cue" && control.id !== "cue-file"; });
  if (!view) {
    $("damage-summary").textContent = "No picture yet: choose one above, or bring one";
    return;
  }
  $("undo").disabled = !view.canUndo;
  const gone = view.erasedShare > 0 ? `${(100 * view.erasedShare).toFixed(0)} % missing` : "";
  const noisy = view.variance > 0 ? `noise of variance ${view.variance.toFixed(2)}` : "";
  $("damage-summary").textContent = `${view.name}: ${[gone, noisy].filter(Boolean).join(", ") || "undamaged"}`;
  if (!$("noise").matches(":active")) {
    $("noise").value = view.variance;
  }
  $("noise-text").textContent = view.variance > 0 ? `variance ${view.variance.toFixed(2)}, std ${view.deviation.toFixed(2)}` : "none";
  $("cue").setAttribute("aria-label", `The cue: ${$("damage-summary").textContent}`);
  const set = state.patterns;
  if (set && listed !== set.digest) {
    listed = set.digest;
    $("paste-from").replaceChildren(...set.names.map((name, i) => new Option(name, i)));
  }
  document.querySelector("input[value=paste]").disabled = !set;
  if (!corner) {
    redraw();
  }
}
