import { Readable } from "node:stream";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { redPicture } from "../../platform/test-picture.ts";
import { uploadEvidence } from "../evidence/service.ts";
import { giveGrant } from "../organisation/grants.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { confirmFormReceipt, issueForms, receiveForms } from "./move-forms.ts";
import { openSeries } from "./series.ts";

/** A person who keeps forms for an entity and no seal. */
export async function makeFormKeeperInTest(
  env: Environment,
  at: { actorId: string; entityId: string; personId: string },
): Promise<void> {
  await transact(env.db, (tx) =>
    giveGrant(tx, env, {
      ...{ actorId: at.actorId, personId: at.personId, role: "certificate-keeper" },
      scope: { kind: "entity", id: at.entityId },
    }),
  );
  await confirmPositionsInTest(env, at.personId);
}

/** A series of receipts with a hundred numbers in stock, A00001 to A00100. */
export async function openSeriesInTest(
  env: Environment,
  at: { entityId: string; administratorId: string; keeperId: string; sealId: string | null; prefix?: string },
): Promise<string> {
  const { seriesId } = await openSeries(env, at.administratorId, {
    ...{ entityId: at.entityId, kind: "receipt", name: { en: "Receipts", zh: "收据" }, prefix: at.prefix ?? "A" },
    ...{ digits: 5, sealId: at.sealId, keeperId: at.keeperId, lowMark: 20 },
  });
  await receiveForms(env, at.keeperId, {
    ...{ seriesId, numbers: "1-100", count: 100, from: "Printer", receivedOn: "2026-11-02", evidenceId: null },
  });
  return seriesId;
}

/** Issues numbers to somebody who confirms that he has them. */
export async function issueInTest(
  env: Environment,
  at: { seriesId: string; keeperId: string; toId: string; numbers: string },
): Promise<void> {
  await issueForms(env, at.keeperId, { ...at, purpose: "Deposits" });
  const { posting_id: postingId } = await env.db
    .selectFrom("form_postings")
    .select("posting_id")
    .where("series_id", "=", at.seriesId)
    .where("act", "=", "issue")
    .orderBy("nr", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  await confirmFormReceipt(env, at.toId, { seriesId: at.seriesId, postingId });
}

export async function photoInTest(env: Environment, personId: string): Promise<string> {
  const stream = Readable.from([redPicture()]);
  return (await uploadEvidence(env, personId, { stream, fileName: "form.png" })).evidenceId;
}
