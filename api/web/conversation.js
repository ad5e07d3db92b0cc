// The conversation: what was asked and answered, and the request that is under way.

import { ApiError, send, unreachable } from "./api.js";
import { announce, scrollBehaviour } from "./dom.js";
import { Exchange } from "./exchange.js";
import { closePanel } from "./panel.js";
import { eventsOf } from "./sse.js";

// The server looks back over no more turns than these.
const MOST_TURNS = 20;

export class Conversation {
  /**
   * @param {HTMLElement} log where exchanges go.
   * @param {{onChange: () => void}} told
   */
  constructor(log, told) {
    this._log = log;
    this._told = told;
    this._exchanges = [];
    this._running = null;
  }

  /** Whether an answer is being made. */
  get isBusy() {
    return this._running !== null;
  }

  /** Whether nothing has been asked yet. */
  get isEmpty() {
    return this._exchanges.length === 0;
  }

  /** The question asked last, or an empty string. */
  get lastQuestion() {
    return this._exchanges.at(-1)?.question ?? "";
  }

  /** Begin anew. */
  clear() {
    this.stop();
    this._exchanges = [];
    this._log.replaceChildren();
    closePanel({ giveBack: false });
    this._told.onChange();
  }

  /** Stop the answer that is being made. */
  stop() {
    this._running?.abort();
  }

  /** Bring the last question into view. */
  reveal() {
    this._exchanges.at(-1)?.node.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** Ask the last question in other words: what came of it goes. */
  replaceLast(question) {
    this._exchanges.pop()?.node.remove();
    return this.ask(question);
  }

  /** Ask a question and show its answer as it comes. */
  async ask(question) {
    if (this.isBusy) return;
    const exchange = new Exchange(question, {
      ask: (next) => this.ask(next),
      retry: () => this._retry(exchange),
    });
    const history = this._history();
    this._exchanges.at(-1)?.settle();
    this._exchanges.push(exchange);
    this._log.append(exchange.node);
    const running = new AbortController();
    this._running = running;
    this._told.onChange();
    exchange.node.scrollIntoView({ block: "start", behavior: scrollBehaviour() });
    announce("문서에서 근거를 찾고 있습니다.");
    try {
      await stream(question, history, exchange, running.signal);
      announce(summary(exchange.response));
    } catch (error) {
      this._failed(exchange, error, running);
    } finally {
      if (this._running === running) this._running = null;
      this._told.onChange();
    }
  }

  _retry(exchange) {
    if (this.isBusy) return;
    const at = this._exchanges.indexOf(exchange);
    if (at < 0) return;
    for (const one of this._exchanges.splice(at)) one.node.remove();
    this.ask(exchange.question);
  }

  _failed(exchange, error, running) {
    if (running.signal.aborted) {
      announce("답을 멈췄습니다.");
      exchange.stop();
      return;
    }
    exchange.fail(error instanceof ApiError ? error : unreachable());
  }

  _history() {
    const turns = this._exchanges
      .filter((exchange) => exchange.response)
      .flatMap((exchange) => [
        { role: "user", content: exchange.question },
        { role: "assistant", content: exchange.response.answer },
      ]);
    return turns.slice(-MOST_TURNS);
  }
}

async function stream(question, history, exchange, signal) {
  const json = { question, history, stream: true };
  const response = await send("/v1/ask", { method: "POST", json, signal });
  for await (const event of eventsOf(response.body)) {
    if (event.name === "error") {
      const { code, message, request_id: requestId } = event.data.error;
      throw new ApiError({ code, message, requestId });
    }
    exchange.take(event);
    if (event.name === "done") return;
  }
  throw new ApiError({
    code: "cut_off",
    message: "답을 받는 도중에 연결이 끊겼습니다. 다시 시도해 주세요.",
  });
}

function summary(response) {
  if (!response.answerable) return "";
  return `답이 나왔습니다. 근거 ${response.citations.length}개.`;
}
