import { followPresence, type Presence, parsePresence } from "@chancery/seallink";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { isEnrolled } from "../controllers/read-box.ts";

/** What a box says of being there. An `offline` of an earlier session changes nothing; what cannot be read, neither. */
export async function takePresence(env: Environment, controllerId: string, payload: Uint8Array): Promise<void> {
  if (payload.length > 2048) return;
  const said = parsePresence(Buffer.from(payload).toString());
  if (!said.ok) return;
  await transact(env.db, async (tx) => {
    if (!(await isEnrolled(tx, controllerId))) return;
    const before = await tx
      .selectFrom("controller_presence")
      .select(["session", "online"])
      .where("controller_id", "=", controllerId)
      .forUpdate()
      .executeTakeFirst();
    const known: Presence | undefined = before && { s: before.online ? "online" : "offline", sid: before.session };
    if (followPresence(known, said.value) === known) return;
    const now = new Date(env.clock.now());
    const { s, sid, fw, bat, net, seq } = said.value;
    const online = s === "online";
    const facts = online
      ? { heard_at: now, firmware: fw ?? null, battery: bat ?? null, network: net ?? null, said_seq: seq ?? null }
      : {};
    const row = { session: sid, online, changed_at: now, ...facts };
    await tx
      .insertInto("controller_presence")
      .values({ controller_id: controllerId, heard_at: now, ...row })
      .onConflict((conflict) => conflict.column("controller_id").doUpdateSet(row))
      .execute();
  });
}

/**
 * Before the gateway listens nobody is connected: what was said before it ended is not known any more. Boxes come again, and what
 * a broker of one's own has kept of those that never went is told anew. The made-up box of a sample stays as it was made.
 */
export async function forgetPresence(env: Environment, madeUp: string): Promise<void> {
  await env.db
    .updateTable("controller_presence")
    .set({ online: false, changed_at: new Date(env.clock.now()) })
    .where("online", "=", true)
    .where("session", "<>", madeUp)
    .execute();
}

/** It was heard just now, whatever it said; nothing where it never said that it is there. */
export async function noteHeard(env: Environment, controllerId: string): Promise<void> {
  await env.db
    .updateTable("controller_presence")
    .set({ heard_at: new Date(env.clock.now()) })
    .where("controller_id", "=", controllerId)
    .execute();
}

/** Records after this one were made while the box was connected: their clock can be judged. */
export async function readLiveAfter(env: Environment, controllerId: string): Promise<number | null> {
  const row = await env.db
    .selectFrom("controller_presence")
    .select("said_seq")
    .where("controller_id", "=", controllerId)
    .where("online", "=", true)
    .executeTakeFirst();
  return row?.said_seq == null ? null : Number(row.said_seq);
}
