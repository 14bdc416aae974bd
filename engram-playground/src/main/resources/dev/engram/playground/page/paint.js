// Bytes from the server onto canvases. Colours are chosen here; numbers are not changed.
export const $ = id => document.getElementById(id);

export function bytes(base64) {
  const text = atob(base64);
  return Uint8Array.from(text, c => c.charCodeAt(0));
}

function fill(canvas, width, height, colour) {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const [r, g, b] = colour(i, i % width, Math.floor(i / width));
    image.data.set([r, g, b, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
}

/** A picture; where `missing` marks a pixel, stripes. */
export function picture(canvas, shape, base64, missing) {
  const data = bytes(base64);
  const gone = missing ? bytes(missing) : null;
  const n = shape.channels;
  fill(canvas, shape.width, shape.height, (i, x, y) => {
    if (gone && gone[i]) {
      return (x + y) % 4 < 2 ? [120, 128, 146] : [158, 166, 184];
    }
    return n >= 3 ? [data[n * i], data[n * i + 1], data[n * i + 2]] : [data[n * i], data[n * i], data[n * i]];
  });
}

// Anchors of a scale that grows evenly lighter, from black over violet and orange to pale yellow.
const HEAT = [[8, 6, 24], [66, 18, 102], [150, 38, 102], [222, 82, 58], [250, 164, 44], [252, 252, 190]];

export function heatColour(byte) {
  const at = (byte / 255) * (HEAT.length - 1);
  const low = Math.min(HEAT.length - 2, Math.floor(at));
  return HEAT[low].map((c, k) => c + (at - low) * (HEAT[low + 1][k] - c));
}

export function heat(canvas, width, height, base64) {
  const data = bytes(base64);
  fill(canvas, width, height, i => heatColour(data[i]));
}

/** Value nodes, layer below layer, as near to a square as they fit: blue below zero, orange above. */
export function nodes(canvas, layers) {
  const all = layers.map(bytes);
  const count = all.reduce((sum, layer) => sum + layer.length, 0);
  const width = Math.ceil(Math.sqrt(count));
  const rows = all.map(layer => Math.ceil(layer.length / width));
  const height = rows.reduce((sum, r) => sum + r, 0);
  const starts = rows.map((_, k) => width * rows.slice(0, k).reduce((sum, r) => sum + r, 0));
  fill(canvas, width, height, i => {
    const k = starts.findLastIndex(start => start <= i);
    const byte = all[k][i - starts[k]];
    if (byte === undefined) {
      return [128, 128, 128];
    }
    const strength = Math.abs(byte - 128) / 127;
    const colour = byte < 128 ? [70, 130, 255] : [255, 160, 50];
    return colour.map(c => 24 + strength * (c - 24));
  });
}

export const show = (element, visible) => { element.hidden = !visible; };

/** Says what went wrong, or nothing; a note is not an error. */
export function say(id, text = "", note = false) {
  const element = $(id);
  element.textContent = text;
  element.classList.toggle("note", note);
}

export async function trying(messageId, task) {
  try {
    say(messageId);
    return await task();
  } catch (error) {
    say(messageId, error.message);
    return undefined;
  }
}

export function brief(value) {
  if (value === 0) {
    return "0";
  }
  const size = Math.abs(value);
  return size < 1e-3 || size >= 1e5 ? value.toExponential(1) : value.toPrecision(3);
}
