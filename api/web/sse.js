// Server-sent events out of a streamed response.

/**
 * Yield the events of a response with their JSON data.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<{name: string, data: any}>}
 */
export async function* eventsOf(body) {
  let event = fresh();
  for await (const line of linesOf(body)) {
    if (line === "") {
      if (event.data.length) yield { name: event.name, data: JSON.parse(event.data.join("\n")) };
      event = fresh();
    } else {
      readField(line, event);
    }
  }
}

const fresh = () => ({ name: "message", data: [] });

function readField(line, event) {
  const colon = line.indexOf(":");
  if (colon === 0) return; // a comment that keeps the connection alive
  const field = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
  if (field === "event") event.name = value;
  if (field === "data") event.data.push(value);
}

async function* linesOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      // A carriage return at the end may be half of a line end.
      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop();
      yield* lines;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
