import { MOST_DOCUMENTS, UPLOAD_LIMIT_BYTES } from "@chancery/api/limits";
import type { QueryClient } from "@tanstack/react-query";
import { api, apiTelling, findProblem } from "../../api.ts";
import { sessionQuery } from "../../session.ts";
import type { ApplyPorts } from "./apply-store.ts";
import { readDraft } from "./draft-body.ts";
import type { SaveTrouble } from "./save-queue.ts";

/** The server and the clock of this browser, for the draft under work. */
export function makeApplyPorts(queries: QueryClient): ApplyPorts {
  return {
    begin: (body, idempotencyKey) => api("POST /v1/seal-use-requests", { body, idempotencyKey }),
    save: async (requestId, body) => {
      try {
        return await api("PUT /v1/seal-use-requests/:requestId", { params: { requestId }, body });
      } catch (thrown) {
        // Somebody who signed in again in another window has another token; this one takes it up for the next try.
        const status = findProblem(thrown)?.status;
        if (status === 401 || status === 403) await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
        throw thrown;
      }
    },
    read: async (requestId) => {
      const request = await api("GET /v1/seal-use-requests/:requestId", { params: { requestId } });
      return {
        draft: readDraft(request),
        saved: { requestId, version: request.version, savedAt: request.updatedAt },
      };
    },
    send: (file, onProgress, signal) =>
      apiTelling((sent, total) => onProgress(total > 0 ? sent / total : 0))("POST /v1/documents", {
        file,
        fileName: file.name,
        signal,
      }),
    judge: judgeTrouble,
    newKey: () => crypto.randomUUID(),
    timers: {
      set: (act, ms) => setTimeout(act, ms),
      clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
    },
    limits: { bytes: UPLOAD_LIMIT_BYTES, documents: MOST_DOCUMENTS },
  };
}

/** No answer and faults of the server pass; everything else needs somebody to decide. */
export function judgeTrouble(thrown: unknown): SaveTrouble {
  const problem = findProblem(thrown);
  if (problem?.code === "subject.changed-meanwhile") return "conflict";
  if (!problem || problem.status === 0 || problem.status >= 500 || problem.code === "idempotency.in-progress")
    return "unreachable";
  return "refused";
}
