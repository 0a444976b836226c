import { Readable } from "node:stream";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { redPicture } from "../../platform/test-picture.ts";
import { uploadEvidence } from "../evidence/service.ts";
import { addMatterEvidence, beginMatter, submitMatter } from "../matters/ask-matter.ts";
import { confirmMatter } from "../matters/decide-matter.ts";
import { getMatter } from "../matters/store.ts";
import { approveMatterInTest, askMatterInTest, presentForMatterInTest } from "../matters/test-matters.ts";
import { giveGrant } from "../organisation/grants.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { saveDraft } from "../requests/draft-service.ts";
import { loadRequest } from "../requests/load-request.ts";
import type { Draft } from "../requests/write-draft.ts";
import { confirmFormReceipt, issueForms, receiveForms } from "./move-forms.ts";
import { beginSealingSheets } from "./seal-sheets.ts";
import { openSeries } from "./series.ts";
import { decideSheetReport, reportSheets } from "./sheet-reports.ts";

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

/** A series of blank sheets, whose numbers come of matters alone. */
export async function openSheetSeriesInTest(
  env: Environment,
  at: { entityId: string; administratorId: string; keeperId: string },
): Promise<string> {
  const { seriesId } = await openSeries(env, at.administratorId, {
    ...{ entityId: at.entityId, kind: "blank-sheet", name: { en: "Blank sheets", zh: "空白用纸" }, prefix: "BZ" },
    ...{ digits: 5, sealId: null, keeperId: at.keeperId, lowMark: 0 },
  });
  return seriesId;
}

/** A matter for three blank sheets, submitted; whoever asks takes them where nobody else is named. */
export async function askForSheetsInTest(
  env: Environment,
  at: { entityId: string; askerId: string; backBy: string; takerId?: string; count?: number },
): Promise<string> {
  const { matterId } = await beginMatter(env, at.askerId, "blank-sheets", {
    ...{ entityId: at.entityId, unitId: null, sealId: null, bodyId: null, personId: null, effectiveOn: null },
    ...{ title: "Blank sheets", reason: "Visas at the consulate" },
    data: { count: at.count ?? 3, takerId: at.takerId ?? at.askerId, backBy: at.backBy, paper: "Letterhead" },
  });
  await submitMatter(env, at.askerId, matterId);
  return matterId;
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

export async function photoInTest(env: Environment, personId: string, picture = redPicture()): Promise<string> {
  const stream = Readable.from([picture]);
  return (await uploadEvidence(env, personId, { stream, fileName: "form.png" })).evidenceId;
}

/** A paper as a PDF, of these lines or bytes, taken as evidence. */
export async function paperInTest(
  env: Environment,
  personId: string,
  paper: readonly string[] | Uint8Array,
): Promise<string> {
  const bytes = paper instanceof Uint8Array ? paper : makeTestPdf(paper);
  return (await uploadEvidence(env, personId, { stream: Readable.from([bytes]), fileName: "paper.pdf" })).evidenceId;
}

/** Confirms that a person has what was issued to him of a series. */
export async function confirmReceiptsInTest(
  env: Environment,
  at: { seriesId: string; personId: string },
): Promise<void> {
  const open = await env.db
    .selectFrom("form_postings")
    .select("posting_id")
    .where("series_id", "=", at.seriesId)
    .where("act", "=", "issue")
    .where("person_id", "=", at.personId)
    .where("receipt_at", "is", null)
    .execute();
  for (const { posting_id: postingId } of open)
    await confirmFormReceipt(env, at.personId, { seriesId: at.seriesId, postingId });
}

/** A draft for the sheets of a matter as its taker completes it: with the seal on each page, or on those named. */
export async function draftSheetsInTest(
  env: Environment,
  at: { seriesId: string; matterId: string; takerId: string; sealId: string; pages?: readonly number[] },
  change: Partial<Draft> = {},
): Promise<string> {
  const { requestId } = await beginSealingSheets(env, at.takerId, at);
  const { row, documents } = await loadRequest(env.db, requestId);
  await saveDraft(env, at.takerId, requestId, {
    ...{ title: row.title, documentClass: "quotation", external: true, counterparty: "The consulate", amount: null },
    ...{ currency: "CNY", purpose: "Visas", wantedBy: null, validUntil: null, handlerId: null },
    ...{ entityId: row.entity_id, version: row.version },
    documents: documents.map(({ documentId, pages }) => ({
      ...{ documentId, answers: [] },
      placements: (at.pages ?? pages.map((_, page) => page)).map((page) => ({
        ...{ sealId: at.sealId, page, xMm: 120, yMm: 200 },
      })),
    })),
    ...change,
  });
  return requestId;
}

/** Destruction of numbers by the supervisor and the inspector of a crew, asked for by its seal administrator. */
export async function destroyInTest(
  env: Environment,
  crew: TestCrew,
  { seriesId, first, last = first }: { seriesId: string; first: number; last?: number },
): Promise<void> {
  const { sealAdministrator, signatory, supervisor, inspector } = crew.people;
  const executors = [supervisor, inspector];
  const data = { seriesId, first, last, executors, method: "Shredded" };
  const matterId = await askMatterInTest(env, crew, { kind: "destroy-forms", data });
  await submitMatter(env, sealAdministrator, matterId);
  await approveMatterInTest(env, matterId, signatory);
  for (const slot of ["before", "after"]) {
    const evidenceId = await photoInTest(env, sealAdministrator);
    await addMatterEvidence(env, sealAdministrator, { matterId, slot, evidenceId });
  }
  const digest = (await getMatter(env.db, matterId)).digest ?? "";
  for (const personId of executors) {
    const presence = await presentForMatterInTest(env, personId, "matter-confirm", matterId, digest);
    await confirmMatter(env, personId, { matterId, part: "executor", facts: {}, digest, presence });
  }
}

/** Reports the end of sheets, and has somebody else confirm it; codes that nobody read are told to be unreadable. */
export async function settleSheetsInTest(
  env: Environment,
  at: { seriesId: string; numbers: string; reporterId: string; confirmerId: string; requestId?: string },
  change: Partial<Parameters<typeof reportSheets>[2]> = {},
): Promise<string> {
  const { seriesId, numbers, requestId = null } = at;
  const { reportId } = await reportSheets(env, at.reporterId, {
    ...{ seriesId, numbers, end: "returned", requestId, reason: "Visa", evidenceId: null },
    ...change,
  });
  await decideSheetReport(env, at.confirmerId, {
    ...{ seriesId, reportId, confirmed: true, codes: "", reason: "The foot is torn off" },
  });
  return reportId;
}
