import { findRemoteLapse, type RemoteLapse, remoteLookLife } from "@chancery/domain";
import type { ChainState, JournalRecord } from "@chancery/seallink";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import type { OwnAuthorisation } from "../controller-stamping/post-journal.ts";
import { keepEvidence, takeInPhoto } from "../evidence/service.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { readHandImpressions, readStamping } from "../stamping/open-stamping.ts";
import { digestOfLook, type LookRow, readLook, readOpenLooks } from "./look-rows.ts";
import { tellSupervisor } from "./tell-supervisor.ts";

type Asked = JournalRecord & { readonly ty: "remote.ask" };
type Begun = JournalRecord & { readonly ty: "stamp.begin" };

/** From the check of a press until its record is written, in milliseconds. */
const begins = 10_000;

/**
 * A box asks who supervises from elsewhere about its next press. It is asked where the stamping is supervised so and goes on; anything
 * else the box wrote stays in its journal and asks nobody, so that nothing is pressed.
 */
export async function takeRemoteAsk(
  tx: Tx,
  env: Environment,
  chain: ChainState,
  record: Asked,
  authorisation: OwnAuthorisation,
): Promise<void> {
  const { request_id: requestId, body_id: bodyId } = authorisation;
  const view = await readGateFacts(tx, env, requestId, { lock: true });
  const stamping = await readStamping(tx, requestId);
  const [picture] = record.pic;
  const all = await readHandImpressions(tx, requestId);
  // The next stroke makes the first that is reserved: so it is posted.
  const at = all.findIndex((one) => one.bodyId === bodyId && one.state === "reserved");
  const impression = all[at];
  const { row } = view.loaded;
  const goesOn = stamping?.remote === true && stamping.ended_at === null && stamping.end_asked_at === null;
  if (!goesOn || !impression || !picture || row.digest === null) return;
  await lapseLooks(tx, env, readOpenLooks(tx).where("jti", "=", record.jti), "retaken");
  const now = env.clock.now();
  const lookId = newId("look", now);
  const { jti, n } = record;
  const { impressionId, sealId } = impression;
  const of = { lookId, requestId, requestDigest: row.digest, impressionId, jti, n, picture: picture.h };
  const digest = digestOfLook(of);
  await tx
    .insertInto("remote_looks")
    .values({
      ...{ look_id: lookId, controller_id: chain.dev, epoch: chain.ep, seq: record.seq, jti, n },
      ...{ request_id: requestId, impression_id: impressionId, picture: picture.h, digest },
      ...{ asked_at: new Date(now), expires_at: new Date(now + remoteLookLife), state: "waiting" },
    })
    .execute();
  await recordEvent(tx, env, {
    ...{ type: "RemoteLookAsked", actorId: null, requestId, sealId },
    facts: {
      ...{ look: lookId, number: row.number, nth: at + 1, impressionId, picture: picture.h },
      ...{ controller: chain.dev, jti, n, digest },
    },
  });
  await tellSupervisor(tx, env, { lookId, requestId });
}

/** What may still be answered, or pressed on, is over; the impression is still to be made. */
async function lapseLooks(
  tx: Tx,
  env: Environment,
  which: ReturnType<typeof readOpenLooks>,
  lapse: RemoteLapse,
): Promise<void> {
  for (const look of await which.execute()) {
    const updated = await tx
      .updateTable("remote_looks")
      .set({ state: "lapsed", lapse })
      .where("look_id", "=", look.look_id)
      .where("state", "=", look.state)
      .executeTakeFirst();
    if (updated.numUpdatedRows !== 1n) continue;
    await recordEvent(tx, env, {
      ...{ type: "RemoteLookLapsed", actorId: null, requestId: look.request_id },
      facts: { look: look.look_id, impressionId: look.impression_id, lapse, agreed: look.state === "agreed" },
    });
  }
}

/** A box was moved, shaken, unplugged or started anew: nobody knows any more what lies under its seal. */
export const lapseDisturbed = (tx: Tx, env: Environment, controllerId: string): Promise<void> =>
  lapseLooks(tx, env, readOpenLooks(tx).where("controller_id", "=", controllerId), "disturbed");

/** An authorisation that is over lets nobody press. */
export const lapseOfAuthorisation = (tx: Tx, env: Environment, jti: string): Promise<void> =>
  lapseLooks(tx, env, readOpenLooks(tx).where("jti", "=", jti), "ended");

/** A stamping that ends takes with it what is still asked. */
export const lapseOfRequest = (tx: Tx, env: Environment, requestId: string): Promise<void> =>
  lapseLooks(tx, env, readOpenLooks(tx).where("request_id", "=", requestId), "ended");

/**
 * Notes that a box presses on an agreement. It names the very text that the authority signed, or it has none. A record that was late
 * on its way tells of a press that was in time by the box's own word.
 */
export async function takeRemoteBegin(tx: Tx, chain: ChainState, record: Begun): Promise<void> {
  if (record.cos === undefined) return;
  const signed = await tx
    .selectFrom("controller_signatures as s")
    .innerJoin("controller_asks as k", "k.ask_id", "s.ask_id")
    .select(["k.body", "s.exp"])
    .where("s.kind", "=", "agreement")
    .where("s.controller_id", "=", chain.dev)
    .where("s.digest", "=", record.cos)
    .executeTakeFirst();
  const look = signed && (await readLook(tx, (signed.body as { lookId?: string }).lookId ?? ""));
  if (!look || look.jti !== record.jti || look.n !== record.n || record.t > signed.exp.getTime() + begins) return;
  if (look.state !== "agreed" && !(look.lapse === "late" && look.answered_by !== null)) return;
  await tx
    .updateTable("remote_looks")
    .set({ state: "pressed", lapse: null })
    .where("look_id", "=", look.look_id)
    .where("state", "=", look.state)
    .execute();
}

/** Whether this stroke was agreed to; always where its supervisor stands beside it. */
export async function wasAgreed(
  reader: Reader,
  stroke: { readonly requestId: string; readonly jti: string; readonly n: number },
): Promise<boolean> {
  const stamping = await readStamping(reader, stroke.requestId);
  if (!stamping?.remote) return true;
  const look = await reader
    .selectFrom("remote_looks")
    .select("look_id")
    .where("jti", "=", stroke.jti)
    .where("n", "=", stroke.n)
    .where("state", "=", "pressed")
    .executeTakeFirst();
  return look !== undefined;
}

/** What time alone ends: nobody answered, or nobody pressed, in time. To be called every few seconds. */
export async function followLooks(env: Environment): Promise<void> {
  const now = env.clock.now();
  const over = (await readOpenLooks(env.db).execute()).filter((one) => isOver(one, now));
  for (const { look_id: lookId } of over)
    await transact(env.db, (tx) => lapseLooks(tx, env, readOpenLooks(tx).where("look_id", "=", lookId), "late"));
}

export const isOver = (look: LookRow, now: number): boolean =>
  findRemoteLapse({
    ...{ state: look.state, expiresAt: look.expires_at.getTime(), now },
    answeredAt: look.answered_at?.getTime() ?? null,
  }) !== undefined;

/** Gives a look its picture once that has arrived: looked at in a thread first. What is no picture is told as such. */
export async function pictureLook(env: Environment, lookId: string, picture: string): Promise<void> {
  const look = await env.db
    .selectFrom("remote_looks as l")
    .innerJoin("stampings as t", "t.request_id", "l.request_id")
    .select("t.opened_by")
    .where("l.look_id", "=", lookId)
    .executeTakeFirstOrThrow();
  const file = await env.files.read(picture);
  if (!file.ok) throw new Error(`a picture that arrived cannot be read: ${file.code}`);
  const looked = await takeInPhoto(env, file.bytes);
  if (looked === "later") return;
  await transact(env.db, async (tx) => {
    const evidenceId = looked === null ? null : await keepEvidence(tx, env, look.opened_by, looked);
    await tx
      .updateTable("remote_looks")
      .set(evidenceId === null ? { unfit: true } : { evidence_id: evidenceId })
      .where("look_id", "=", lookId)
      .where("evidence_id", "is", null)
      .execute();
  });
}
