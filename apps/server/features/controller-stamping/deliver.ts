import { askGate } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { isLiving, stepRow } from "../authority/authorisation-rows.ts";
import { readBoxes } from "../controllers/read-box.ts";
import { isOver } from "../remote-supervision/follow-look.ts";
import { readLook } from "../remote-supervision/look-rows.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { listReserved, readStamping } from "../stamping/open-stamping.ts";
import { withhold } from "./ask-authorisations.ts";

/**
 * What a controller has to be sent now, in the order it is to be sent: revocations, the order that waits, authorisations, refusals, agreements. The same
 * is given again until the box has said that it knows, so that nothing is lost between a signature and its delivery; and an
 * authorisation that no box has heard of leaves only while the gate still says yes, with the request held.
 */
export async function takeSigned(env: Environment, controllerId: string): Promise<string[]> {
  const [box] = await readBoxes(env.db, [controllerId]);
  if (!box?.enrolled) return [];
  const now = new Date(env.clock.now());
  const signed = await env.db
    .selectFrom("controller_signatures as s")
    .innerJoin("controller_asks as k", "k.ask_id", "s.ask_id")
    .leftJoin("controller_authorisations as a", "a.jti", "s.jti")
    .select(["s.jti", "s.kind", "s.token", "k.body", "k.done_at", "a.state"])
    .where("s.controller_id", "=", controllerId)
    .where("s.epoch", "=", box.epoch)
    .where("s.exp", ">", now)
    .orderBy("s.asn")
    .execute();
  const revoking = signed.filter(({ state }) => state === "revoking").map(({ jti }) => jti);
  const revocations = signed.filter(
    ({ kind, body }) =>
      kind === "revocation" && ((body as { names?: string[] }).names ?? []).some((jti) => revoking.includes(jti)),
  );
  // A box that is not trusted is told to stop, and nothing else.
  if (box.quarantined) {
    // But for the order that leads out of it, to be carried out by two people who stand there.
    const reset = signed.findLast(
      ({ kind, done_at: done, body }) =>
        kind === "order" && done === null && (body as { order?: { kind?: string } }).order?.kind === "reset-epoch",
    );
    return [...revocations, ...(reset ? [reset] : [])].map(({ token }) => token);
  }
  // One order at a time: a later one takes the place of an earlier one at the box, too.
  const order = signed.findLast(({ kind, done_at: done }) => kind === "order" && done === null);
  const authorisations: string[] = [];
  for (const one of signed.filter(({ state }) => state !== null && isLiving(state) && state !== "revoking"))
    if (await mayLeave(env, one.jti)) authorisations.push(one.token);
  const agreements: string[] = [];
  for (const one of signed.filter(({ kind }) => kind === "agreement"))
    if (await mayPress(env, (one.body as { lookId?: string }).lookId ?? "")) agreements.push(one.token);
  const refusals: string[] = [];
  for (const one of signed.filter(({ kind }) => kind === "remote-refusal"))
    if (await isAskedStill(env, (one.body as { lookId?: string }).lookId ?? "")) refusals.push(one.token);
  return [
    ...revocations.map(({ token }) => token),
    ...(order ? [order.token] : []),
    ...[...authorisations, ...refusals, ...agreements],
  ];
}

/** The refused picture is the newest of its authorisation: nobody at the box has taken another one since. */
async function isAskedStill(env: Environment, lookId: string): Promise<boolean> {
  const look = await readLook(env.db, lookId);
  if (look?.state !== "refused") return false;
  const newer = await env.db
    .selectFrom("remote_looks")
    .select("look_id")
    .where("jti", "=", look.jti)
    .where("asked_at", ">", look.asked_at)
    .executeTakeFirst();
  return newer === undefined;
}

/** Who supervises from elsewhere has agreed, nothing came in between, and the gate says yes now. */
async function mayPress(env: Environment, lookId: string): Promise<boolean> {
  return transact(env.db, async (tx) => {
    const look = await readLook(tx, lookId);
    if (look?.state !== "agreed" || isOver(look, env.clock.now())) return false;
    return (await findClosedGate(tx, env, look.request_id, true)) === null;
  });
}

async function mayLeave(env: Environment, jti: string): Promise<boolean> {
  return transact(env.db, async (tx) => {
    const { request_id: requestId } = await tx
      .selectFrom("controller_authorisations")
      .select("request_id")
      .where("jti", "=", jti)
      .executeTakeFirstOrThrow();
    const closed = await findClosedGate(tx, env, requestId, true);
    const row = await tx
      .selectFrom("controller_authorisations")
      .selectAll()
      .where("jti", "=", jti)
      .executeTakeFirstOrThrow();
    if (row.state !== "signed")
      return isLiving(row.state) && row.state !== "revoking" && row.state !== "accepted" && row.state !== "in-use";
    if (closed !== null) {
      await withhold(tx, env, { ...row, state: row.state }, null, closed);
      return false;
    }
    await stepRow(tx, row, "send", { sent_at: new Date(env.clock.now()) });
    return true;
  });
}

/** The first condition of the gate that is not met for what is reserved; null while it says yes and the stamping goes on. */
export async function findClosedGate(
  tx: Tx,
  env: Environment,
  requestId: string,
  lock: boolean,
): Promise<string | null> {
  const wanted = await listReserved(tx, requestId);
  const view = await readGateFacts(tx, env, requestId, { lock, wanted });
  const stamping = await readStamping(tx, requestId);
  if (!stamping || stamping.ended_at !== null || stamping.end_asked_at !== null) return "authorisation.not-open";
  const answer = askGate(view.facts);
  return answer.allowed ? null : (answer.conditions.find(({ met }) => !met)?.code ?? "authorisation.not-open");
}
