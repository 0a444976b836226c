import { createHmac } from "node:crypto";
import type { AppPorts } from "../app.ts";
import type { Environment } from "./environment.ts";
import { ProblemError } from "./problems.ts";

/** A call that died in the middle holds its key this long; its work was rolled back, or its second try is refused by the rules. */
const abandonedAfter = 60_000;
const keptFor = 24 * 60 * 60_000;

/**
 * Keys by which a repeated call (double click, lost answer) gets the first answer instead of a second effect. A key is one
 * person's own. Of the call's body only a keyed digest is kept: it may hold a password (a proof of presence), which a
 * bare digest would let whoever reads the database guess at.
 */
export function createIdempotency(env: Environment): Pick<AppPorts, "claimKey" | "keepAnswer" | "dropKey"> {
  const secret = env.masterKey.derive("idempotency");
  return {
    claimKey: async (personId, key, route, body) => {
      const now = env.clock.now();
      const digest = createHmac("sha256", secret).update(JSON.stringify(body)).digest("hex");
      await env.db
        .deleteFrom("idempotency_keys")
        .where("created_at", "<", new Date(now - keptFor))
        .execute();
      await env.db
        .deleteFrom("idempotency_keys")
        .where("person_id", "=", personId)
        .where("key", "=", key)
        .where("status", "is", null)
        .where("created_at", "<", new Date(now - abandonedAfter))
        .execute();
      const claimed = await env.db
        .insertInto("idempotency_keys")
        .values({ person_id: personId, key, route, body_digest: digest, created_at: new Date(now) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (claimed.numInsertedOrUpdatedRows === 1n) return null;
      const before = await env.db
        .selectFrom("idempotency_keys")
        .selectAll()
        .where("person_id", "=", personId)
        .where("key", "=", key)
        .executeTakeFirst();
      if (before?.route !== route || before.body_digest !== digest)
        throw new ProblemError(422, "idempotency.key-reused", {
          en: "This Idempotency-Key was used for another call. Use a new one.",
          zh: "该幂等键已用于其他请求。请使用新的键。",
        });
      if (before.status === null)
        throw new ProblemError(409, "idempotency.in-progress", {
          en: "The same call is being carried out. Wait a moment and reload.",
          zh: "相同的请求正在处理。请稍候刷新。",
        });
      return { answer: before.answer };
    },
    keepAnswer: async (personId, key, answer) => {
      await env.db
        .updateTable("idempotency_keys")
        .set({ status: 200, answer: JSON.stringify(answer) })
        .where("person_id", "=", personId)
        .where("key", "=", key)
        .execute();
    },
    dropKey: async (personId, key) => {
      await env.db.deleteFrom("idempotency_keys").where("person_id", "=", personId).where("key", "=", key).execute();
    },
  };
}
