import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { MatterKind } from "@chancery/domain";
import { defaultFace } from "@chancery/seal-image";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { readHeldNow } from "../custody/postings.ts";
import { readCustodyHistory } from "../custody/read-model.ts";
import { addSafeInTest, photographInTest } from "../custody/test-custody.ts";
import { beginMatter, cancelMatter } from "../matters/ask-matter.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { completeTask } from "../tasks/complete-task.ts";
import { getSeal } from "./read-model.ts";
import { readSealWall } from "./seal-wall.ts";
import { getSpecimen } from "./specimen.ts";
import { askAndApproveInTest, confirmPartsInTest, photoWidthMm } from "./test-seals.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
let sealId: string;
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
const ask = (kind: MatterKind, data: Record<string, unknown>, photos: readonly string[] = [], of = sealId) =>
  askAndApproveInTest(env, {
    ...{ kind, asker: crew.people.sealAdministrator, entityId: crew.entityId, sealId: of || null, data, photos },
  });
const engraving = (number: string, change: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...{ type: "personnel", name: { en: "Personnel seal", zh: "人事专用章" }, number, external: true },
  face: { kind: "generated", spec: defaultFace("personnel", "澜汐仪器有限公司") },
  ...{ physical: { pieces: 1, material: "rubber" }, electronic: { keyAlgorithm: "ecdsa-p256", filing: false } },
  ...{ custodians: [crew.people.custodian, crew.people.secondCustodian], supervisor: crew.people.supervisor },
  ...{ certificateKeeper: crew.people.keeper, ...change },
});
const bodies = async (of = sealId): Promise<Record<"physical" | "electronic", { id: string; state: string }>> => {
  const rows = await env.db.selectFrom("seal_bodies").selectAll().where("seal_id", "=", of).execute();
  const find = (kind: string) => rows.find((row) => row.kind === kind);
  return {
    physical: { id: find("physical")?.body_id ?? "", state: find("physical")?.state ?? "none" },
    electronic: { id: find("electronic")?.body_id ?? "", state: find("electronic")?.state ?? "none" },
  };
};
const linesOf = async (register: string, of = sealId): Promise<string[]> =>
  (
    await env.db
      .selectFrom("register_lines")
      .select("kind")
      .where("register", "=", register)
      .where("seal_id", "=", of)
      .orderBy("running")
      .execute()
  ).map((line) => line.kind);

test("C23: a seal comes into existence only by an approved engraving: the table itself refuses one without a matter", async () => {
  const { people } = crew;
  const asked = { kind: "engrave" as const, entityId: crew.entityId, data: engraving("LX-50") };
  assert.equal(await codeOf(askAndApproveInTest(env, { ...asked, asker: people.custodian })), "permission.missing");
  assert.equal(
    await codeOf(ask("engrave", engraving("LX-50", { physical: null, electronic: null }))),
    "seal.nothing-to-make",
  );
  assert.equal(
    await codeOf(ask("engrave", engraving("LX-50", { custodians: [people.custodian, people.custodian] }))),
    "seal.custodian-twice",
  );
  // The matrix speaks before anybody is asked to approve.
  assert.equal(
    await codeOf(ask("engrave", engraving("LX-50", { custodians: [people.signatory] }))),
    "separation.duties-meet",
  );
  assert.deepEqual(await env.db.selectFrom("seals").select("seal_id").execute(), []);

  const { matterId, state } = await ask("engrave", engraving("LX-50"), [], "");
  assert.equal(state, "done");
  const made = await env.db.selectFrom("seals").selectAll().executeTakeFirstOrThrow();
  sealId = made.seal_id;
  assert.deepEqual([made.matter_id, made.state, made.type_version], [matterId, "filed", 1]);
  const states = async () => Object.values(await bodies()).map((body) => body.state);
  assert.deepEqual(await states(), ["approved-for-engraving", "filed"], "nobody named has confirmed his position yet");
  await confirmPositionsInTest(env);
  assert.deepEqual(await states(), ["approved-for-engraving", "in-use"], "with the last of them the key goes in use");
  assert.deepEqual(await linesOf("seal"), ["registered"]);
  assert.equal(await codeOf(ask("engrave", engraving("LX-50"), [], "")), "seal.number-taken");
  const { seal_id, face_shape: _, ...row } = made;
  await assert.rejects(
    env.db
      .insertInto("seals")
      .values({ ...row, face: JSON.stringify(row.face), seal_id: "seal_x", number: "LX-51", matter_id: null })
      .execute(),
    /only by a matter/,
  );
  await assert.rejects(
    env.db.updateTable("seals").set({ matter_id: null }).where("seal_id", "=", seal_id).execute(),
    /stays/,
  );
});

test("C23: received, filed, its specimen kept before a witness, issued: each step by its paper, none left out", async () => {
  const { people } = crew;
  const { physical } = await bodies();
  const bodyIds = [physical.id];
  const filed = { bodyIds, filingNumber: "3301-2026-0042", filedOn: "2026-01-05" };
  assert.equal(await codeOf(ask("file-seal", filed, ["filing"])), "seal.command-not-possible");
  const receipt = { bodyIds, madeBy: "Jiangcheng Engravers", receiverId: people.stranger };
  assert.equal(await codeOf(ask("receive-piece", receipt)), "matter.evidence-missing");
  const received = await ask("receive-piece", receipt, ["slip"]);
  assert.equal(received.state, "approved", "it waits for who receives it");
  assert.equal(
    await codeOf(confirmPartsInTest(env, received.matterId, [["receiver", people.custodian]])),
    "matter.not-your-part",
  );
  assert.equal(await confirmPartsInTest(env, received.matterId, [["receiver", people.stranger]]), "done");
  const held = async () => (await readHeldNow(env.db, bodyIds))(physical.id);
  assert.equal((await held()).custodian?.to, `person:${people.stranger}`);

  assert.equal(await codeOf(ask("file-seal", { ...filed, filedOn: "2199-01-01" }, ["filing"])), "seal.file-date");
  await ask("file-seal", filed, ["filing"]);
  const issue = { bodyIds, scope: "Papers of the personnel office", recipients: [people.applicant, people.head] };
  assert.equal(await codeOf(ask("issue", issue)), "seal.command-not-possible");
  const specimen = { bodyId: physical.id, specimenWidthMm: photoWidthMm(42), witnessId: people.inspector };
  const wrong = { ...specimen, specimenWidthMm: photoWidthMm(58) };
  assert.equal(await codeOf(ask("keep-specimen", wrong, ["specimen"])), "seal.specimen-scale");
  const kept = await ask("keep-specimen", specimen, ["specimen"]);
  assert.equal(await confirmPartsInTest(env, kept.matterId, [["witness", people.inspector]]), "done");
  assert.equal(
    Buffer.from(await getSpecimen(env, people.inspector, physical.id))
      .subarray(1, 4)
      .toString(),
    "PNG",
  );

  // Who may merely ask for a use of the seal sees the drawn face; the impression itself is a template for a forger.
  await assert.rejects(getSpecimen(env, people.applicant, physical.id), { status: 404 });
  const shownTo = async (personId: string) =>
    (await getSeal(env, personId, sealId)).bodies.find((body) => body.bodyId === physical.id)?.specimenShown;
  assert.deepEqual([await shownTo(people.applicant), await shownTo(people.inspector)], [false, true]);

  const { matterId } = await ask("issue", issue);
  assert.equal((await bodies()).physical.state, "in-use");
  const [first, second] = [people.custodian, people.secondCustodian].toSorted();
  assert.equal((await held()).custodian?.to, `people:${first}+${second}`);
  assert.match((await held()).place?.to ?? "", /^person:/);
  const receipts = await env.db.selectFrom("tasks").selectAll().where("matter_id", "=", matterId).execute();
  assert.deepEqual(
    receipts.map((task) => [task.kind, task.assignee_id]).toSorted(),
    [people.applicant, people.head].toSorted().map((one) => ["issue-receipt", one]),
  );
  assert.deepEqual(await linesOf("life"), [
    ...["approved-for-engraving", "made", "filed", "issued"],
    ...["made", "filed", "specimen-kept", "issued"],
  ]);
});

test("C10: the page says what comes next, and who may ask for it", async () => {
  const next = async (person: string) => {
    const page = await getSeal(env, person, sealId);
    return page.next.filter((one) => one.mayAsk).map((one) => one.kind);
  };
  assert.deepEqual(await next(crew.people.applicant), []);
  assert.ok((await next(crew.people.sealAdministrator)).includes("stop"));
});

test("C10: stopped together, surrendered with its register, sealed up, destroyed by two before a witness; the key is gone", async () => {
  const { people } = crew;
  const lists = async (): Promise<number> =>
    (await env.db.selectFrom("revocation_lists").select("number").execute()).length;
  const readSeal = () =>
    env.db.selectFrom("seals").select(["state", "number"]).where("seal_id", "=", sealId).executeTakeFirstOrThrow();
  const seal = await readSeal();
  const before = await lists();
  const receipts = async () =>
    (await env.db.selectFrom("tasks").select("state").where("kind", "=", "issue-receipt").execute()).map(
      (one) => one.state,
    );
  assert.deepEqual(await receipts(), ["open", "open"]);
  // All bodies stop together: one that names some of them, or another seal's, says something else than it does.
  assert.equal(await codeOf(ask("stop", { bodyIds: ["body_of-another"] })), "input.incomplete");
  const stopped = await ask("stop", {});
  assert.deepEqual(await receipts(), ["cancelled", "cancelled"], "nobody confirms the issue of a stopped seal");
  const { physical, electronic } = await bodies();
  assert.deepEqual([physical.state, electronic.state], ["stopped", "stopped"]);
  assert.equal(await lists(), before + 1);
  const [task] = await env.db.selectFrom("tasks").selectAll().where("matter_id", "=", stopped.matterId).execute();
  assert.deepEqual([task?.kind, task?.state, task?.body_id], ["surrender", "open", physical.id]);
  const said = { taskId: task?.task_id ?? "", note: "Handed in", evidenceId: null };
  assert.equal(
    await codeOf(completeTask(env, task?.assignee_id ?? "", said)),
    "task.of-an-act",
    "saying so is not enough",
  );
  assert.ok((task?.due_at?.getTime() ?? 0) > Date.now());

  const bodyIds = [physical.id];
  const handIn = {
    bodyIds,
    transferorId: people.custodian,
    receiverId: people.sealAdministrator,
    books: "Volumes 1 to 3",
  };
  assert.equal(
    await codeOf(ask("surrender", { ...handIn, transferorId: people.applicant })),
    "surrender.not-of-record",
  );
  // C09 nobody decides on it, so photo and register can lie in it from its draft on; without them the last does not confirm.
  const draft = await beginMatter(env, people.sealAdministrator, "surrender", {
    ...{ entityId: crew.entityId, unitId: null, sealId, bodyId: null, personId: null, effectiveOn: null },
    ...{ title: "A test", reason: "A test", data: handIn },
  });
  await photographInTest(env, people.sealAdministrator, draft.matterId, "pieces");
  await cancelMatter(env, people.sealAdministrator, draft.matterId, "");
  const surrendered = await ask("surrender", handIn);
  const underWay = async (reader: string) =>
    (await getSeal(env, reader, sealId)).next.flatMap((next) =>
      next.underWay.map((one) => [next.kind, one.matterId, one.bodyIds]),
    );
  assert.deepEqual(await underWay(people.sealAdministrator), [["surrender", surrendered.matterId, [physical.id]]]);
  assert.deepEqual(await underWay(people.applicant), [], "whoever may not read the matter is not told of it");
  await confirmPartsInTest(env, surrendered.matterId, [["transferor", people.custodian]]);
  const takeIn = () => confirmPartsInTest(env, surrendered.matterId, [["receiver", people.sealAdministrator]]);
  assert.equal(await codeOf(takeIn()), "matter.evidence-before-last");
  for (const slot of ["pieces", "register"])
    await photographInTest(env, people.sealAdministrator, surrendered.matterId, slot);
  assert.equal(await takeIn(), "done");
  assert.deepEqual(await underWay(people.sealAdministrator), [], "what is done is under way no more");
  const held = async () => (await readHeldNow(env.db, bodyIds))(physical.id);
  assert.equal((await held()).custodian?.to, `person:${people.sealAdministrator}`);
  assert.equal(
    (
      await env.db
        .selectFrom("tasks")
        .select("state")
        .where("task_id", "=", task?.task_id ?? "")
        .executeTakeFirstOrThrow()
    ).state,
    "done",
  );

  const { containerId } = await addSafeInTest(env, crew, [people.sealAdministrator, people.inspector]);
  const up = { bodyIds, containerId, tag: "0042", executorId: people.sealAdministrator, witnessId: people.inspector };
  const sealed = await ask("seal-up", up);
  await photographInTest(env, people.sealAdministrator, sealed.matterId, "sealed");
  await confirmPartsInTest(env, sealed.matterId, [
    ["executor", people.sealAdministrator],
    ["witness", people.inspector],
  ]);
  assert.equal((await held()).place?.to, `container:${containerId}`);
  // The wall, the seal's page and the page of who held it tell the same: who keeps what was sealed up, then nobody.
  const told = async () => {
    const [card] = (await readSealWall(env, people.inspector, { search: seal.number })).items;
    const page = await getSeal(env, people.inspector, sealId);
    const { keepers } = await readCustodyHistory(env, people.inspector, { sealId });
    const ids = (some: readonly { personId: string }[] = []): string[] => some.map((one) => one.personId);
    return {
      wall: ids(card?.custodians),
      page: ids(page.custodians),
      history: keepers.map(({ person }) => person.personId),
      ended: [card?.custodyEndedAt, page.custodyEndedAt].map((at) => typeof at === "string"),
    };
  };
  const { sealAdministrator: keeping } = people;
  const kept = { wall: [keeping], page: [keeping], history: [keeping], ended: [false, false] };
  assert.deepEqual(await told(), kept);
  const wallOf = async (custodianId: string): Promise<boolean> =>
    (await readSealWall(env, people.inspector, { custodianId })).items.some((one) => one.sealId === sealId);
  assert.deepEqual([await wallOf(keeping), await wallOf(people.custodian)], [true, false]);

  const end = {
    bodyIds,
    executors: [people.sealAdministrator, people.keeper],
    witnessId: people.inspector,
    method: "cut",
  };
  const same = { ...end, witnessId: people.keeper };
  assert.equal(await codeOf(ask("destroy", same)), "destroy.people-meet");
  const early = await beginMatter(env, people.sealAdministrator, "destroy", {
    ...{ entityId: crew.entityId, unitId: null, sealId, bodyId: null, personId: null, effectiveOn: null },
    ...{ title: "A test", reason: "A test", data: end },
  });
  assert.equal(
    await codeOf(photographInTest(env, people.sealAdministrator, early.matterId, "after")),
    "matter.evidence-before-approval",
    "what is left is shown when it was destroyed",
  );
  await cancelMatter(env, people.sealAdministrator, early.matterId, "");
  const destruction = await ask("destroy", end);
  const executors = [
    ["executor", people.sealAdministrator],
    ["executor", people.keeper],
  ] as const;
  const witness = ["witness", people.inspector] as const;
  const confirmAll = (matterId: string) => confirmPartsInTest(env, matterId, [...executors, witness]);
  await photographInTest(env, people.sealAdministrator, destruction.matterId, "before");
  assert.equal(
    await codeOf(confirmAll(destruction.matterId)),
    "matter.evidence-before-last",
    "without the photo of what is left nothing is destroyed",
  );
  await photographInTest(env, people.sealAdministrator, destruction.matterId, "after");
  assert.equal((await bodies()).physical.state, "sealed-up");
  await confirmPartsInTest(env, destruction.matterId, [witness]);
  assert.equal((await bodies()).physical.state, "destroyed");
  assert.deepEqual([(await held()).custodian?.to, (await held()).place?.to], ["ended", "ended"]);

  const key = () => env.db.selectFrom("seal_keys").selectAll().where("seal_id", "=", sealId).executeTakeFirstOrThrow();
  assert.ok((await key()).encrypted_key);
  const ended = await ask("destroy-key", { ...end, bodyIds: [electronic.id], method: "" });
  assert.ok((await key()).encrypted_key, "not before the three have confirmed");
  assert.equal(await confirmAll(ended.matterId), "done");
  assert.equal((await key()).encrypted_key, null);
  assert.equal((await bodies()).electronic.state, "cancelled");
  assert.equal((await readSeal()).state, "destroyed");
  assert.deepEqual(await told(), { wall: [], page: [], history: [], ended: [true, true] });
  assert.deepEqual(
    (await getSeal(env, people.sealAdministrator, sealId)).next.filter((one) => one.bodyIds.length > 0),
    [],
  );
  assert.deepEqual((await linesOf("life")).slice(-6), [
    ...["stopped", "stopped", "surrendered", "sealed-up", "destroyed", "key-destroyed"],
  ]);
});
