import {
  askGate,
  decideImpression,
  decideRequest,
  type GateCondition,
  type ImpressionAuthorisation,
  type ImpressionState,
} from "@chancery/domain";
import type { SealFace } from "@chancery/pdf-seal/seal";
import type { SealSigner } from "@chancery/pki";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import type { LoadedDocument } from "../requests/load-request.ts";
import { type GateView, readGateFacts } from "../stamping/gate-facts.ts";
import { finishImpression, type ImpressionToMake, prepareImpression, signImpression } from "./make-impression.ts";

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

interface ImpressionRow {
  impression_id: string;
  document_id: string;
  seal_id: string;
  position: number;
  placement: Record<string, unknown>;
  state: string;
  prepared_at: Date | null;
  signature: Buffer | null;
}

/**
 * Seals everything a request has reserved: per document, one impression after another, then the file is stored and all
 * its impressions are settled in one transaction. Run again after a crash at any step it ends the same: what was signed
 * and stored is finished with the same bytes, what was not is signed anew, nothing is settled twice.
 */
export async function runSealJob(env: Environment, ports: SealingPorts, requestId: string): Promise<void> {
  await ports.reached("job-taken");
  const opened = await transact(env.db, async (tx) => {
    const waiting = await readWaiting(tx, requestId);
    if (waiting.length === 0) return null;
    const view = await readGateFacts(tx, env, requestId, {
      lock: true,
      checkFiles: true,
      wanted: waiting.map((row) => row.impression_id),
    });
    const answer = askGate(view.facts);
    if (answer.allowed) return { view, waiting, authorisation: answer.authorisation };
    await releaseAll(tx, env, view, waiting, answer.conditions);
    return null;
  });
  if (!opened) return;
  await ports.reached("gate-asked");
  for (const document of opened.view.loaded.documents) {
    const rows = opened.waiting.filter((row) => row.document_id === document.documentId);
    if (rows.length > 0) await sealDocument(env, ports, requestId, opened, document, rows);
  }
}

async function readWaiting(tx: Tx, requestId: string): Promise<ImpressionRow[]> {
  return tx
    .selectFrom("impressions")
    .select(["impression_id", "document_id", "seal_id", "position", "placement", "state", "prepared_at", "signature"])
    .where("request_id", "=", requestId)
    .where("state", "in", ["reserved", "sealed"])
    .orderBy("document_id")
    .orderBy("position")
    .execute();
}

async function sealDocument(
  env: Environment,
  ports: SealingPorts,
  requestId: string,
  opened: { view: GateView; authorisation: ImpressionAuthorisation },
  document: LoadedDocument,
  rows: ImpressionRow[],
): Promise<void> {
  const original = await env.files.read(document.digest);
  if (!original.ok) throw new Error(`the approved file can not be read: ${original.code}`);
  let bytes: Buffer = original.bytes;
  const digests: { impressionId: string; digest: string }[] = [];
  for (const row of rows) {
    const made = await makeOne(env, ports, opened, row, bytes);
    if (!made.ok) {
      await transact(env.db, async (tx) => {
        const view = await readGateFacts(tx, env, requestId, { lock: true });
        await releaseAll(tx, env, view, await readWaiting(tx, requestId), [], made.code);
      });
      return;
    }
    bytes = made.bytes;
    digests.push({ impressionId: row.impression_id, digest: made.digest });
  }
  await ports.reached("file-built");
  const stored = await env.files.storeBytes(bytes);
  await ports.reached("file-stored");
  await transact(env.db, async (tx) => {
    // Asked once more under lock: a seal frozen while the file was made lets nothing out.
    const waiting = await readWaiting(tx, requestId);
    const ids = waiting.map((row) => row.impression_id);
    const view = await readGateFacts(tx, env, requestId, { lock: true, wanted: ids });
    const mine = waiting.filter((row) => row.document_id === document.documentId);
    if (mine.length !== rows.length) return;
    const answer = askGate(view.facts);
    if (!answer.allowed) return releaseAll(tx, env, view, waiting, answer.conditions);
    await settle(tx, env, view, document, mine, digests, stored);
    await ports.reached("settling");
  });
  await ports.reached("settled");
}

async function makeOne(
  env: Environment,
  ports: SealingPorts,
  opened: { view: GateView; authorisation: ImpressionAuthorisation },
  row: ImpressionRow,
  bytes: Buffer,
): Promise<{ ok: true; bytes: Buffer; digest: string } | { ok: false; code: string }> {
  let at = row.prepared_at;
  if (!at) {
    // Whole seconds: the file can say no more, and a second try must say the same.
    at = new Date(Math.floor(env.clock.now() / 1000) * 1000);
    await env.db
      .updateTable("impressions")
      .set({ prepared_at: at })
      .where("impression_id", "=", row.impression_id)
      .where("prepared_at", "is", null)
      .execute();
  }
  const seal = await env.db
    .selectFrom("seals")
    .select(["width_mm", "height_mm"])
    .where("seal_id", "=", row.seal_id)
    .executeTakeFirstOrThrow();
  const placement = row.placement as { page: number; xMm: number; yMm: number };
  const impression: ImpressionToMake = {
    impressionId: row.impression_id,
    bytes,
    signer: await ports.openSigner(row.seal_id),
    at: at.getTime(),
    requestNumber: opened.view.loaded.row.number ?? "",
    appearance: {
      page: placement.page,
      xMm: placement.xMm,
      yMm: placement.yMm,
      widthMm: seal.width_mm,
      heightMm: seal.height_mm,
      face: await ports.readFace(row.seal_id),
    },
  };
  const prepared = prepareImpression(opened.authorisation, impression);
  if (!prepared.ok) return prepared;
  await ports.reached("impression-prepared");
  let signature: Uint8Array | null = row.signature;
  if (signature === null) {
    signature = await signImpression(opened.authorisation, impression, prepared.prepared);
    await ports.reached("signature-made");
    const changed = decideImpression(row.state as ImpressionState, "seal");
    if (!changed.ok) throw refusedBy(changed.refusals);
    const kept = Buffer.from(signature);
    await transact(env.db, async (tx) => {
      const stored = await tx
        .updateTable("impressions")
        .set({ state: "sealed", signature: kept, sealed_at: new Date(env.clock.now()) })
        .where("impression_id", "=", row.impression_id)
        .where("state", "=", "reserved")
        .executeTakeFirst();
      if (stored.numUpdatedRows !== 1n) throw new Error("the impression changed while it was sealed");
      await recordEvent(tx, env, {
        type: "ImpressionSealed",
        actorId: null,
        requestId: opened.view.loaded.row.request_id,
        sealId: row.seal_id,
        facts: { impressionId: row.impression_id },
      });
    });
    await ports.reached("signature-stored");
  }
  return finishImpression(impression, prepared.prepared, signature);
}

async function settle(
  tx: Tx,
  env: Environment,
  view: GateView,
  document: LoadedDocument,
  rows: ImpressionRow[],
  digests: { impressionId: string; digest: string }[],
  stored: { digest: string; sizeBytes: number },
): Promise<void> {
  const now = new Date(env.clock.now());
  const { row } = view.loaded;
  await tx
    .insertInto("files")
    .values({ digest: stored.digest, size_bytes: stored.sizeBytes, media_type: "application/pdf", stored_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const impression of rows) {
    const changed = decideImpression("sealed", "settle");
    if (!changed.ok) throw refusedBy(changed.refusals);
    const digest = digests.find((one) => one.impressionId === impression.impression_id)?.digest ?? stored.digest;
    const settled = await tx
      .updateTable("impressions")
      .set({ state: "settled", settled_at: now, sealed_digest: digest })
      .where("impression_id", "=", impression.impression_id)
      .where("state", "=", "sealed")
      .executeTakeFirst();
    if (settled.numUpdatedRows !== 1n) throw new Error("an impression was not sealed when it was to be settled");
    await recordEvent(tx, env, {
      type: "ImpressionSettled",
      actorId: null,
      requestId: row.request_id,
      sealId: impression.seal_id,
      facts: {
        impressionId: impression.impression_id,
        number: row.number,
        documentId: document.documentId,
        originalDigest: document.digest,
        sealedDigest: stored.digest,
      },
    });
  }
  await tx
    .updateTable("request_documents")
    .set({ sealed_digest: stored.digest, sealed_size: stored.sizeBytes, sealed_at: now })
    .where("request_id", "=", row.request_id)
    .where("document_id", "=", document.documentId)
    .execute();
  const left = await tx
    .selectFrom("impressions")
    .select("impression_id")
    .where("request_id", "=", row.request_id)
    .where("state", "in", ["reserved", "sealed"])
    .execute();
  if (left.length > 0) return;
  const closed = decideRequest(row.state, "close");
  if (!closed.ok) throw refusedBy(closed.refusals);
  await recordEvent(tx, env, {
    type: "SealUseRequestClosed",
    actorId: null,
    requestId: row.request_id,
    facts: { number: row.number },
  });
  // An electronic use has its whole evidence in the file itself: the register line is complete at once.
  const impressions = view.loaded.documents.reduce((sum, one) => sum + one.placements.length, 0);
  await recordEvent(tx, env, {
    type: "SealUseRegistered",
    actorId: null,
    requestId: row.request_id,
    facts: { number: row.number, impressions },
  });
  await tx
    .updateTable("seal_use_requests")
    .set({
      state: "registered",
      closed_at: now,
      updated_at: now,
      sealing_state: "done",
      sealing_problem: null,
      version: row.version + 1,
    })
    .where("request_id", "=", row.request_id)
    .execute();
}

/** Nothing that was begun gets out: what is not settled is released, and the request says why. */
async function releaseAll(
  tx: Tx,
  env: Environment,
  view: GateView,
  waiting: readonly ImpressionRow[],
  conditions: readonly GateCondition[],
  engineCode?: string,
): Promise<void> {
  const { row } = view.loaded;
  const reasons = engineCode
    ? [engineCode]
    : conditions.filter((condition) => !condition.met).map((condition) => condition.code);
  const now = new Date(env.clock.now());
  for (const impression of waiting) {
    await tx
      .updateTable("impressions")
      .set({ state: "released", released_at: now })
      .where("impression_id", "=", impression.impression_id)
      .where("state", "in", ["reserved", "sealed"])
      .execute();
    await recordEvent(tx, env, {
      type: "ImpressionReleased",
      actorId: null,
      requestId: row.request_id,
      sealId: impression.seal_id,
      facts: { impressionId: impression.impression_id, reasons: reasons.join(" ") },
    });
  }
  const changed = decideRequest(row.state, "release-rest");
  await tx
    .updateTable("seal_use_requests")
    .set({
      ...(changed.ok ? { state: "authorised" } : {}),
      sealing_state: "failed",
      sealing_problem: reasons.join(" "),
      released_by: null,
      released_at: null,
      release_step_up: null,
      confirmed_by: null,
      confirmed_at: null,
      confirm_step_up: null,
      updated_at: now,
      version: row.version + 1,
    })
    .where("request_id", "=", row.request_id)
    .execute();
}
