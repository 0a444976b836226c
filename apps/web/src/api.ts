import { ApiProblem, createClient, type RouteAnswer } from "@chancery/api/client";
import { createUploadFetch } from "./upload-fetch.ts";

export type { CallOptions, RouteAnswer } from "@chancery/api/client";
export { ApiProblem } from "@chancery/api/client";

export type Session = RouteAnswer<"GET /v1/session">;
export type Installation = RouteAnswer<"GET /v1/installation">;
export type Permission = Session["permissions"][number];

let csrfToken: string | null = null;

/**
 * The one way to the server: `api("POST /v1/seals/:sealId/freeze", { params, body })`. Answers typed data or throws
 * `ApiProblem`, whose `problem` has a stable code, the sentence in both languages, refusals and the request id.
 */
export const api = createClient({ csrfToken: () => csrfToken });

/** The same for a large file: `onSent` hears how many of its bytes have been sent. */
export function apiTelling(onSent: (sent: number, total: number) => void): typeof api {
  return createClient({ csrfToken: () => csrfToken, fetch: createUploadFetch(onSent) });
}

/** Keeps the token that the session goes with; null once signed out. */
export function keepCsrfToken(token: string | null): void {
  csrfToken = token;
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
