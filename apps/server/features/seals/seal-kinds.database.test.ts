import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { defaultFace } from "@chancery/seal-image";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { listPlaceRefusals } from "../custody/containers.ts";
import { listUnfitness } from "../custody/fit-to-hold.ts";
import { addSafeInTest } from "../custody/test-custody.ts";
import { giveGrant } from "../organisation/grants.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { checkRequest } from "../requests/check-request.ts";
import { beginDraft } from "../requests/draft-service.ts";
import { loadRequest } from "../requests/load-request.ts";
import { askSealTypeChange, decideSealTypeChange, type SealTypeChange } from "./change-seal-type.ts";
import { listSealTypes } from "./list-seal-types.ts";
import { getSeal } from "./read-model.ts";
import { readSealType } from "./seal-types.ts";
import { readSealWall } from "./seal-wall.ts";
import { askAndApproveInTest } from "./test-seals.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
});
after(() => place?.close());

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "done";
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
};
const ask = async (kindId: string, change: Partial<SealTypeChange> = {}): Promise<string> =>
  (
    await askSealTypeChange(env, crew.people.sealAdministrator, {
      ...(await readSealType(env.db, kindId)),
      ...{ reason: "New rules", ...change },
    })
  ).sealTypeChangeId;
const confirm = (changeId: string, personId = crew.people.signatory) =>
  decideSealTypeChange(env, personId, changeId, true);
let numbers = 10;
const newSeal = async (type: string, kindId: string | null, unitId: string | null = null): Promise<string> => {
  numbers += 1;
  const { matterId } = await askAndApproveInTest(env, {
    ...{ kind: "engrave", asker: crew.people.sealAdministrator, entityId: crew.entityId, unitId },
    data: {
      ...{ type, kindId, name: { en: "A seal", zh: "印章" }, number: `LX-${numbers}`, external: true },
      face: { kind: "generated", spec: defaultFace("business", "澜汐仪器有限公司") },
      ...{ physical: null, electronic: { keyAlgorithm: "ecdsa-p256", filing: false } },
      ...{ custodians: [crew.people.custodian, crew.people.secondCustodian], supervisor: crew.people.supervisor },
      certificateKeeper: crew.people.keeper,
    },
  });
  await confirmPositionsInTest(env);
  const row = await env.db.selectFrom("seals").selectAll().where("matter_id", "=", matterId).executeTakeFirstOrThrow();
  return row.seal_id;
};
const rowOf = (sealId: string) =>
  env.db.selectFrom("seals").selectAll().where("seal_id", "=", sealId).executeTakeFirstOrThrow();

test("C11: a kind of seal changes when a second person confirms it; the tables take no version that nobody confirmed", async () => {
  const { sealAdministrator, signatory } = crew.people;
  const changeId = await ask("personnel", { name: { en: "HR seal", zh: "人力章" } });
  assert.equal((await readSealType(env.db, "personnel")).version, 1, "it waits");
  assert.equal(await codeOf(ask("personnel")), "seal-type.change-waits");
  const shown = (await listSealTypes(env, signatory, true)).items.find((one) => one.kindId === "personnel");
  assert.deepEqual(
    [shown?.name.en, shown?.waiting?.name.en, shown?.waiting?.mayConfirm],
    [...["Personnel seal", "HR seal"], true],
  );
  assert.equal(await codeOf(confirm(changeId, sealAdministrator)), "seal-type.second-person");
  const twice = await Promise.all([codeOf(confirm(changeId)), codeOf(confirm(changeId))]);
  assert.deepEqual(twice.sort(), ["done", "subject.changed-meanwhile"]);
  const now = await readSealType(env.db, "personnel");
  assert.deepEqual([now.version, now.name.en], [2, "HR seal"]);
  assert.equal(await codeOf(ask("personnel", { version: 1 })), "subject.changed-meanwhile");
  assert.equal(await codeOf(ask("official", { important: false })), "seal-type.important-stays");

  const declined = await ask("personnel", { filing: "none" });
  await decideSealTypeChange(env, signatory, declined, false);
  assert.equal((await readSealType(env.db, "personnel")).filing, "pieces");
  const row = await env.db.selectFrom("seal_type_versions").selectAll().executeTakeFirstOrThrow();
  await assert.rejects(
    env.db
      .insertInto("seal_type_versions")
      .values({ ...row, version: 3 })
      .execute(),
    /second person confirms/,
  );
  const decided = (state: "waiting" | "confirmed") =>
    env.db.updateTable("seal_type_changes").set({ state }).where("seal_type_change_id", "=", declined).execute();
  await assert.rejects(decided("confirmed"), /that was decided stays/);
  await assert.rejects(decided("waiting"), /that was decided stays/);
  const change = await env.db
    .selectFrom("seal_type_changes")
    .selectAll()
    .where("seal_type_change_id", "=", changeId)
    .executeTakeFirstOrThrow();
  await assert.rejects(
    env.db
      .insertInto("seal_type_changes")
      .values({ ...change, seal_type_change_id: "stc_x", version: 3 })
      .execute(),
    /begins undecided/,
  );
  const next = await ask("personnel", { name: { en: "Third", zh: "第三" } });
  await assert.rejects(
    transact(env.db, async (tx) => {
      const {
        seal_type_change_id: _,
        state: __,
        asked_by,
        asked_at: ___,
        ...kind
      } = await tx
        .updateTable("seal_type_changes")
        .set({ state: "confirmed", decided_by: signatory, decided_at: new Date() })
        .where("seal_type_change_id", "=", next)
        .returningAll()
        .executeTakeFirstOrThrow();
      const { decided_by, decided_at: ____, ...asked } = kind;
      const by = { base_type: null, changed_by: asked_by, confirmed_by: decided_by, changed_at: new Date() };
      await tx
        .insertInto("seal_type_versions")
        .values({ ...asked, ...by, dual_control: !asked.dual_control })
        .execute();
    }),
    /second person confirms/,
    "what was confirmed is what takes force",
  );
  await decideSealTypeChange(env, signatory, next, false);
  const events = await env.db.selectFrom("events").select("type").where("type", "like", "SealType%").execute();
  assert.deepEqual(events.map((event) => event.type).sort(), [
    ...["SealTypeChangeAsked", "SealTypeChangeAsked", "SealTypeChangeAsked"],
    ...["SealTypeChangeDeclined", "SealTypeChangeDeclined", "SealTypeChanged"],
  ]);
});

test("what was made keeps its version; a seal of an own kind bears the kind's name and can not be of another type", async () => {
  const before = await newSeal("personnel", null);
  await confirm(await ask("personnel", { filing: "all" }));
  assert.equal((await rowOf(await newSeal("personnel", null))).state, "made", "now its electronic body is filed first");
  const versionOf = async (sealId: string) => (await getSeal(env, crew.people.custodian, sealId)).typeVersion;
  assert.equal(await versionOf(before), 2);

  const business = await readSealType(env.db, "business");
  const own = { kindId: null, version: 0, name: { en: "Bid seal", zh: "投标专用章" }, classes: ["tender"] } as const;
  const asked = await askSealTypeChange(env, crew.people.sealAdministrator, { ...business, reason: "Bids", ...own });
  assert.equal((await listSealTypes(env, crew.people.signatory, true)).asked.length, 1);
  await confirm(asked.sealTypeChangeId);
  const list = await listSealTypes(env, crew.people.signatory, true);
  const kind = list.items.find((one) => one.own);
  assert.deepEqual([list.asked.length, kind?.type, kind?.version, kind?.name.zh], [0, "business", 1, "投标专用章"]);
  const seal = await getSeal(env, crew.people.custodian, await newSeal("business", kind?.kindId ?? ""));
  assert.deepEqual([seal.kindName.en, seal.type, seal.typeVersion], ["Bid seal", "business", 1]);
  const wall = (kindId: string) => readSealWall(env, crew.people.inspector, { kind: kindId });
  const found = await wall(kind?.kindId ?? "");
  assert.deepEqual(
    found.items.map((one) => one.sealId),
    [seal.sealId],
  );
  assert.equal(found.kinds.find((one) => one.kindId === kind?.kindId)?.name.zh, "投标专用章");
  assert.ok(!(await wall("business")).items.some((one) => one.sealId === seal.sealId), "not by what it is based on");
  assert.equal(await codeOf(newSeal("personnel", kind?.kindId ?? "")), "subject.not-found");
  await assert.rejects(
    env.db.updateTable("seals").set({ kind_id: null }).where("seal_id", "=", seal.sealId).execute(),
    /kind of a seal stays/,
  );
});

test("C07: the entry check reads the classes that the kind allows today, also for seals that were made before", async () => {
  const sealId = await newSeal("business", null);
  const { requestId } = await beginDraft(env, crew.people.applicant, {
    ...{ title: "Tender", documentClass: "tender", external: true, counterparty: "Beicheng", amount: null },
    ...{ currency: "CNY", purpose: "Bid", wantedBy: null, validUntil: null, handlerId: null },
    ...{ entityId: crew.entityId, documents: [] },
  });
  const verdict = async () => {
    const { seals } = await checkRequest(env.db, env, await loadRequest(env.db, requestId));
    return seals.find((one) => one.sealId === sealId)?.refusals.map((refusal) => refusal.code);
  };
  assert.deepEqual(await verdict(), ["entry.wrong-seal"]);
  await confirm(await ask("business", { classes: ["tender"] }));
  assert.deepEqual(await verdict(), []);
  await confirm(await ask("business", { external: false }));
  assert.deepEqual(await verdict(), ["entry.internal-seal-outside"]);
});

test("C13 C12: custody reads the least container, dual control and whose people may hold", async () => {
  const { people, unitId } = crew;
  const sealId = await newSeal("branch", null, unitId);
  const { containerId } = await addSafeInTest(env, crew, [people.custodian]);
  await env.db.updateTable("containers").set({ kind: "cabinet" }).where("container_id", "=", containerId).execute();
  const place = async () =>
    (await listPlaceRefusals(env.db, await rowOf(sealId), `container:${containerId}`)).map((one) => one.code);
  assert.deepEqual(await place(), []);
  await confirm(await ask("branch", { leastContainer: "safe", dualControl: true }));
  assert.deepEqual(await place(), ["container.below-kind", "container.locks-not-apart"]);

  await confirm(await ask("branch", { holders: "unit" }));
  const unfit = async () =>
    (await listUnfitness(env.db, env, people.stranger, [await rowOf(sealId)])).map((one) => one.code);
  assert.equal((await unfit()).includes("seal-type.holder-unit"), false, "he belongs to the unit");
  await env.db.updateTable("people").set({ unit_id: null }).where("person_id", "=", people.stranger).execute();
  assert.equal((await unfit()).includes("seal-type.holder-unit"), true);
  const scope = { kind: "seal", id: sealId } as const;
  assert.equal(
    await codeOf(
      transact(env.db, (tx) =>
        giveGrant(tx, env, { actorId: people.sealAdministrator, personId: people.stranger, role: "custodian", scope }),
      ),
    ),
    "seal-type.holder-unit",
  );
});
