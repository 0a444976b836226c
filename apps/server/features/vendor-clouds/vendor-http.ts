import { tooSlow, VendorFault } from "./adapter.ts";

/** How long a cloud may take for a whole answer. */
const patience = 15_000;

export interface VendorCall {
  readonly address: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON; left out, it is a question. */
  readonly body?: object;
  readonly headers: Readonly<Record<string, string>>;
  readonly limitBytes: number;
  readonly patienceMs?: number;
}

/** Whether a cloud may be asked there: by https, for its credentials go along; by http on this machine alone. Answers it as it is kept. */
export function readCloudAddress(text: string): string | null {
  const url = URL.parse(text.trim());
  if (!url) return null;
  if ([url.username, url.password, url.search, url.hash].some((part) => part !== "")) return null;
  const here = url.hostname === "localhost" || url.hostname === "127.0.0.1" || url.hostname === "[::1]";
  if (url.protocol !== "https:" && !(url.protocol === "http:" && here)) return null;
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}

/**
 * Asks a cloud once: no forwarding, for credentials go where they were meant to; no more bytes and no more time than is allowed.
 * Anything but a clear answer is a fault that names no more than its kind.
 */
export async function askCloud(call: VendorCall): Promise<Buffer> {
  const url = new URL(call.path, call.address);
  for (const [key, value] of Object.entries(call.query ?? {})) url.searchParams.set(key, value);
  try {
    const response = await fetch(url, {
      method: call.body === undefined ? "GET" : "POST",
      headers: { ...call.headers, ...(call.body === undefined ? {} : { "content-type": "application/json" }) },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      redirect: "manual",
      signal: AbortSignal.timeout(call.patienceMs ?? patience),
    });
    const body = await readWithin(response, call.limitBytes);
    if (response.status >= 400 && response.status < 500) throw new VendorFault("refused", `status-${response.status}`);
    if (response.status !== 200) throw new VendorFault("unclear", `status-${response.status}`);
    return body;
  } catch (error) {
    if (error instanceof VendorFault) throw error;
    const late = error instanceof Error && error.name === "TimeoutError";
    throw new VendorFault("unclear", late ? tooSlow : "no-connection");
  }
}

async function readWithin(response: Response, limit: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > limit) throw new VendorFault("unclear", "too-large");
    parts.push(part);
  }
  return Buffer.concat(parts);
}
