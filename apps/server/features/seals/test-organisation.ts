import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role } from "@chancery/domain";
import type { Call } from "../../platform/call.ts";
import { createWalkingClock } from "../../platform/clock.ts";
import { openDb, openPool } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { openFileStore } from "../../platform/files.ts";
import { newId } from "../../platform/ids.ts";
import { createMasterKey } from "../../platform/master-key.ts";
import { createTestDatabase } from "../../platform/test-database.ts";
import type { PresenceProof } from "../identity/step-up.ts";
import { beginStepUp } from "../identity/step-up.ts";
import { hashPasswordInTest } from "../identity/test-password.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { type SealStepUpAct, sealActDigest } from "./seal-acts.ts";
import type { SealInTest } from "./test-seals.ts";

const password = "correct horse battery staple";
const names = [
  "administrator",
  "secondAdministrator",
  "custodian",
  "secondCustodian",
  "thirdCustodian",
  "supervisor",
  "keeper",
  "signatory",
  "inspector",
  "applicant",
  "foreigner",
] as const;
export type TestPerson = (typeof names)[number];
/** Grants for the whole entity; custodians, supervisor and keeper are named seal by seal. */
const entityRoles: Partial<Record<TestPerson, Role>> = {
  administrator: "seal-administrator",
  secondAdministrator: "seal-administrator",
  signatory: "signatory",
  inspector: "inspector",
  foreigner: "seal-administrator",
};

export interface TestOrganisation {
  env: Environment;
  clock: ReturnType<typeof createWalkingClock>;
  entityId: string;
  foreignEntityId: string;
  people: Readonly<Record<TestPerson, string>>;
  /** A call as the given person makes it. */
  callAs(person: TestPerson): Call;
  /** A proof of presence by password, for the seal as it stands now. */
  presenceOf(person: TestPerson, act: SealStepUpAct, sealId: string): Promise<PresenceProof>;
  /** A contract seal with everybody it needs; the number is a new one each time. */
  contractSeal(change?: Partial<SealInTest>): SealInTest;
  close(): Promise<void>;
}

/** Two entities with the people a seal needs, on a database of their own. */
export async function createTestOrganisation(): Promise<TestOrganisation> {
  const database = await createTestDatabase();
  const pool = openPool(database.connections.app, () => undefined);
  const folder = await mkdtemp(join(tmpdir(), "chancery-seals-"));
  const clock = createWalkingClock(Date.UTC(2026, 8, 1, 2));
  const ignore = (): void => undefined;
  const env: Environment = {
    db: openDb(pool),
    clock,
    files: await openFileStore(folder),
    masterKey: createMasterKey(randomBytes(32), "a test"),
    enqueue: async () => undefined,
    origin: "http://localhost:8080",
    logger: { info: ignore, warn: ignore, error: ignore },
  };
  const now = new Date(clock.now());
  const [entityId, foreignEntityId] = [newId("ent", clock.now()), newId("ent", clock.now() + 1)];
  await env.db
    .updateTable("installation")
    .set({ state: "live", organisation_id: "org_test", name_en: "Lanxi Instruments", name_zh: "澜汐仪器" })
    .execute();
  const entity = (id: string, en: string, zh: string, code: string) => ({
    ...{ entity_id: id, organisation_id: "org_test", name_en: en, name_zh: zh, code },
    ...{ time_zone: "Asia/Shanghai", created_at: now },
  });
  await env.db
    .insertInto("entities")
    .values([
      entity(entityId, "Lanxi Instruments Co., Ltd.", "澜汐仪器有限公司", "LX"),
      entity(foreignEntityId, "Lanxi Trading Co., Ltd.", "澜汐贸易有限公司", "LT"),
    ])
    .execute();
  const people = Object.fromEntries(names.map((name) => [name, newId("per", clock.now())])) as Record<
    TestPerson,
    string
  >;
  const password_hash = await hashPasswordInTest(password);
  for (const name of names) {
    const home = name === "foreigner" ? foreignEntityId : entityId;
    await env.db
      .insertInto("people")
      .values({
        ...{ person_id: people[name], organisation_id: "org_test", entity_id: home, unit_id: null },
        ...{ name_en: name, name_zh: name, login: name, state: "active", ledger_salt: randomBytes(16) },
        ...{ password_hash, created_at: now },
      })
      .execute();
    const role = entityRoles[name];
    if (!role) continue;
    await env.db
      .insertInto("grants")
      .values({
        ...{ grant_id: newId("grant", clock.now()), person_id: people[name], role, scope_kind: "entity" },
        ...{
          scope_id: home,
          from_on: "2026-08-01",
          state: "given",
          granted_by: null,
          granted_at: now,
          end_reason: null,
        },
      })
      .execute();
  }
  await confirmPositionsInTest(env);
  let numbers = 0;
  return {
    env,
    clock,
    entityId,
    foreignEntityId,
    people,
    callAs: (person) => {
      const signedIn = {
        ...{ personId: people[person], sessionHash: Buffer.alloc(32), csrfToken: "" },
        permissions: new Set<never>(),
      };
      const none = (): never => {
        throw new Error("a test calls without a browser");
      };
      return {
        ...{ requestId: "test", signedIn, person: () => signedIn, address: "192.0.2.1", fromLoopback: false },
        ...{ setSession: none, clearSession: none, raw: none, upload: none },
      };
    },
    presenceOf: async (person, act, sealId) => {
      const digest = await sealActDigest(env.db, act, sealId);
      const { stepUpId } = await beginStepUp(env, people[person], act, sealId, digest);
      return { stepUpId, proof: { method: "password", password } };
    },
    contractSeal: (change = {}) => {
      numbers += 1;
      return {
        actorId: people.administrator,
        type: "contract",
        entityId,
        unitId: null,
        name: { en: "Contract seal", zh: "合同专用章" },
        number: `LX-C-${numbers}`,
        external: true,
        face: {
          kind: "generated",
          spec: {
            ...{ shape: "circle", widthMm: 58, heightMm: 58, arcText: "澜汐仪器有限公司" },
            ...{ centre: "star", lowerText: "合同专用章" },
          },
        },
        keyAlgorithm: "ecdsa-p256",
        custodians: [people.custodian, people.secondCustodian],
        supervisor: people.supervisor,
        certificateKeeper: people.keeper,
        ...change,
      };
    },
    close: async () => {
      await env.db.destroy();
      await rm(folder, { recursive: true, force: true });
      await database.drop();
    },
  };
}
