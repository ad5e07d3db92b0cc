// Documents that were read already, so that a panel opens at once.

import { fetchJson } from "./api.js";

const held = new Map();

/**
 * Fetch a document with its outline and passages, once.
 *
 * @param {string} id
 */
export function documentOf(id) {
  if (!held.has(id)) {
    const coming = fetchJson(`/v1/documents/${encodeURIComponent(id)}`);
    coming.catch(() => held.delete(id));
    held.set(id, coming);
  }
  return held.get(id);
}

/** Fetch the list of documents. */
export async function listDocuments(options) {
  return (await fetchJson("/v1/documents", options)).documents;
}

/** Forget all: the documents have changed. */
export function forgetDocuments() {
  held.clear();
}

/** The address of a document's page, at a quote where one is given. */
export function documentPath(id, quote) {
  const at = quote ? `#at=${quote.start}-${quote.end}` : "";
  return `/documents/${encodeURIComponent(id)}${at}`;
}
