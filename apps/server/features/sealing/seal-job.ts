import { askGate, decideImpression, type ImpressionAuthorisation } from "@chancery/domain";
import type { SealFace } from "@chancery/pdf-seal/seal";
import type { SealSigner } from "@chancery/pki";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { holdSides } from "../joint/joint-rows.ts";
import { readFileToSeal } from "../joint/other-file.ts";
import { waitsForOtherSide } from "../joint/turns.ts";
import { recordEvent } from "../ledger/record-event.ts";
import type { LoadedDocument } from "../requests/load-request.ts";
import { type GateView, readGateFacts } from "../stamping/gate-facts.ts";
import { finishImpression, type ImpressionToMake, prepareImpression, signImpression } from "./make-impression.ts";
import { engineReason, gateReasons, type ReleaseReason, releaseRest } from "./release-rest.ts";
import { holdRequest, type ImpressionRow, settleDocument } from "./settle.ts";

/** The named steps of the job; tests end the process at each and start it again. */
export const SEALING_STEPS = [
  "job-taken",
  "gate-asked",
  "impression-prepared",
  "signature-made",
  "signature-stored",
  "file-built",
  "file-stored",
  "settling",
  "settled",
] as const;
export type SealingStep = (typeof SEALING_STEPS)[number];

export interface SealingPorts {
  openSigner(sealId: string): Promise<SealSigner>;
  readFace(sealId: string): Promise<SealFace>;
  /** Called at each named step; does nothing outside tests. */
  reached(step: SealingStep): void | Promise<void>;
}

/** What the gate let begin, as long as it lasts. */
interface OpenedUse {
  requestId: string;
  view: GateView;
  waiting: readonly ImpressionRow[];
  authorisation: ImpressionAuthorisation;
}

/**
 * Seals everything a request has reserved: per document, one impression after another, then the file is stored and all
 * its impressions are settled in one transaction. Run again after a crash at any step it ends the same: what was signed
 * and stored is finished with the same bytes, what was not is signed anew, nothing is settled twice. Run twice at once
 * it ends the same too: whoever comes second to a step finds it done and stops. A side of a joint request waits until the
 * other has sealed, and is begun again by it.
 */
export async function runSealJob(env: Environment, ports: SealingPorts, requestId: string): Promise<void> {
  await ports.reached("job-taken");
  const opened = await transact(env.db, async (tx): Promise<OpenedUse | null> => {
    const waiting = await holdRequest(tx, requestId);
    if (waiting.length === 0 || (await waitsForOtherSide(tx, requestId))) return null;
    const view = await readGateFacts(tx, env, requestId, {
      lock: true,
      checkFiles: true,
      wanted: waiting.map((row) => row.impressionId),
    });
    const answer = askGate(view.facts);
    if (answer.allowed) return { requestId, view, waiting, authorisation: answer.authorisation };
    await releaseRest(tx, env, view, waiting, gateReasons(answer.conditions));
    return null;
  });
  if (!opened) return;
  await ports.reached("gate-asked");
  for (const document of opened.view.loaded.documents) {
    const rows = opened.waiting.filter((row) => row.documentId === document.documentId);
    // Once something was released there is nothing left to seal: the rest was released with it.
    if (rows.length > 0 && !(await sealDocument(env, ports, opened, document, rows))) return;
  }
}

/** Seals one document; false where its impressions, and all that were left, are no longer to be sealed. */
async function sealDocument(
  env: Environment,
  ports: SealingPorts,
  opened: OpenedUse,
  document: LoadedDocument,
  rows: readonly ImpressionRow[],
): Promise<boolean> {
  const { requestId } = opened;
  const giveUp = (reason: ReleaseReason): Promise<false> =>
    transact<false>(env.db, async (tx) => {
      const waiting = await holdRequest(tx, requestId);
      if (waiting.length > 0)
        await releaseRest(tx, env, await readGateFacts(tx, env, requestId, { lock: true }), waiting, [reason]);
      return false;
    });
  const file = await readFileToSeal(env.db, env, opened.view.loaded, document);
  if (file === null) return giveUp({ code: "gate.document-unchanged.missing", facts: {} });
  let bytes: Buffer = file;
  const digests = new Map<string, string>();
  for (const row of rows) {
    const made = await makeOne(env, ports, opened, row, bytes);
    if (!made.ok) return giveUp(made.reason);
    bytes = made.bytes;
    digests.set(row.impressionId, made.digest);
  }
  await ports.reached("file-built");
  const stored = await env.files.storeBytes(bytes);
  await ports.reached("file-stored");
  const settled = await transact(env.db, async (tx) => {
    // Asked once more under lock: a seal frozen while the file was made lets nothing out.
    const waiting = await holdRequest(tx, requestId);
    const mine = waiting.filter((row) => digests.has(row.impressionId));
    if (mine.length !== rows.length) return false;
    const wanted = waiting.map((row) => row.impressionId);
    const view = await readGateFacts(tx, env, requestId, { lock: true, wanted });
    const answer = askGate(view.facts);
    if (!answer.allowed) {
      await releaseRest(tx, env, view, waiting, gateReasons(answer.conditions));
      return false;
    }
    await settleDocument(tx, env, view, document, mine, digests, stored);
    await ports.reached("settling");
    return true;
  });
  if (settled) await ports.reached("settled");
  return settled;
}

async function makeOne(
  env: Environment,
  ports: SealingPorts,
  opened: OpenedUse,
  row: ImpressionRow,
  bytes: Buffer,
): Promise<{ ok: true; bytes: Buffer; digest: string } | { ok: false; reason: ReleaseReason }> {
  const described = await describeImpression(env, ports, opened, row, bytes);
  if (!described.ok) return described;
  const { impression } = described;
  const prepared = prepareImpression(opened.authorisation, impression);
  if (!prepared.ok) return { ok: false, reason: engineReason(prepared.refusal) };
  await ports.reached("impression-prepared");
  let signature: Uint8Array | null = row.signature;
  if (signature === null) {
    signature = await signImpression(opened.authorisation, impression, prepared.prepared);
    await ports.reached("signature-made");
    await keepSignature(env, opened.requestId, row, signature);
    await ports.reached("signature-stored");
  }
  const finished = finishImpression(impression, prepared.prepared, signature);
  return finished.ok ? finished : { ok: false, reason: engineReason(finished.refusal) };
}

/** The impression with its key, face and place; the moment it bears is fixed once, whoever comes first. */
async function describeImpression(
  env: Environment,
  ports: SealingPorts,
  opened: OpenedUse,
  row: ImpressionRow,
  bytes: Buffer,
): Promise<{ ok: true; impression: ImpressionToMake } | { ok: false; reason: ReleaseReason }> {
  const seal = await env.db
    .selectFrom("seals")
    .select(["width_mm", "height_mm"])
    .where("seal_id", "=", row.sealId)
    .executeTakeFirstOrThrow();
  try {
    return {
      ok: true,
      impression: {
        impressionId: row.impressionId,
        bytes,
        signer: await ports.openSigner(row.sealId),
        at: await fixMoment(env, row),
        requestNumber: opened.view.loaded.row.number ?? "",
        appearance: {
          page: row.placement.page,
          xMm: row.placement.xMm,
          yMm: row.placement.yMm,
          widthMm: seal.width_mm,
          heightMm: seal.height_mm,
          face: await ports.readFace(row.sealId),
        },
      },
    };
  } catch (error) {
    // A key that was destroyed, a face that is gone: told as it is; trying again would not bring them back.
    if (error instanceof ProblemError)
      return { ok: false, reason: { code: error.code, facts: {}, sentence: error.sentence } };
    throw error;
  }
}

async function fixMoment(env: Environment, row: ImpressionRow): Promise<number> {
  if (row.preparedAt) return row.preparedAt.getTime();
  await env.db
    .updateTable("impressions")
    // Whole seconds: the file can say no more, and a second try must say the same.
    .set({ prepared_at: new Date(Math.floor(env.clock.now() / 1000) * 1000) })
    .where("impression_id", "=", row.impressionId)
    .where("prepared_at", "is", null)
    .execute();
  const fixed = await env.db
    .selectFrom("impressions")
    .select("prepared_at")
    .where("impression_id", "=", row.impressionId)
    .executeTakeFirstOrThrow();
  if (!fixed.prepared_at) throw new Error("an impression lost the moment it was prepared at");
  return fixed.prepared_at.getTime();
}

async function keepSignature(
  env: Environment,
  requestId: string,
  row: ImpressionRow,
  signature: Uint8Array,
): Promise<void> {
  const changed = decideImpression(row.state, "seal", "electronic");
  if (!changed.ok) throw refusedBy(changed.refusals);
  await transact(env.db, async (tx) => {
    // Whoever holds the request to release what is left finds it as he read it.
    await holdSides(tx, requestId);
    const stored = await tx
      .updateTable("impressions")
      .set({ state: "sealed", signature: Buffer.from(signature), sealed_at: new Date(env.clock.now()) })
      .where("impression_id", "=", row.impressionId)
      .where("state", "=", row.state)
      .executeTakeFirst();
    // Another run of the job, or a release, was faster; the next try finds what it left.
    if (stored.numUpdatedRows !== 1n) throw new Error("the impression changed while it was sealed");
    await recordEvent(tx, env, {
      type: "ImpressionSealed",
      actorId: null,
      requestId,
      sealId: row.sealId,
      facts: { impressionId: row.impressionId },
    });
  });
}
