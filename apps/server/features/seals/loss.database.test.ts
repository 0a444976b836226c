import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { MatterKind } from "@chancery/domain";
import { parseCertificate } from "@chancery/pki";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { readContents } from "../custody/containers.ts";
import { lockAway } from "../custody/move-piece.ts";
import { readHeldNow } from "../custody/postings.ts";
import { addSafeInTest, bodyOf, photographInTest } from "../custody/test-custody.ts";
import { carryOutMatter } from "../matters/carry-out-matter.ts";
import { getMatter } from "../matters/store.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { getTrust } from "./authority.ts";
import { openSealSigner } from "./keys.ts";
import { alarmOverdueEnds } from "./life-ticks.ts";
import { getSeal } from "./read-model.ts";
import { reportLoss } from "./report-loss.ts";
import { readSealWall } from "./seal-wall.ts";
import { freezeSeal, unfreezeSeal } from "./service.ts";
import { askAndApproveInTest, enterPieceInTest } from "./test-seals.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
let numbers = 0;
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
const ask = (sealId: string, kind: MatterKind, data: Record<string, unknown>, photos: readonly string[] = []) =>
  askAndApproveInTest(env, {
    ...{ kind, asker: crew.people.sealAdministrator, entityId: crew.entityId, sealId, data, photos },
  });
const newSeal = async (): Promise<string> => {
  numbers += 1;
  return crew.registerSeal("personnel", `LX-7${numbers}`);
};
const stateOf = async (bodyId: string): Promise<string> =>
  (await env.db.selectFrom("seal_bodies").select("state").where("body_id", "=", bodyId).executeTakeFirstOrThrow())
    .state;
const act = (actorId: string, sealId: string) => ({ actorId, sealId, reason: "because", stepUpId: null });
const openTasks = async (sealId: string): Promise<string[]> =>
  (
    await env.db
      .selectFrom("tasks")
      .select("kind")
      .where("seal_id", "=", sealId)
      .where("state", "=", "open")
      .orderBy("due_at")
      .execute()
  ).map((task) => task.kind);
async function carryOut(matterId: string): Promise<void> {
  const digest = (await getMatter(env.db, matterId)).digest ?? "";
  await carryOutMatter(env, crew.people.sealAdministrator, { matterId, digest, presence: null });
}

test("C10 C11: a loss freezes every body at once and starts three clocks; only the approved matter that ends it brings them back", async () => {
  const { custodian, applicant, secondCustodian, sealAdministrator } = crew.people;
  const sealId = await newSeal();
  const piece = await enterPieceInTest(env, sealId);
  const key = await bodyOf(env, sealId, "electronic");
  const report = { sealId, bodyId: piece, reason: "Not in its cabinet" };
  assert.equal(await codeOf(reportLoss(env, { ...report, actorId: applicant })), "permission.missing");
  assert.equal(await codeOf(reportLoss(env, { ...report, bodyId: key, actorId: custodian })), "loss.unknown-piece");
  const outcomes = await Promise.all(
    [custodian, secondCustodian].map((actorId) => codeOf(reportLoss(env, { ...report, actorId }))),
  );
  assert.deepEqual(outcomes.toSorted(), ["done", "seal.command-not-possible"], "of two reports at once one is it");
  assert.deepEqual([await stateOf(piece), await stateOf(key)], ["lost", "frozen"]);
  assert.deepEqual(await openTasks(sealId), ["loss-police-report", "loss-notice", "loss-file"]);
  // Nobody unfreezes it while the piece is gone, not even who had no part in it.
  assert.equal(await codeOf(unfreezeSeal(env, act(sealAdministrator, sealId))), "seal.unfreeze-while-lost");
  const page = await getSeal(env, sealAdministrator, sealId);
  assert.deepEqual([page.state, page.nextDuty], ["lost", { duty: "loss-police-report", urgency: "soon" }]);
  assert.ok(page.lossDue !== null && Date.parse(page.lossDue) > Date.now());
  assert.equal(page.actions.find((one) => one.act === "unfreeze")?.allowed, false);
  const twoDaysOn = { ...env, clock: { now: () => Date.now() + 2 * 24 * 60 * 60_000 } };
  assert.equal((await getSeal(twoDaysOn, sealAdministrator, sealId)).nextDuty.urgency, "late");
  const wall = await readSealWall(twoDaysOn, sealAdministrator, { state: "lost" });
  assert.deepEqual([wall.items.map((one) => one.sealId), wall.entities.map((one) => one.late)], [[sealId], [1]]);
  const found = { bodyIds: [piece], where: "In the car", holderId: secondCustodian, matchesSpecimen: true };
  assert.equal(
    await codeOf(ask(sealId, "find-seal", { ...found, matchesSpecimen: false }, ["impression"])),
    "loss.comparison-missing",
  );
  await ask(sealId, "find-seal", found, ["impression"]);
  assert.deepEqual([await stateOf(piece), await stateOf(key)], ["in-use", "in-use"]);
  assert.deepEqual(await openTasks(sealId), []);
  assert.equal((await readHeldNow(env.db, [piece]))(piece).place?.to, `person:${secondCustodian}`);
});

test("C10 C11: what was frozen before a loss stays so when it ends, and neither who froze nor who asked for the end unfreezes it", async () => {
  const { inspector, sealAdministrator, signatory } = crew.people;
  const sealId = await newSeal();
  const piece = await enterPieceInTest(env, sealId);
  const key = await bodyOf(env, sealId, "electronic");
  await freezeSeal(env, act(inspector, sealId));
  await reportLoss(env, { sealId, bodyId: piece, reason: "Gone", actorId: inspector });
  const found = { bodyIds: [piece], where: "In a drawer", holderId: crew.people.custodian, matchesSpecimen: true };
  await ask(sealId, "find-seal", found, ["impression"]);
  assert.deepEqual([await stateOf(piece), await stateOf(key)], ["frozen", "frozen"]);
  assert.equal(await codeOf(unfreezeSeal(env, act(sealAdministrator, sealId))), "seal.unfreeze-by-freezer");
  await env.db
    .insertInto("grants")
    .values({
      ...{ grant_id: "grant_second_administrator", person_id: crew.people.stranger, role: "seal-administrator" },
      ...{ scope_kind: "entity", scope_id: crew.entityId, from_on: "2026-01-01", state: "given" },
      ...{ granted_by: signatory, granted_at: new Date() },
    })
    .execute();
  await confirmPositionsInTest(env);
  await unfreezeSeal(env, act(crew.people.stranger, sealId));
  assert.deepEqual([await stateOf(piece), await stateOf(key)], ["in-use", "in-use"]);
});

test("C10: a loss not reported in its hours, and a stopped seal not handed in by its day, open a finding once", async () => {
  const sealId = await newSeal();
  const piece = await enterPieceInTest(env, sealId);
  const stopped = await newSeal();
  await enterPieceInTest(env, stopped);
  await reportLoss(env, { sealId, bodyId: piece, reason: "Gone", actorId: crew.people.inspector });
  await ask(stopped, "stop", {});
  const findings = async (): Promise<string[]> =>
    (
      await env.db
        .selectFrom("findings")
        .select("source")
        .where("seal_id", "in", [sealId, stopped])
        .orderBy("source")
        .execute()
    ).map((finding) => finding.source);
  const day = 24 * 60 * 60_000;
  const after = (days: number): Environment => ({ ...env, clock: { now: () => Date.now() + days * day } });
  await alarmOverdueEnds(env);
  assert.deepEqual(await findings(), []);
  await alarmOverdueEnds(after(1.1));
  assert.deepEqual(await findings(), ["life.loss-overdue"]);
  await alarmOverdueEnds(after(40));
  await alarmOverdueEnds(after(41));
  assert.deepEqual(await findings(), [...Array(3).fill("life.loss-overdue"), "life.surrender-overdue"]);
});

test("C10: declared void with police report and public notice, its number and custody end; found later it is destroyed", async () => {
  const sealId = await newSeal();
  const piece = await enterPieceInTest(env, sealId);
  const { containerId } = await addSafeInTest(env, crew, [crew.people.custodian, crew.people.secondCustodian]);
  await lockAway(env, crew.people.custodian, { bodyId: piece, containerId });
  assert.deepEqual(
    (await readContents(env.db, [containerId])).map((one) => one.body_id),
    [piece],
  );
  await reportLoss(env, { sealId, bodyId: piece, reason: "Stolen", actorId: crew.people.inspector });
  assert.deepEqual(await readContents(env.db, [containerId]), [], "what is lost lies in no container");
  const { matterId, state } = await ask(sealId, "declare-void", { bodyIds: [piece] }, ["report"]);
  assert.equal(state, "approved");
  assert.equal(await codeOf(carryOut(matterId)), "matter.evidence-missing");
  await photographInTest(env, crew.people.sealAdministrator, matterId, "notice");
  await carryOut(matterId);
  assert.equal(await stateOf(piece), "void");
  assert.equal(
    await stateOf(await bodyOf(env, sealId, "electronic")),
    "in-use",
    "the loss that froze the key has ended",
  );
  assert.equal((await readHeldNow(env.db, [piece]))(piece).custodian?.to, "ended");
  assert.deepEqual(await openTasks(sealId), []);
  const page = await getSeal(env, crew.people.sealAdministrator, sealId);
  assert.deepEqual(page.next.find((one) => one.bodyIds.includes(piece))?.kind, "destroy");
  const lines = await env.db
    .selectFrom("register_lines")
    .select("kind")
    .where("register", "=", "loss")
    .where("seal_id", "=", sealId)
    .orderBy("running")
    .execute();
  assert.deepEqual(
    lines.map((line) => line.kind),
    ["lost", "void"],
  );
});

test("C10: a new number before the old seal stops: both know of each other, and the old one's stop becomes a task", async () => {
  const { custodian, secondCustodian, supervisor, keeper } = crew.people;
  const old = await newSeal();
  const { face } = await env.db.selectFrom("seals").select("face").where("seal_id", "=", old).executeTakeFirstOrThrow();
  const wanted = {
    ...{ type: "personnel", name: { en: "Personnel seal", zh: "人事专用章" }, external: true, number: "LX-90" },
    face: { kind: "generated", spec: (face as unknown as { spec: object }).spec },
    ...{ physical: null, electronic: { keyAlgorithm: "ecdsa-p256", filing: false } },
    ...{ custodians: [custodian, secondCustodian], supervisor, certificateKeeper: keeper },
  };
  await ask(old, "replace", wanted);
  assert.deepEqual(await openTasks(old), [], "the old one goes on until the new one is in use");
  await confirmPositionsInTest(env);
  const page = await getSeal(env, custodian, old);
  assert.deepEqual([page.state, page.replacedBy?.number], ["in-use", "LX-90"]);
  assert.equal((await getSeal(env, custodian, page.replacedBy?.sealId ?? "")).replaces?.sealId, old);
  assert.deepEqual(await openTasks(old), ["replaced-stop"]);
  assert.equal(await codeOf(ask(old, "replace", { ...wanted, number: "LX-91" })), "seal.replaced-already");
  await ask(old, "stop", {});
  assert.deepEqual(await openTasks(old), []);
});

test("C10: a renewed certificate has a new key, the old one stays good; a revoked one is told in a new list and freezes the seal", async () => {
  const sealId = await newSeal();
  const certificates = () =>
    env.db.selectFrom("certificates").selectAll().where("seal_id", "=", sealId).orderBy("nr").execute();
  const [first] = await certificates();
  await ask(sealId, "renew-certificate", { keyAlgorithm: "rsa-2048" });
  const renewed = await certificates();
  assert.equal(renewed.length, 2);
  assert.deepEqual(
    renewed.map((one) => one.revoked_at),
    [null, null],
  );
  const signer = await openSealSigner(env, sealId);
  const newest = renewed.find((one) => one.serial !== first?.serial);
  const leaf = parseCertificate(new Uint8Array(signer.chain[0] ?? []));
  assert.equal(leaf.ok && Buffer.from(leaf.value.serial).toString("hex"), newest?.serial);

  const before = (await getTrust(env.db))?.revocationLists[0];
  await ask(sealId, "revoke-certificate", { cause: "keyCompromise" });
  assert.notDeepEqual((await getTrust(env.db))?.revocationLists[0], before);
  assert.ok((await certificates()).every((one) => one.revoked_at !== null));
  assert.equal(await stateOf(await bodyOf(env, sealId, "electronic")), "frozen");
  assert.equal(await codeOf(ask(sealId, "revoke-certificate", { cause: "keyCompromise" })), "seal.no-certificate");
  const administrator = crew.people.sealAdministrator;
  assert.equal(await codeOf(unfreezeSeal(env, act(administrator, sealId))), "seal.certificate-not-valid");
  await ask(sealId, "renew-certificate", { keyAlgorithm: "ecdsa-p256" });
  await unfreezeSeal(env, act(administrator, sealId));
});

test("C10: a stop and a loss at the same moment: the seal ends stopped or lost, never in use, and both are told", async () => {
  const sealId = await newSeal();
  const piece = await enterPieceInTest(env, sealId);
  const outcomes = await Promise.all([
    codeOf(ask(sealId, "stop", {})),
    codeOf(reportLoss(env, { sealId, bodyId: piece, reason: "Gone", actorId: crew.people.inspector })),
    codeOf(freezeSeal(env, act(crew.people.custodian, sealId))),
  ]);
  assert.equal(outcomes[1], "done", "a piece is reported lost from wherever it lies");
  assert.equal(await stateOf(piece), "lost");
  assert.notEqual(await stateOf(await bodyOf(env, sealId, "electronic")), "in-use");
});

test("C11: no matter of one entity reaches the seal of another", async () => {
  const sealId = await newSeal();
  const entityId = "ent_01a21edc-18e0-7000-8000-000000000001";
  const other = await env.db.selectFrom("entities").selectAll().executeTakeFirstOrThrow();
  await env.db
    .insertInto("entities")
    .values({ ...other, entity_id: entityId, code: "FO" })
    .execute();
  for (const [role, personId] of [
    ["seal-administrator", crew.people.sealAdministrator],
    ["signatory", crew.people.signatory],
  ] as const)
    await env.db
      .insertInto("grants")
      .values({
        ...{ grant_id: `grant_foreign_${role}`, person_id: personId, role, scope_kind: "entity", scope_id: entityId },
        ...{ from_on: "2026-01-01", state: "given", granted_by: null, granted_at: new Date() },
      })
      .execute();
  await confirmPositionsInTest(env);
  for (const [kind, data] of [
    ["stop", {}],
    ["renew-certificate", { keyAlgorithm: "ecdsa-p256" }],
    ["add-body", { physical: { pieces: 1, material: "" }, electronic: null }],
  ] as const) {
    const asked = { kind, asker: crew.people.sealAdministrator, entityId, sealId, data };
    assert.equal(await codeOf(askAndApproveInTest(env, asked)), "matter.seal-missing", kind);
  }
});
