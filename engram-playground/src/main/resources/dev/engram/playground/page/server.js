// Asks the server; every answer is JSON, every refusal a sentence to show.
const session = location.pathname.split("/")[2];
export const base = `/api/sessions/${session}`;

export async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(base + path, options);
  } catch {
    throw new Error("The server does not answer. Maybe it was stopped; start engram play again.");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const error = new Error(answer.error ?? `The server answered ${response.status}.`);
    error.status = response.status;
    throw error;
  }
  return answer;
}

export const send = (path, body = {}) => ask(path, { method: "POST", body: JSON.stringify(body) });

export function sendFiles(path, files) {
  const form = new FormData();
  for (const file of files) {
    form.append("files", file, file.webkitRelativePath || file.name);
  }
  return ask(path, { method: "POST", body: form });
}

/** Listens to the session; reconnects by itself, and then asks for the whole state again. */
export function listen(handlers, whenOpen, whenLost) {
  const source = new EventSource(base + "/events");
  source.onopen = whenOpen;
  source.onerror = whenLost;
  for (const [kind, handler] of Object.entries(handlers)) {
    source.addEventListener(kind, event => handler(JSON.parse(event.data)));
  }
}
