import type { Readable } from "node:stream";
import type { RouteAnswer, RouteKey, Routes } from "@chancery/api/client";
import type { Permission } from "@chancery/domain";
import type { z } from "zod";

/** Who is signed in, as far as every route needs to know. */
export interface SignedIn {
  personId: string;
  sessionHash: Buffer;
  csrfToken: string;
  permissions: ReadonlySet<Permission>;
}

/** What a handler may know of the call besides its input. */
export interface Call {
  requestId: string;
  /** Null on public routes without a session. */
  signedIn: SignedIn | null;
  /** The signed-in person; throws the problem `session.missing` where there is none. */
  person(): SignedIn;
  address: string;
  fromLoopback: boolean;
  setSession(token: string, expiresAt: number): void;
  clearSession(): void;
  /** What came, byte for byte, on a route that takes it raw. */
  raw(): { readonly body: Buffer; header(name: string): string | undefined };
  /** The file of a form, as it arrives; beyond the server's limit it throws instead of ending. */
  upload(): Promise<{ stream: AsyncIterable<Uint8Array>; fileName: string }>;
}

/** A file or a text as answer: `fileName` makes it a download. */
export interface RawAnswer {
  contentType: string;
  body: Uint8Array | string | Readable;
  fileName?: string;
  /** True for what may be cached for ever because its address names its content. */
  immutable?: boolean;
}

type Parsed<R, K extends "params" | "query" | "body"> =
  R extends Record<K, infer S extends z.ZodType> ? { [P in K]: z.output<S> } : unknown;
/** The input of route K after its schemas. */
export type RouteInput<K extends RouteKey> = Parsed<Routes[K], "params"> &
  Parsed<Routes[K], "query"> &
  Parsed<Routes[K], "body">;
export type HandlerAnswer<K extends RouteKey> = Routes[K] extends { response: "binary" | "text" }
  ? RawAnswer
  : RouteAnswer<K>;
export type Handler<K extends RouteKey> = (input: RouteInput<K>, call: Call) => Promise<HandlerAnswer<K>>;
/** Every route has exactly one handler; a feature gives some of them. */
export type Handlers = { [K in RouteKey]: Handler<K> };
