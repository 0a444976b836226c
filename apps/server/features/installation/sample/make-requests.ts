import { Readable } from "node:stream";
import { maySettleFacts, mustBeSettled } from "@chancery/domain";
import type { Environment } from "../../../platform/environment.ts";
import { ProblemError } from "../../../platform/problems.ts";
import { makeSamplePdf } from "../../../platform/sample-pdf.ts";
import { ruleFact } from "../../approvals/rule-fact.ts";
import { decideStep } from "../../approvals/service.ts";
import { uploadEvidence } from "../../evidence/service.ts";
import { recordSamplePresence } from "../../identity/step-up.ts";
import { beginDraft } from "../../requests/draft-service.ts";
import { loadRequest } from "../../requests/load-request.ts";
import { submitRequest, withdrawRequest } from "../../requests/submit-service.ts";
import { uploadDocument } from "../../requests/upload-document.ts";
import { runSealJob, type SealingPorts } from "../../sealing/seal-job.ts";
import { readGateFacts } from "../../stamping/gate-facts.ts";
import { givePresence, type PresenceAct } from "../../stamping/service.ts";
import type { PersonKey, SealKey, UnitKey } from "./sample-crew.ts";
import { type SampleEnd, type SampleRequest, sampleRequests } from "./sample-requests.ts";
import { accountInSample, lookInSample, stampInSample } from "./sample-stamping.ts";

const hour = 60 * 60_000;

export interface SampleWorld {
  /** The environment whose clock walks. */
  env: Environment;
  walkTo(at: number): void;
  /** When the sample is made; requests lie before it. */
  madeAt: number;
  people: Readonly<Record<PersonKey, string>>;
  seals: Readonly<Record<SealKey, string>>;
  sealing: SealingPorts;
  entityOf: Readonly<Record<SealKey, string>>;
  units: Readonly<Record<UnitKey, string>>;
  /** What its routine documents are sealed under. */
  standingId: string;
}

/** Carries out every request of the sample, oldest first, through the product's own commands. */
export async function makeSampleRequests(
  world: SampleWorld,
  done: (count: number) => Promise<void> | void,
): Promise<void> {
  for (const [at, request] of sampleRequests.entries()) {
    await carryOut(world, request);
    await done(at + 1);
  }
}

async function carryOut(world: SampleWorld, request: SampleRequest): Promise<void> {
  const { env, people } = world;
  const start = Math.max(env.clock.now(), world.madeAt - request.daysAgo * 24 * hour - 8 * hour);
  const step = (hours: number): void =>
    world.walkTo(Math.min(world.madeAt, Math.max(env.clock.now(), start + hours * hour)));
  step(0);
  const applicant = people[request.applicant];
  const document = await uploadDocument(env, applicant, {
    stream: Readable.from([makeSamplePdf(request.pages)]),
    fileName: request.file,
  });
  const sealId = world.seals[request.seal];
  const last = document.pages.length - 1;
  const places = request.places ?? [{ xMm: 28, yMm: 75 }];
  const { paper, joint } = request;
  const besides = (joint?.places ?? []).map((place) => ({
    ...{ sealId: joint ? world.seals[joint.seal] : "", page: last },
    ...place,
  }));
  const attachments = paper
    ? [
        {
          kind: paper.kind,
          evidenceId: (
            await uploadEvidence(env, applicant, {
              stream: Readable.from([makeSamplePdf(paper.pages)]),
              fileName: paper.file,
            })
          ).evidenceId,
        },
      ]
    : [];
  const { requestId } = await beginDraft(env, applicant, {
    title: request.title,
    documentClass: request.documentClass,
    external: request.external,
    counterparty: request.counterparty,
    counterpartyKind: request.counterpartyKind ?? null,
    emergency: request.emergency ?? null,
    ...(request.byHand
      ? { useMode: "by-hand", copies: request.byHand.copies, paperReason: request.byHand.reason }
      : {}),
    standingId: request.standing ? world.standingId : null,
    joint: joint ? { entityId: world.entityOf[joint.seal], unitId: world.units[joint.unit] } : null,
    amount: request.amount,
    currency: "CNY",
    purpose: request.purpose,
    wantedBy: null,
    validUntil: null,
    entityId: world.entityOf[request.seal],
    handlerId: null,
    documents: [
      {
        documentId: document.documentId,
        placements: [...places.map((place) => ({ sealId, page: last, ...place })), ...besides],
        answers: [],
      },
    ],
    attachments,
    confidential: request.confidential
      ? {
          reason: request.confidential.reason,
          readers: request.confidential.readers.map((one) => people[one]),
        }
      : null,
  });
  if (request.end === "draft") return;
  step(0.2);
  try {
    await submitRequest(env, applicant, requestId);
  } catch (error) {
    if (request.end === "refused" && error instanceof ProblemError) return;
    throw error;
  }
  await decideUntil(world, requestId, request, step);
  if (request.end === "withdrawn") await withdrawRequest(env, applicant, requestId, request.comment ?? "");
  const isUsed = ["released", "sealed", "stamped", "registered"].includes(request.end);
  if (!isUsed) return;
  step(7);
  await present(world, requestId, "release");
  if (request.end === "released") return;
  step(7.5);
  if ((await readGateFacts(env.db, env, requestId)).supervisionNeeded) await present(world, requestId, "confirm");
  step(7.6);
  if (request.byHand) return stamp(world, requestId, request.end);
  await runSealJob(env, world.sealing, requestId);
}

/** The custodian stamps at the safe; where the request's end says so, the supervisor looks at the photos. */
async function stamp(world: SampleWorld, requestId: string, end: SampleEnd): Promise<void> {
  const { env, people } = world;
  const { row } = await loadRequest(env.db, requestId);
  const custodianId = row.released_by ?? "";
  const tick = (): void => world.walkTo(env.clock.now() + 60_000);
  await stampInSample(
    env,
    requestId,
    { custodianId, secondLockId: custodianId === people.chen ? people.duan : people.chen },
    tick,
  );
  tick();
  if (end !== "registered") return;
  await lookInSample(env, requestId, row.confirmed_by ?? "");
  tick();
  await accountInSample(env, requestId, row.applicant_id);
}

const stepsBefore: Partial<Record<SampleEnd, number>> = {
  "first-step": 0,
  returned: 0,
  "legal-review": 1,
  rejected: 1,
  withdrawn: 1,
};

/** Says of what nobody may approve unsettled that the application is right. */
async function settleFacts(env: Environment, person: string, requestId: string): Promise<void> {
  const { row, facts } = await loadRequest(env.db, requestId);
  for (const one of facts.seen.disagreements)
    if (mustBeSettled(one, facts.seen.blocking) && !facts.settled.has(one.key))
      await ruleFact(env, person, {
        ...{ requestId, key: one.key, ruling: "declared", digest: row.digest ?? "" },
        reason: "It binds us to no sum: each order is asked for with its own.",
      });
}

/** Approves step after step; where the request's end says so, the next person returns or rejects it. */
async function decideUntil(
  world: SampleWorld,
  requestId: string,
  request: SampleRequest,
  step: (hours: number) => void,
): Promise<void> {
  const { env } = world;
  const most = stepsBefore[request.end] ?? 9;
  for (let decided = 0; ; decided += 1) {
    const { row, steps } = await loadRequest(env.db, requestId);
    const current = steps.find((one) => one.state === "current");
    const person = current?.candidates[0];
    if (row.state !== "in-review" || !current || !person) return;
    const turn = decided === most;
    if (turn && request.end !== "returned" && request.end !== "rejected") return;
    const decision = turn ? (request.end === "returned" ? "return" : "reject") : "approve";
    step(1.5 * (decided + 1));
    const digest = row.digest ?? "";
    if (!turn && maySettleFacts(current.kind, steps)) await settleFacts(env, person, requestId);
    const stepUpId = await recordSamplePresence(env, person, decision, requestId, digest);
    await decideStep(env, person, {
      requestId,
      stepId: current.stepId,
      decision,
      comment: turn ? (request.comment ?? "") : "",
      digest,
      presence: { stepUpId, method: "sample" },
    });
  }
}

async function present(world: SampleWorld, requestId: string, act: PresenceAct): Promise<void> {
  const { env } = world;
  const view = await readGateFacts(env.db, env, requestId);
  const { row } = view.loaded;
  const supervisor = view.supervisors.find((person) => person === world.people.lin);
  const person =
    act === "release" ? view.custodians[0] : (supervisor ?? view.supervisors.find((one) => one !== row.released_by));
  if (!person) throw new Error(`nobody can ${act} ${row.title}`);
  const digest = row.digest ?? "";
  await givePresence(
    env,
    person,
    act,
    requestId,
    digest,
    await recordSamplePresence(env, person, act, requestId, digest),
  );
}
