import helmet from "@fastify/helmet";
import type { FastifyInstance, FastifyReply } from "fastify";

type Directives = Record<string, string[]>;

/** Everything but pages: nothing may be loaded, framed or run from an answer of the API. */
const answerPolicy: Directives = {
  "default-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "frame-ancestors": ["'none'"],
};

/** A file of somebody's: even opened in a window of its own it has no origin and may load nothing. */
const filePolicy: Directives = { "default-src": ["'none'"], "style-src": ["'unsafe-inline'"], sandbox: [] };

/**
 * The app itself. Its script and workers come from us; WebAssembly reads PDFs and codes; antd writes style elements,
 * which carry the nonce of this one answer.
 */
const pagePolicy = (nonce: string): Directives => ({
  "default-src": ["'none'"],
  "script-src": ["'self'", "'wasm-unsafe-eval'"],
  "style-src": ["'self'", `'nonce-${nonce}'`],
  "img-src": ["'self'", "blob:", "data:"],
  "font-src": ["'self'"],
  "connect-src": ["'self'"],
  "worker-src": ["'self'", "blob:"],
  "manifest-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'none'"],
});

/** The headers of every answer, refused ones too. `https` says whether people reach the server by it. */
export async function registerSecurityHeaders(app: FastifyInstance, https: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: answerPolicy },
    strictTransportSecurity: https ? { maxAge: 365 * 24 * 60 * 60 } : false,
    xFrameOptions: { action: "deny" },
    referrerPolicy: { policy: "same-origin" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginResourcePolicy: { policy: "same-origin" },
  });
  app.addHook("onRequest", async (_, reply) => {
    reply.header(
      "permissions-policy",
      "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)",
    );
  });
}

/** Opens the policy of one answer from that of the API to that of a page, or of a file. */
export function setContentPolicy(reply: FastifyReply, kind: "file" | { nonce: string }): void {
  const directives = kind === "file" ? filePolicy : pagePolicy(kind.nonce);
  void reply.helmet({ contentSecurityPolicy: { useDefaults: false, directives } });
}
