// Changes to the documents that the server works off.

import { ApiError, fetchJson } from "./api.js";

const POLL_MS = 700;
const STATES_AT_END = new Set(["done", "failed", "cancelled"]);

/**
 * Follow a job to its end.
 *
 * @param {string} id
 * @param {(text: string, share: number|null) => void} tell how far it is, 0 to 1 where known.
 * @returns {Promise<object>} the job.
 * @throws {ApiError} when it failed.
 */
export async function jobDone(id, tell) {
  for (;;) {
    const { job } = await fetchJson(`/v1/jobs/${encodeURIComponent(id)}`);
    if (STATES_AT_END.has(job.state)) return checked(job);
    tell(...progressOf(job));
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function checked(job) {
  if (job.state === "done") return job;
  const { code = job.state, message = "작업이 끝나지 못했습니다." } = job.error ?? {};
  throw new ApiError({ code, message });
}

function progressOf(job) {
  const stage = job.stages.at(-1);
  if (job.state === "queued" || !stage) return ["차례를 기다리는 중", null];
  return [stage.label, stage.total ? stage.done / stage.total : null];
}
