import { Readable } from "node:stream";
import type { Environment } from "../../platform/environment.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { beginDraft } from "../requests/draft-service.ts";
import { loadRequest } from "../requests/load-request.ts";
import type { Draft } from "../requests/write-draft.ts";
import { registerTemplateInTest } from "../templates/test-templates.ts";
import { beginSeries } from "./begin-series.ts";
import { makeSeries } from "./make-series.ts";
import { openDrawn } from "./open-drawn.ts";
import { readSeries, showSeriesOfRequest } from "./read-model.ts";

const blank = "_".repeat(34);
/** A form with three blanks, each of a kind of its own. */
export const testForm = (about = "the works"): Buffer =>
  makeTestPdf([
    "Supply contract",
    `between Lanxi Instruments Ltd and ${blank} (the buyer).`,
    `The seller delivers ${blank} for ${about} to the buyer by 30 November 2026.`,
    `The price is CNY ${blank} and is paid within thirty days of acceptance.`,
    "The goods are packed for the journey and insured by the seller.",
    "The buyer examines them within ten days of their arrival.",
    "What is found to be wrong is made good by the seller.",
    "Each party has one copy of this contract.",
    "The law of the seat of the seller applies to it.",
    "Signed for the buyer:",
  ]);
export const testHeads = [
  "between Lanxi Instruments Ltd and",
  "The seller delivers",
  "The price is CNY",
  "Counterparty",
  "Amount",
  "File name",
];

export interface TestLine {
  readonly buyer: string;
  readonly goods: string;
  readonly amount: number;
}
export const testLine = (nr: number, change: Partial<TestLine> = {}): TestLine => ({
  ...{ buyer: `Beicheng Works ${nr} Ltd.`, goods: `gauges of lot ${nr}`, amount: 1000 + nr, ...change },
});

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const figures = (amount: number): string => amount.toLocaleString("en-US", { minimumFractionDigits: 2 });

/** A list as somebody would save it. */
export function testList(lines: readonly TestLine[], heads: readonly string[] = testHeads): Buffer {
  const rows = lines.map(({ buyer, goods, amount }) => [
    buyer,
    goods,
    figures(amount),
    buyer,
    amount.toFixed(2),
    buyer,
  ]);
  return Buffer.from([heads, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n"));
}

export const registerForm = (env: Environment, crew: TestCrew, about?: string) =>
  registerTemplateInTest(env, crew, { bytes: testForm(about), documentClass: "contract" });

export async function beginInTest(env: Environment, crew: TestCrew, versionId: string, list: Buffer) {
  return beginSeries(
    env,
    crew.people.applicant,
    { versionId, currency: "CNY" },
    { stream: Readable.from([list]), fileName: "buyers.csv" },
  );
}

/** A series with its documents, made by the job. */
export async function makeSeriesInTest(
  env: Environment,
  crew: TestCrew,
  versionId: string,
  lines: readonly TestLine[],
): Promise<string> {
  const { seriesId, faults } = await beginInTest(env, crew, versionId, testList(lines));
  if (seriesId === null) throw new Error(JSON.stringify(faults));
  await makeSeries(env, seriesId);
  return seriesId;
}

/** A draft that asks for a series, with a seal placed on its first document. */
export async function applyForSeries(
  env: Environment,
  crew: TestCrew,
  sealId: string,
  seriesId: string,
  change: Partial<Draft> = {},
): Promise<string> {
  const { requestId } = await beginDraft(
    env,
    crew.people.applicant,
    await seriesDraft(env, crew, sealId, seriesId, change),
  );
  return requestId;
}

export async function seriesDraft(
  env: Environment,
  crew: TestCrew,
  sealId: string,
  seriesId: string,
  change: Partial<Draft> = {},
): Promise<Draft> {
  const { first } = await readSeries(env, crew.people.applicant, seriesId);
  return {
    ...{
      title: "Supply contracts",
      documentClass: "contract",
      external: true,
      counterparty: "",
      counterpartyKind: "company",
    },
    ...{ amount: null, currency: "CNY", purpose: "Gauges", wantedBy: null, validUntil: null, seriesId },
    ...{ entityId: crew.entityId, handlerId: null },
    documents: [{ documentId: first ?? "", placements: [{ sealId, page: 0, xMm: 20, yMm: 200 }], answers: [] }],
    ...change,
  };
}

/** Opens every drawn document as each person of the crew who is asked to decide. */
export async function openAllDrawn(env: Environment, personId: string, requestId: string): Promise<void> {
  const shown = await showSeriesOfRequest(env.db, await loadRequest(env.db, requestId), personId);
  for (const documentId of shown?.toOpen ?? []) await openDrawn(env, personId, requestId, documentId);
}
