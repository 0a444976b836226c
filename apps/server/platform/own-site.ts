import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { ProblemError, problems } from "./problems.ts";

/** On loopback the same server is reached under three names. */
const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

export const isLoopback = (address: string): boolean => address === "::1" || /^(::ffff:)?127\./.test(address);

/** A page of another name that resolves to this machine (DNS rebinding) must not reach the API. */
export function requireOwnHost(host: string, origin: string): void {
  const own = new URL(origin);
  const port = own.port ? `:${own.port}` : "";
  const allowed = loopbackNames.includes(own.hostname) ? loopbackNames.map((name) => `${name}${port}`) : [own.host];
  if (allowed.includes(host.toLowerCase())) return;
  throw new ProblemError(421, "host.unknown", {
    en: `This server answers as ${own.host}, not as the name it was called by. Open ${origin}, or set PUBLIC_URL.`,
    zh: `本服务器的地址是 ${own.host}。请打开 ${origin}，或设置 PUBLIC_URL。`,
  });
}

/**
 * What changes something is called by our own pages or by a program, never by a page of another site: browsers say
 * where a call comes from (Sec-Fetch-Site, Origin), and a page elsewhere cannot keep them from it.
 */
export function requireOwnSite(headers: FastifyRequest["headers"], own: string): void {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") throw problems.crossSite();
  if (headers.origin !== undefined && !sameOrigin(headers.origin, own)) throw problems.crossSite();
}

/** Compares secrets in a time that tells nothing of either, their lengths included. */
export function sameSecret(given: unknown, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return typeof given === "string" && timingSafeEqual(digest(given), digest(wanted));
}

function sameOrigin(origin: string, own: string): boolean {
  if (origin === own) return true;
  if (!URL.canParse(origin)) return false;
  const [a, b] = [new URL(origin), new URL(own)];
  return (
    loopbackNames.includes(a.hostname) &&
    loopbackNames.includes(b.hostname) &&
    a.port === b.port &&
    a.protocol === b.protocol
  );
}
