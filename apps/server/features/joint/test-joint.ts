import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type { Role } from "@chancery/domain";
import { defaultFace } from "@chancery/seal-image";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { presenceInTest, presentInTest } from "../../platform/test-walk.ts";
import { decideStep } from "../approvals/service.ts";
import { giveGrant } from "../organisation/grants.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { beginDraft } from "../requests/draft-service.ts";
import { loadRequest } from "../requests/load-request.ts";
import { uploadDocument } from "../requests/upload-document.ts";
import type { Draft } from "../requests/write-draft.ts";
import { makeSealInTest } from "../seals/test-seals.ts";

const names = ["head", "lawyer", "signatory", "custodian", "second", "supervisor", "keeper", "sealer"] as const;
/** Another entity with its own people and a contract seal, beside that of the crew; its applicant is the crew's. */
export interface OtherEntity {
  readonly entityId: string;
  readonly unitId: string;
  readonly sealId: string;
  readonly people: Readonly<Record<(typeof names)[number], string>>;
  give(personId: string, role: Role): Promise<void>;
}

export async function addOtherEntity(env: Environment, crew: TestCrew): Promise<OtherEntity> {
  const at = env.clock.now();
  const [entityId, unitId, created_at] = [newId("ent", at), newId("unit", at), new Date(at)];
  const { organisation_id } = await env.db
    .selectFrom("entities")
    .select("organisation_id")
    .where("entity_id", "=", crew.entityId)
    .executeTakeFirstOrThrow();
  await env.db
    .insertInto("entities")
    .values({
      ...{ entity_id: entityId, organisation_id, name_en: "Lanxi Works", name_zh: "澜汐制造有限公司", code: "LP" },
      ...{ time_zone: "Asia/Shanghai", created_at },
    })
    .execute();
  await env.db
    .insertInto("units")
    .values({
      ...{ unit_id: unitId, entity_id: entityId, parent_unit_id: null, name_en: "Plant", name_zh: "厂办", created_at },
    })
    .execute();
  const people = Object.fromEntries(names.map((name) => [name, newId("per", at)])) as OtherEntity["people"];
  for (const name of names)
    await env.db
      .insertInto("people")
      .values({
        ...{ person_id: people[name], organisation_id, entity_id: entityId, unit_id: unitId, state: "active" },
        ...{ name_en: `Works ${name}`, name_zh: `厂 ${name}`, login: `works.${name}`, created_at },
        ledger_salt: randomBytes(16),
      })
      .execute();
  const actorId = crew.people.stranger;
  const grant = (personId: string, role: Role, scope: { kind: "entity" | "unit"; id: string }) =>
    transact(env.db, (tx) => giveGrant(tx, env, { actorId, personId, role, scope }));
  const give = async (personId: string, role: Role): Promise<void> => {
    await grant(personId, role, { kind: "entity", id: entityId });
    await confirmPositionsInTest(env);
  };
  await grant(people.head, "unit-head", { kind: "unit", id: unitId });
  await give(people.lawyer, "legal-reviewer");
  await give(people.signatory, "signatory");
  await give(people.sealer, "seal-administrator");
  await give(crew.people.inspector, "inspector");
  await give(crew.people.applicant, "applicant");
  const { sealId, state, missing } = await makeSealInTest(env, {
    ...{ actorId: people.sealer, type: "contract", entityId, unitId: null, number: "LP-02", external: true },
    name: { en: "Works contract seal", zh: "合同专用章" },
    face: { kind: "generated", spec: defaultFace("contract", "澜汐制造有限公司") },
    ...{ keyAlgorithm: "ecdsa-p256", custodians: [people.custodian, people.second], supervisor: people.supervisor },
    certificateKeeper: people.keeper,
  });
  if (state !== "in-use") throw new Error(`the works seal is ${state}: ${missing.join(" ")}`);
  return { entityId, unitId, sealId, people, give };
}

let contracts = 0;
/** A paper of both, each another time. */
const jointContract = (): Buffer => {
  contracts += 1;
  return makeTestPdf([
    "Supply contract",
    "between Lanxi Instruments Ltd and Beicheng Ltd.",
    `The seller delivers twelve gauges of order ${contracts} to the buyer by 30 November 2026.`,
    "The price is CNY 1,286,000.00, paid within thirty days of acceptance.",
    "Signed for the buyer:",
    "Lanxi Works Ltd",
  ]);
};
/** A joint draft as the wizard saves it: one paper with a seal of each; answers its first side. */
export async function askJointlyInTest(
  env: Environment,
  crew: TestCrew,
  own: string,
  other: OtherEntity,
  change: Partial<Draft> = {},
): Promise<string> {
  const { documentId } = await uploadDocument(env, crew.people.applicant, {
    stream: Readable.from([jointContract()]),
    fileName: "contract.pdf",
  });
  const { requestId } = await beginDraft(env, crew.people.applicant, {
    ...{ title: "Supply contract", documentClass: "contract", external: true, counterparty: "Beicheng" },
    ...{ amount: "1286000.00", currency: "CNY", purpose: "Gauges", wantedBy: null, validUntil: null },
    ...{ entityId: crew.entityId, handlerId: null, joint: { entityId: other.entityId, unitId: other.unitId } },
    documents: [
      {
        documentId,
        placements: [
          { sealId: own, page: 0, xMm: 20, yMm: 200 },
          { sealId: other.sealId, page: 0, xMm: 110, yMm: 200 },
        ],
        answers: [],
      },
    ],
    ...change,
  });
  return requestId;
}

/** The other side of a request. */
export async function otherSideOf(env: Environment, requestId: string): Promise<string> {
  const { joint } = await loadRequest(env.db, requestId);
  if (joint === null) throw new Error("not a joint request");
  return joint.other.requestId;
}

/** Decides the current step as one of the people it waits for. */
export async function decideInTest(
  env: Environment,
  requestId: string,
  decision: "approve" | "reject" | "return",
  as?: string,
): Promise<void> {
  const { row, steps } = await loadRequest(env.db, requestId);
  const step = steps.find((one) => one.state === "current");
  const person = as ?? step?.candidates[0] ?? "";
  const digest = row.digest ?? "";
  const stepUpId = await presentInTest(env, person, decision, requestId, digest);
  await decideStep(env, person, {
    ...{ requestId, stepId: step?.stepId ?? "", decision, comment: decision === "approve" ? "" : "because", digest },
    presence: { stepUpId, method: "password" },
  });
}

/** Approves whatever is left of one side. */
export async function approveSideInTest(env: Environment, requestId: string): Promise<void> {
  while ((await loadRequest(env.db, requestId)).row.state === "in-review")
    await decideInTest(env, requestId, "approve");
}

/** Releases and confirms one side; its impressions are reserved. */
export async function releaseSideInTest(
  env: Environment,
  requestId: string,
  people: { readonly custodian: string; readonly supervisor: string },
): Promise<void> {
  await presenceInTest(env, people.custodian, "release", requestId);
  await presenceInTest(env, people.supervisor, "confirm", requestId);
}
