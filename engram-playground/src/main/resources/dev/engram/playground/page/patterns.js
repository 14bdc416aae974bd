// Step 1: what is to be stored.
import { base, send, sendFiles } from "./server.js";
import { $, say, show, trying } from "./paint.js";

const AT_FIRST = 300;
let drawn = "";

export function startPatterns(refresh, whenChosen) {
  $("use-flags").addEventListener("click", () => trying("patterns-message", async () => {
    await send("/flags", { size: Number($("flag-size").value) });
    refresh();
  }));
  const bring = files => trying("patterns-message", async () => {
    if (files.length === 0) {
      return;
    }
    say("patterns-message", `Reading ${files.length === 1 ? files[0].name : files.length + " files"} …`, true);
    const state = await sendFiles(`/patterns?size=${$("own-size").value}`, files);
    say("patterns-message", state.patterns.notes.join(" "), true);
    refresh();
  });
  for (const [button, input] of [["pick-files", "own-files"], ["pick-folder", "own-folder"]]) {
    $(button).addEventListener("click", () => $(input).click());
    $(input).addEventListener("change", async () => {
      const files = [...$(input).files];
      await bring(files);
      $(input).value = "";
    });
  }
  dropping($("patterns"), bring);
  $("gallery").addEventListener("click", event => {
    const button = event.target.closest("button");
    if (button) {
      whenChosen(Number(button.dataset.pattern));
    }
  });
  $("more-patterns").addEventListener("click", () => {
    [...$("gallery").children].forEach(child => show(child, true));
    show($("more-patterns"), false);
  });
}

function dropping(card, bring) {
  const over = on => event => {
    event.preventDefault();
    card.classList.toggle("drop", on);
  };
  card.addEventListener("dragover", over(true));
  card.addEventListener("dragleave", over(false));
  card.addEventListener("drop", async event => {
    over(false)(event);
    const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry()).filter(Boolean);
    bring((await Promise.all(entries.map(filesOf))).flat());
  });
}

/** The files of a dropped file or folder, with their paths as names. */
async function filesOf(entry) {
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    return [new File([file], entry.fullPath.slice(1), { type: file.type })];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) {
      return (await Promise.all(found.map(filesOf))).flat();
    }
    found.push(...some);
  }
}

export function drawPatterns(state) {
  const set = state.patterns;
  if (state.problem) {
    say("patterns-message", state.problem);
  }
  $("use-flags").disabled = state.loading;
  if (!set) {
    $("patterns-summary").textContent = state.loading ? "Drawing the flags …" : "None yet";
    return;
  }
  $("patterns-summary").textContent =
    `${state.loading ? "Drawing …" : set.source}: ${set.count} of ${set.width} × ${set.height}${set.channels > 1 ? ", in colour" : ""}`;
  if (drawn !== set.digest) {
    drawn = set.digest;
    $("gallery").replaceChildren(...set.names.map((name, i) => thumbnail(set, name, i)));
    show($("more-patterns"), set.count > AT_FIRST);
  }
  const chosen = state.damage?.pattern ?? -1;
  [...$("gallery").children].forEach((button, i) => button.setAttribute("aria-pressed", String(i === chosen)));
}

function thumbnail(set, name, i) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.pattern = i;
  button.title = name;
  button.hidden = i >= AT_FIRST;
  const image = new Image();
  image.alt = name;
  image.loading = "lazy";
  image.src = `${base}/patterns/${i}.png?of=${set.digest.slice(0, 12)}`;
  button.append(image);
  return button;
}
