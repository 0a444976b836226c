import type { z } from "zod";
import type { Problem } from "./problem.ts";
import type { RouteKey, Routes } from "./routes.ts";

export type { RouteKey, Routes };

type Input<R, K extends "params" | "query" | "body"> =
  R extends Record<K, infer S extends z.ZodType> ? { [P in K]: z.input<S> } : unknown;
type Upload<R> = R extends { upload: true } ? { file: Blob; fileName?: string } : unknown;
type Answer<R> = R extends { response: infer S }
  ? S extends z.ZodType
    ? z.output<S>
    : S extends "text"
      ? string
      : Blob
  : never;

/** What a call of route K takes: its params, query, body and file. */
export type CallOptions<K extends keyof Routes> = Input<Routes[K], "params"> &
  Input<Routes[K], "query"> &
  Input<Routes[K], "body"> &
  Upload<Routes[K]> & { signal?: AbortSignal; idempotencyKey?: string };
/** What route K answers with. */
export type RouteAnswer<K extends keyof Routes> = Answer<Routes[K]>;

/** An answer that is a problem; `problem.code` is stable. A connection that failed has status 0 and code `client.unreachable`. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ApiProblem";
    this.problem = problem;
  }
}

type RawOptions = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  file?: Blob;
  fileName?: string;
  signal?: AbortSignal;
  idempotencyKey?: string;
};
export type ApiCall = <K extends keyof Routes>(
  route: K,
  ...options: Record<never, never> extends CallOptions<K> ? [CallOptions<K>?] : [CallOptions<K>]
) => Promise<RouteAnswer<K>>;

/**
 * The typed client of the API. `base` is the origin ("" in a browser), `csrfToken` gives the session's token for calls
 * that change something, `fetch` may be replaced (tests, the CLI).
 */
export function createClient(options: {
  base?: string;
  csrfToken?: () => string | null;
  fetch?: typeof globalThis.fetch;
}): ApiCall {
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  const call = async (route: string, given: RawOptions = {}): Promise<unknown> => {
    const [method = "GET", template = ""] = route.split(" ");
    const path = template.replace(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(String(given.params?.[name] ?? "")),
    );
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(given.query ?? {}))
      if (value !== undefined && value !== null) search.set(name, String(value));
    const headers: Record<string, string> = { accept: "application/json, application/problem+json;q=0.9, */*;q=0.1" };
    let body: FormData | string | undefined;
    if (given.file) {
      const form = new FormData();
      form.set("file", given.file, given.fileName ?? "file");
      body = form;
    } else if (given.body !== undefined) {
      headers["content-type"] = "application/json";
      body = JSON.stringify(given.body);
    }
    if (method !== "GET") {
      const token = options.csrfToken?.();
      if (token) headers["x-csrf-token"] = token;
      headers["idempotency-key"] = given.idempotencyKey ?? globalThis.crypto.randomUUID();
    }
    let response: Response;
    try {
      response = await send(`${options.base ?? ""}${path}${search.size > 0 ? `?${search}` : ""}`, {
        method,
        headers,
        credentials: "same-origin",
        ...(body === undefined ? {} : { body }),
        ...(given.signal ? { signal: given.signal } : {}),
      });
    } catch (error) {
      if (given.signal?.aborted) throw error;
      throw new ApiProblem(
        localProblem(
          0,
          "client.unreachable",
          "The server does not answer. Check the connection and try again.",
          "服务器没有应答。请检查网络后重试。",
        ),
      );
    }
    const type = response.headers.get("content-type") ?? "";
    if (!response.ok) {
      throw new ApiProblem(
        type.includes("json")
          ? ((await response.json()) as Problem)
          : localProblem(
              response.status,
              "client.unexpected-answer",
              `The server answered ${response.status}.`,
              `服务器返回 ${response.status}。`,
            ),
      );
    }
    if (type.includes("application/json")) return response.json();
    if (type.startsWith("text/plain") || type.includes("pem")) return response.text();
    return response.blob();
  };
  return call as ApiCall;
}

function localProblem(status: number, code: string, en: string, zh: string): Problem {
  return {
    type: `urn:chancery:problem:${code}`,
    title: code,
    status,
    detail: en,
    code,
    requestId: "",
    sentence: { en, zh },
    refusals: [],
    fields: [],
  };
}
