import { type ApiCall, ApiProblem, createClient, type RouteAnswer } from "@chancery/api/client";
import { createSessionGate } from "./session-gate.ts";
import { isPageUnsaved } from "./typed.ts";
import { createUploadFetch } from "./upload-fetch.ts";

export type { CallOptions, RouteAnswer } from "@chancery/api/client";
export { ApiProblem } from "@chancery/api/client";

export type Session = RouteAnswer<"GET /v1/session">;
export type Installation = RouteAnswer<"GET /v1/installation">;
export type Permission = Session["permissions"][number];

const csrfToken = (): string | null => sessionGate.read().session?.csrfToken ?? null;

/** For calls about the session itself, which wait for none. */
export const apiAsIs = createClient({ csrfToken });

/** The session of this window, and what waits for it where it has ended. */
export const sessionGate = createSessionGate({ find: findSession, isUnsaved: isPageUnsaved });

/**
 * The one way to the server: `api("POST /v1/seals/:sealId/freeze", { params, body })`. Answers typed data or throws
 * `ApiProblem`, whose `problem` has a stable code, the sentence in both languages, refusals and the request id.
 */
export const api = throughGate(apiAsIs);

/** The same for a large file: `onSent` hears how many of its bytes have been sent. */
export function apiTelling(onSent: (sent: number, total: number) => void): ApiCall {
  return throughGate(createClient({ csrfToken, fetch: createUploadFetch(onSent) }));
}

function throughGate(call: ApiCall): ApiCall {
  return (route, ...options) =>
    sessionGate.send(route.startsWith("GET ") ? "look" : "act", () => call(route, ...options));
}

/** Who is signed in, by the server; null when nobody is. */
export async function findSession(): Promise<Session | null> {
  try {
    return await apiAsIs("GET /v1/session");
  } catch (thrown) {
    if (findProblem(thrown)?.status === 401) return null;
    throw thrown;
  }
}

/** The problem in what was thrown; undefined for anything that is not an answer of the server. */
export function findProblem(thrown: unknown): ApiProblem["problem"] | undefined {
  return thrown instanceof ApiProblem ? thrown.problem : undefined;
}

/** Whether a call that failed may succeed by itself later: no answer, a fault of the server, or too many calls at once. Everything else needs somebody to decide. */
export function mayPass(thrown: unknown): boolean {
  const problem = findProblem(thrown);
  return (
    !problem ||
    problem.status === 0 ||
    problem.status === 429 ||
    problem.status >= 500 ||
    problem.code === "idempotency.in-progress"
  );
}
