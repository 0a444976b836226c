import type { ChainState, Finding, JournalRecord, OpenedRecord } from "@chancery/seallink";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { stepRow } from "../authority/authorisation-rows.ts";
import { recordEvent } from "../ledger/record-event.ts";
import {
  lapseDisturbed,
  lapseOfAuthorisation,
  takeRemoteAsk,
  takeRemoteBegin,
} from "../remote-supervision/follow-look.ts";
import { followJournal } from "./follow-journal.ts";
import { freezeMounted } from "./freeze-seals.ts";
import { postStroke } from "./post-stroke.ts";

/**
 * What a controller's new records mean for requests, in the transaction that stores them: authorisations move, orders are done,
 * strokes are posted to their requests' accounts, and what was pressed without a right freezes its seal.
 */
export async function postJournal(
  tx: Tx,
  env: Environment,
  chain: ChainState,
  accepted: readonly OpenedRecord[],
  findings: readonly Finding[],
): Promise<void> {
  const touched = new Set<string>();
  const told = new Set<number>();
  for (const { record } of accepted) {
    const authorisation = "jti" in record ? await readOwn(tx, chain, record.jti) : undefined;
    if (authorisation) {
      touched.add(authorisation.request_id);
      await moveAuthorisation(tx, authorisation, record);
    }
    if (record.ty === "remote.ask" && authorisation) await takeRemoteAsk(tx, env, chain, record, authorisation);
    if (record.ty === "stamp.begin" && authorisation) await takeRemoteBegin(tx, chain, record);
    if (record.ty === "auth.close" && authorisation) await lapseOfAuthorisation(tx, env, record.jti);
    if (record.ty === "alarm.remote" || record.ty === "boot") await lapseDisturbed(tx, env, chain.dev);
    if (record.ty === "stamp.end" && authorisation) {
      const posted = await postStroke(tx, env, chain, record, authorisation);
      if (posted === "counted-more") told.add(record.seq);
    }
    if ("ord" in record && record.ord !== undefined) await noteOrderDone(tx, env, chain, record);
  }
  for (const { code, seq } of findings) {
    if (code !== "STAMP_WITHOUT_AUTHORISATION" && code !== "UNRECORDED_STAMP") continue;
    // What the drive counted beyond a request's own stroke is that request's case.
    if (code === "UNRECORDED_STAMP" && told.delete(seq)) continue;
    const record = accepted.find((one) => one.record.seq === seq)?.record;
    const slot = record?.ty === "stamp.begin" || record?.ty === "stamp.end" ? record.slot : null;
    await freezeMounted(tx, env, chain, slot);
  }
  for (const requestId of touched) await followJournal(tx, env, requestId);
}

async function readOwn(tx: Tx, chain: ChainState, jti: string | undefined) {
  if (jti === undefined) return undefined;
  return (
    tx
      .selectFrom("controller_authorisations")
      .selectAll()
      .where("jti", "=", jti)
      // A name that was signed for another box proves nothing here.
      .where("controller_id", "=", chain.dev)
      .executeTakeFirst()
  );
}
export type OwnAuthorisation = NonNullable<Awaited<ReturnType<typeof readOwn>>>;

const closeEvents = {
  used: "record-used-up",
  expired: "expire",
  revoked: "record-revoked",
  cancelled: "record-close",
} as const;

async function moveAuthorisation(tx: Tx, row: OwnAuthorisation, record: JournalRecord): Promise<void> {
  if (record.ty === "auth.accept") await stepRow(tx, row, "record-accept");
  else if (record.ty === "auth.reject") await stepRow(tx, row, "record-reject");
  else if (record.ty === "auth.close") await stepRow(tx, row, closeEvents[record.why]);
  else if (record.ty === "stamp.end" && record.out !== "aborted") await stepRow(tx, row, "record-stamp");
}

const done: ReadonlySet<JournalRecord["ty"]> = new Set([
  "seal.mount",
  "seal.unmount",
  "cred.add",
  "cred.del",
  "lock.clear",
]);

async function noteOrderDone(tx: Tx, env: Environment, chain: ChainState, record: JournalRecord): Promise<void> {
  if (!done.has(record.ty) || !("ord" in record) || record.ord === undefined) return;
  const updated = await tx
    .updateTable("controller_asks")
    .set({ done_at: new Date(env.clock.now()) })
    .where("jti", "=", record.ord)
    .where("controller_id", "=", chain.dev)
    .where("done_at", "is", null)
    .executeTakeFirst();
  if (updated.numUpdatedRows === 0n) return;
  await recordEvent(tx, env, {
    ...{ type: "ControllerOrderCarriedOut", actorId: null },
    facts: { controller: chain.dev, epoch: chain.ep, seq: record.seq, order: record.ord, what: record.ty },
  });
}
