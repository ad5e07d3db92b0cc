// Requests to the server, and its errors in Korean.

import { askForKey, storedKey } from "./key_dialog.js";

const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
// Refusals of where a request comes from; no key changes that.
const BY_PLACE = new Set(["cross_site"]);

/** What the server, or the lack of one, said instead of an answer. */
export class ApiError extends Error {
  /** @param {{code: string, message: string, status?: number, requestId?: string, retryAfter?: number}} what */
  constructor({ code, message, status = 0, requestId = "", retryAfter = 0 }) {
    super(message);
    this.code = code;
    this.status = status;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may succeed with a key, or another one. */
  get wantsKey() {
    if (this.status === FORBIDDEN) return !BY_PLACE.has(this.code);
    return this.status === UNAUTHORIZED;
  }
}

/**
 * Send a request; where a key is wanted, ask the person for one and send it again.
 *
 * @param {string} path
 * @param {{method?: string, json?: any, signal?: AbortSignal, quiet?: boolean}} [options]
 *   `quiet` fails instead of asking for a key.
 * @returns {Promise<Response>} with a good status.
 * @throws {ApiError}
 */
export async function send(path, { method = "GET", json, signal, quiet = false } = {}) {
  for (;;) {
    const response = await reach(path, {
      method,
      signal,
      headers: { ...authorization(), ...(json ? { "Content-Type": "application/json" } : {}) },
      body: json ? JSON.stringify(json) : undefined,
    });
    if (response.ok) return response;
    const error = errorFrom(response.status, await response.text(), response.headers);
    if (quiet || !error.wantsKey || !(await askForKey(error.message))) throw error;
  }
}

/** Send a request and read its JSON. */
export async function fetchJson(path, options) {
  const response = await send(path, options);
  return response.status === 204 ? null : response.json();
}

/** Headers that carry the key, where the person gave one. */
export function authorization() {
  const key = storedKey();
  return key ? { Authorization: `Bearer ${key}` } : {};
}

/**
 * Read the server's error object.
 *
 * @param {number} status
 * @param {string} body
 * @param {{get(name: string): string|null}} headers
 */
export function errorFrom(status, body, headers) {
  let error = {};
  try {
    error = JSON.parse(body).error ?? {};
  } catch {
    // A proxy in between answered with a page of its own.
  }
  return new ApiError({
    code: error.code ?? "unknown",
    message:
      error.message ?? `서버가 요청을 처리하지 못했습니다(${status}). 잠시 뒤 다시 해 보세요.`,
    status,
    requestId: error.request_id ?? "",
    retryAfter: Number.parseInt(headers.get("Retry-After") ?? "", 10) || 0,
  });
}

async function reach(path, options) {
  try {
    return await fetch(path, { ...options, credentials: "same-origin" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw unreachable();
  }
}

/** The error for a server that cannot be reached. */
export function unreachable() {
  return new ApiError({
    code: "unreachable",
    message: "서버에 연결하지 못했습니다. 서버가 켜져 있는지, 네트워크가 이어져 있는지 확인하세요.",
  });
}
