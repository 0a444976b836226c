import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { setContentPolicy } from "./security-headers.ts";

/** Serves the built web app: hashed assets may be cached for ever; the page itself is filled with a fresh nonce each time. */
export async function registerWebApp(app: FastifyInstance, webRoot: string): Promise<void> {
  const page = await readFile(join(webRoot, "index.html"), "utf8");
  await app.register(async (assets) => {
    // A worker lives under the policy that its own script came with.
    assets.addHook("onRequest", async (_, reply) => setContentPolicy(reply, "asset"));
    await assets.register(fastifyStatic, {
      root: join(webRoot, "assets"),
      prefix: "/assets/",
      preCompressed: true,
      // A route for each file that was built: nothing is looked up in a folder of hundreds each time it is asked for.
      wildcard: false,
      immutable: true,
      maxAge: "365d",
      index: false,
      decorateReply: false,
    });
  });
  app.get("/*", async (request, reply) => {
    if (request.url.startsWith("/v1/") || request.url.startsWith("/assets/")) return reply.callNotFound();
    const nonce = randomBytes(16).toString("base64");
    setContentPolicy(reply, { nonce });
    return reply
      .header("content-type", "text/html; charset=utf-8")
      .header("cache-control", "no-store")
      .send(page.replaceAll("__CSP_NONCE__", nonce));
  });
}
