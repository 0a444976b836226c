import { Readable } from "node:stream";
import { type DocumentClassId, maySettleFacts, mustBeSettled } from "@chancery/domain";
import { ruleFact } from "../features/approvals/rule-fact.ts";
import { decideStep } from "../features/approvals/service.ts";
import { beginDraft } from "../features/requests/draft-service.ts";
import { loadRequest } from "../features/requests/load-request.ts";
import { submitRequest } from "../features/requests/submit-service.ts";
import { uploadDocument } from "../features/requests/upload-document.ts";
import { givePresence, type PresenceAct } from "../features/stamping/service.ts";
import type { Environment } from "./environment.ts";
import { newId } from "./ids.ts";
import type { TestCrew } from "./test-crew.ts";
import { testContract, testNotice } from "./test-pdf.ts";

export interface TestApplication {
  documentClass?: DocumentClassId;
  external?: boolean;
  pdf?: Buffer;
  /** How many impressions of the one seal on the one document. */
  placements?: number;
  /** Several documents, each with the seals that are to stand on it, and from 0 on which page each; instead of `pdf` and `placements`. */
  documents?: readonly { pdf: Buffer; sealIds: readonly string[]; pages?: readonly number[] }[];
  applicantId?: string;
  handlerId?: string;
  /** Why it can not wait. */
  emergency?: string;
  /** By hand: on so many copies, and why on paper. */
  useMode?: "electronic" | "by-hand";
  copies?: number | null;
  paperReason?: string;
  /** Of foreign paper: who printed it. */
  paperPrintedBy?: string;
  /** Why only those who have to may read it. */
  confidential?: string;
}

/** Applies for a seal on one contract, or on several documents; answers the draft. Used by tests. */
export async function applyInTest(
  env: Environment,
  crew: TestCrew,
  sealId: string,
  change: TestApplication = {},
): Promise<string> {
  const applicantId = change.applicantId ?? crew.people.applicant;
  const isContract = (change.documentClass ?? "contract") === "contract" && change.external !== false;
  const wanted = change.documents ?? [
    {
      pdf: change.pdf ?? (isContract ? testContract() : testNotice()),
      sealIds: Array.from({ length: change.placements ?? 1 }, () => sealId),
    },
  ];
  const documents = [];
  for (const { pdf, sealIds, pages = [] } of wanted) {
    const { documentId } = await uploadDocument(env, applicantId, {
      stream: Readable.from([pdf]),
      fileName: "contract.pdf",
    });
    const placements = sealIds.map((id, at) => ({
      sealId: id,
      page: pages[at] ?? 0,
      xMm: 20 + (pages.length > 0 ? 0 : at) * 60,
      yMm: 200,
    }));
    documents.push({ documentId, placements, answers: [] });
  }
  const { requestId } = await beginDraft(env, applicantId, {
    title: "Supply contract",
    documentClass: change.documentClass ?? "contract",
    external: change.external ?? true,
    counterparty: "Beicheng",
    amount: "1286000.00",
    currency: "CNY",
    purpose: "Gauges",
    wantedBy: null,
    validUntil: null,
    entityId: crew.entityId,
    handlerId: change.handlerId ?? null,
    emergency: change.emergency ?? null,
    ...{
      useMode: change.useMode ?? "electronic",
      copies: change.copies ?? null,
      paperReason: change.paperReason ?? null,
      paperPrintedBy: change.paperPrintedBy ?? null,
    },
    documents,
    ...(change.confidential === undefined ? {} : { confidential: { reason: change.confidential, readers: [] } }),
  });
  return requestId;
}

/** A proof of presence as if it had been checked: tests of the rules, not of passkeys. */
export async function presentInTest(
  env: Environment,
  personId: string,
  act: string,
  requestId: string,
  digest: string,
): Promise<string> {
  const now = env.clock.now();
  const stepUpId = newId("stp", now);
  await env.db
    .insertInto("step_ups")
    .values({
      step_up_id: stepUpId,
      person_id: personId,
      act,
      subject_id: requestId,
      digest,
      challenge: "test",
      expires_at: new Date(now + 60_000),
      method: "password",
      assertion: "{}",
    })
    .execute();
  return stepUpId;
}

/** Decides the current step as the person it waits for. */
export async function approveInTest(env: Environment, crew: TestCrew, requestId: string): Promise<void> {
  for (;;) {
    const { row, steps, facts } = await loadRequest(env.db, requestId);
    const step = steps.find((one) => one.state === "current");
    const person = step?.candidates.find((id) => Object.values(crew.people).includes(id));
    if (!step || !person) return;
    const digest = row.digest ?? "";
    // Pages that are pictures are read by who settles what documents say, and amounts that nobody states are none.
    if (maySettleFacts(step.kind, steps))
      for (const one of facts.seen.disagreements)
        if (mustBeSettled(one, facts.seen.blocking) && !facts.settled.has(one.key))
          await ruleFact(env, person, { requestId, key: one.key, ruling: "declared", reason: "I read them", digest });
    const stepUpId = await presentInTest(env, person, "approve", requestId, digest);
    await decideStep(env, person, {
      requestId,
      stepId: step.stepId,
      decision: "approve",
      comment: "",
      digest,
      presence: { stepUpId, method: "password" },
    });
  }
}

export async function presenceInTest(env: Environment, personId: string, act: PresenceAct, requestId: string) {
  const { row } = await loadRequest(env.db, requestId);
  return givePresence(
    env,
    personId,
    act,
    requestId,
    row.digest ?? "",
    await presentInTest(env, personId, act, requestId, row.digest ?? ""),
  );
}

/** The custodian releases and, where a seal is important, the supervisor confirms: the impressions are reserved. */
export async function releaseInTest(env: Environment, crew: TestCrew, requestId: string): Promise<void> {
  const { sealing } = await presenceInTest(env, crew.people.custodian, "release", requestId);
  if (!sealing) await presenceInTest(env, crew.people.supervisor, "confirm", requestId);
}

/** From application to reserved impressions. */
export async function walkToReserved(
  env: Environment,
  crew: TestCrew,
  sealId: string,
  change: TestApplication = {},
): Promise<string> {
  const requestId = await applyInTest(env, crew, sealId, change);
  await submitRequest(env, change.applicantId ?? crew.people.applicant, requestId);
  await approveInTest(env, crew, requestId);
  await releaseInTest(env, crew, requestId);
  return requestId;
}
