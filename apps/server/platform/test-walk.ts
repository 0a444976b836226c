import { Readable } from "node:stream";
import type { DocumentClassId } from "@chancery/domain";
import { decideStep } from "../features/approvals/service.ts";
import { beginDraft } from "../features/requests/draft-service.ts";
import { loadRequest } from "../features/requests/load-request.ts";
import { submitRequest } from "../features/requests/submit-service.ts";
import { uploadDocument } from "../features/requests/upload-document.ts";
import { givePresence, type PresenceAct } from "../features/stamping/service.ts";
import type { Environment } from "./environment.ts";
import { newId } from "./ids.ts";
import type { TestCrew } from "./test-crew.ts";
import { testContract } from "./test-pdf.ts";

/** Applies for a seal on one contract and submits it; answers the request. Used by tests. */
export async function applyInTest(
  env: Environment,
  crew: TestCrew,
  sealId: string,
  change: { documentClass?: DocumentClassId; external?: boolean; pdf?: Buffer; placements?: number } = {},
): Promise<string> {
  const document = await uploadDocument(env, crew.people.applicant, {
    stream: Readable.from([change.pdf ?? testContract()]),
    fileName: "contract.pdf",
  });
  const placements = Array.from({ length: change.placements ?? 1 }, (_, at) => ({
    sealId,
    page: 0,
    xMm: 20 + at * 60,
    yMm: 200,
  }));
  const { requestId } = await beginDraft(env, crew.people.applicant, {
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
    handlerId: null,
    documents: [{ documentId: document.documentId, placements, answers: [] }],
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
    const { row, steps } = await loadRequest(env.db, requestId);
    const step = steps.find((one) => one.state === "current");
    const person = step?.candidates.find((id) => Object.values(crew.people).includes(id));
    if (!step || !person) return;
    const digest = row.digest ?? "";
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

/** From application to reserved impressions. */
export async function walkToReserved(
  env: Environment,
  crew: TestCrew,
  sealId: string,
  change: Parameters<typeof applyInTest>[3] = {},
): Promise<string> {
  const requestId = await applyInTest(env, crew, sealId, change);
  await submitRequest(env, crew.people.applicant, requestId);
  await approveInTest(env, crew, requestId);
  await presenceInTest(env, crew.people.custodian, "release", requestId);
  await presenceInTest(env, crew.people.supervisor, "confirm", requestId);
  return requestId;
}
