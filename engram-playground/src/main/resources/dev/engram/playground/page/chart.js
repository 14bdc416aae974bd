// A line chart on a logarithmic scale: one line for each layer, one for all together.
import { brief } from "./paint.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 560, HEIGHT = 220, LEFT = 52, RIGHT = 8, TOP = 8, BOTTOM = 26;

export function svg(name, attributes = {}, text = "") {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.textContent = text;
  return element;
}

function legend(layers) {
  const list = document.createElement("ul");
  list.className = "legend";
  const names = [["total", "all layers"], ...Array.from({ length: layers }, (_, l) => [`s${l}`, l === 0 ? "sensory layer" : `hidden layer ${l}`])];
  for (const [style, name] of names) {
    const item = document.createElement("li");
    const line = svg("svg", { "aria-hidden": "true" });
    line.append(svg("line", { x1: 0, y1: 4, x2: 26, y2: 4, class: style }));
    item.append(line, name);
    list.append(item);
  }
  return list;
}

/**
 * Draws points { x, energy: [per layer] }.
 * The totals are kept in data-totals for whoever reads the page with a program.
 */
export function energyChart(holder, points, xName) {
  if (points.length === 0) {
    holder.replaceChildren(Object.assign(document.createElement("p"), { className: "empty", textContent: "Nothing yet." }));
    delete holder.dataset.totals;
    return () => {};
  }
  const totals = points.map(p => p.energy.reduce((sum, e) => sum + e, 0));
  const positive = points.flatMap(p => p.energy).concat(totals).filter(e => e > 0);
  const top = Math.ceil(Math.log10(Math.max(...positive, 1e-9)));
  const bottom = Math.max(top - 9, Math.floor(Math.log10(Math.min(...positive, 1))));
  const first = points[0].x, last = Math.max(points.at(-1).x, first + 1);
  const x = value => LEFT + (value - first) / (last - first) * (WIDTH - LEFT - RIGHT);
  const y = value => {
    const at = Math.max(bottom, value > 0 ? Math.log10(value) : bottom);
    return TOP + (top - at) / Math.max(1, top - bottom) * (HEIGHT - TOP - BOTTOM);
  };
  const drawing = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img",
    "aria-label": `The energy went from ${brief(totals[0])} to ${brief(totals.at(-1))} in ${points.at(-1).x - first} ${xName}s.`,
  });
  const every = Math.ceil((top - bottom) / 4) || 1;
  for (let power = top; power >= bottom; power -= every) {
    const at = y(10 ** power);
    drawing.append(svg("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: at, y2: at, class: "frame" }));
    drawing.append(svg("text", { x: LEFT - 6, y: at + 4, "text-anchor": "end" }, Math.abs(power) <= 3 ? String(10 ** power) : `1e${power}`));
  }
  drawing.append(svg("text", { x: LEFT, y: HEIGHT - 6 }, `${xName} ${first}`));
  drawing.append(svg("text", { x: WIDTH - RIGHT, y: HEIGHT - 6, "text-anchor": "end" }, String(points.at(-1).x)));
  const line = (values, style) => drawing.append(svg("polyline", {
    class: style, points: points.map((p, i) => `${x(p.x).toFixed(1)},${y(values[i]).toFixed(1)}`).join(" "),
  }));
  line(totals, "total");
  points[0].energy.forEach((_, l) => line(points.map(p => p.energy[l]), `s${l}`));
  const cursor = svg("line", { y1: TOP, y2: HEIGHT - BOTTOM, class: "cursor", visibility: "hidden" });
  drawing.append(cursor);
  holder.replaceChildren(drawing, legend(points[0].energy.length));
  holder.dataset.totals = totals.join(" ");
  return at => {
    cursor.setAttribute("x1", x(at));
    cursor.setAttribute("x2", x(at));
    cursor.setAttribute("visibility", "visible");
  };
}
