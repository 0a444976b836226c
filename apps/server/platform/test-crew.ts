import { randomBytes } from "node:crypto";
import type { Profile, Role, SealType } from "@chancery/domain";
import { defaultFace } from "@chancery/seal-image";
import { giveGrant } from "../features/organisation/grants.ts";
import { confirmPositionsInTest } from "../features/positions/test-positions.ts";
import { makeSealInTest } from "../features/seals/test-seals.ts";
import { transact } from "./db.ts";
import type { Environment } from "./environment.ts";
import { newId } from "./ids.ts";

/** A small crew that fits the strict matrix, for tests. */
export interface TestCrew {
  entityId: string;
  unitId: string;
  people: Record<
    | "administrator"
    | "sealAdministrator"
    | "applicant"
    | "head"
    | "lawyer"
    | "signatory"
    | "custodian"
    | "secondCustodian"
    | "supervisor"
    | "keeper"
    | "inspector"
    | "stranger",
    string
  >;
  registerSeal(type: SealType, number: string): Promise<string>;
}

/** Writes one entity, one unit and a dozen people, and gives them their roles through the matrix. */
export async function createTestCrew(env: Environment, profile: Profile = "strict"): Promise<TestCrew> {
  const at = env.clock.now();
  const now = new Date(at);
  const [organisationId, entityId, unitId] = [newId("org", at), newId("ent", at), newId("unit", at)];
  const names = [
    "administrator",
    "sealAdministrator",
    "applicant",
    "head",
    "lawyer",
    "signatory",
    "custodian",
    "secondCustodian",
    "supervisor",
    "keeper",
    "inspector",
    "stranger",
  ] as const;
  const people = Object.fromEntries(names.map((name) => [name, newId("per", at)])) as TestCrew["people"];
  await env.db
    .updateTable("installation")
    .set({ state: "live", organisation_id: organisationId, profile, name_en: "Test", name_zh: "测试" })
    .execute();
  await env.db
    .insertInto("entities")
    .values({
      entity_id: entityId,
      organisation_id: organisationId,
      name_en: "Lanxi Instruments",
      name_zh: "澜汐仪器有限公司",
      code: "LX",
      time_zone: "Asia/Shanghai",
      created_at: now,
    })
    .execute();
  await env.db
    .insertInto("units")
    .values({
      unit_id: unitId,
      entity_id: entityId,
      parent_unit_id: null,
      name_en: "Purchasing",
      name_zh: "采购部",
      created_at: now,
    })
    .execute();
  for (const name of names) {
    await env.db
      .insertInto("people")
      .values({
        person_id: people[name],
        organisation_id: organisationId,
        entity_id: entityId,
        unit_id: unitId,
        name_en: `En ${name}`,
        name_zh: `中 ${name}`,
        login: name.toLowerCase(),
        state: "active",
        ledger_salt: randomBytes(16),
        created_at: now,
      })
      .execute();
  }
  const give = (
    personId: string,
    role: Role,
    scope: { kind: "entity" | "unit"; id: string },
    actorId = people.stranger,
  ) => transact(env.db, (tx) => giveGrant(tx, env, { actorId, personId, role, scope }));
  const entity = { kind: "entity", id: entityId } as const;
  await give(people.administrator, "system-administrator", entity);
  await give(people.sealAdministrator, "seal-administrator", entity);
  await give(people.head, "unit-head", { kind: "unit", id: unitId });
  await give(people.lawyer, "legal-reviewer", entity);
  await give(people.signatory, "signatory", entity);
  await give(people.inspector, "inspector", entity);
  await confirmPositionsInTest(env);
  return {
    entityId,
    unitId,
    people,
    registerSeal: async (type, number) => {
      const { sealId, state } = await makeSealInTest(env, {
        actorId: people.sealAdministrator,
        type,
        entityId,
        unitId: null,
        name: { en: `${type} seal`, zh: "测试章" },
        number,
        external: true,
        face: { kind: "generated", spec: defaultFace(type, "澜汐仪器有限公司") },
        keyAlgorithm: "ecdsa-p256",
        custodians: [people.custodian, people.secondCustodian],
        supervisor: people.supervisor,
        certificateKeeper: people.keeper,
      });
      if (state !== "in-use") throw new Error(`the test's seal is ${state}`);
      return sealId;
    },
  };
}
