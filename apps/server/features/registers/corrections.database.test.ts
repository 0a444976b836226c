import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { applyInTest } from "../../platform/test-walk.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { confirmAccountChange, grantRole } from "../organisation/account-changes.ts";
import { giveGrant } from "../organisation/grants.ts";
import { saveDraft } from "../requests/draft-service.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { askSettingChange, decideSetting } from "../settings/service.ts";
import { mayReadForCorrection } from "./correct-line.ts";
import { toRow } from "./sheet.ts";
import { showLines } from "./show-lines.ts";

let place: TestEnvironment;
let env: Environment;
let crew: TestCrew;
let people: TestCrew["people"];
let official: string;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env, "standard");
  people = crew.people;
  official = await crew.registerSeal("contract", "LX-02");
});
after(() => place.close());

const refused = (code: string) => (error: unknown) =>
  error instanceof ProblemError && error.refusals.some((one) => one.code === code);
const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;
const linesOf = (register: string, kind?: string) => {
  const query = env.db.selectFrom("register_lines").selectAll().where("register", "=", register).orderBy("running");
  return (kind ? query.where("kind", "=", kind) : query).execute();
};
const show = async (lineId: string) => {
  const [line] = await showLines(env.db, [lineId], { personId: people.inspector, now: env.clock.now() });
  assert.ok(line);
  return line;
};

test("C24 a correction is a further line that names what it corrects; the corrected one stays and says by which", async () => {
  const [wrong] = await linesOf("seal", "registered");
  assert.ok(wrong);
  const ask = (asker: string, data: Record<string, unknown>) =>
    askMatterInTest(env, crew, { kind: "correct-line", asker, data, reason: "Filed under another kind" });
  const data = { lineId: wrong.line_id, point: "type", reads: "Finance seal · 财务专用章" };
  await assert.rejects(ask(people.custodian, data), problem("permission.missing"));
  const strange = { ...data, lineId: "line_00000000-0000-7000-8000-000000000000" };
  const lost = await ask(people.inspector, strange);
  await assert.rejects(submitMatter(env, people.inspector, lost), refused("correction.line-unknown"));
  for (const [change, code] of [
    [{ register: "use" }, "correction.line-unknown"],
    [{ register: "seal", point: "receivedFrom" }, "correction.point-unknown"],
    [{ point: "toString" }, "correction.point-unknown"],
  ] as const) {
    const unfit = await ask(people.inspector, { ...data, ...change });
    await assert.rejects(submitMatter(env, people.inspector, unfit), refused(code), code);
  }
  const matterId = await ask(people.inspector, data);
  const reads = (personId: string) => mayReadForCorrection(env, personId, wrong.line_id);
  assert.equal(await reads(people.signatory), false, "a draft is its asker's alone");
  await submitMatter(env, people.inspector, matterId);
  assert.deepEqual([await reads(people.signatory), await reads(people.lawyer)], [true, false]);
  assert.equal((await linesOf("seal", "correction")).length, 0, "nothing is written before another confirms");
  const second = await ask(people.sealAdministrator, data);
  await assert.rejects(submitMatter(env, people.sealAdministrator, second), refused("matter.reserved"));
  assert.equal(await approveMatterInTest(env, matterId, people.signatory), "done");
  const [correction] = await linesOf("seal", "correction");
  assert.ok(correction);
  assert.deepEqual(await linesOf("seal", "registered"), [wrong]);
  const [told, corrected] = [await show(correction.line_id), await show(wrong.line_id)];
  assert.equal(told.corrects?.number, wrong.number);
  assert.deepEqual(corrected.correctedBy, [{ lineId: correction.line_id, number: correction.number }]);
  assert.equal(told.seal?.sealId, corrected.seal?.sealId);
  assert.deepEqual(
    told.facts.map((fact) => [fact.key, fact.value.zh]),
    [
      ["point", "类型"],
      ["reads", "财务专用章"],
      ["reason", "Filed under another kind"],
      ["askedBy", "中 inspector"],
      ["confirmedBy", "中 signatory"],
      ["number", told.matter?.number ?? ""],
    ],
  );
  for (const id of wrong.person_ids) assert.ok(correction.person_ids.includes(id));
  assert.equal(toRow(told, "zh", "Asia/Shanghai").corrects, wrong.number);
  assert.equal(toRow(corrected, "zh", "Asia/Shanghai").correctedBy, correction.number);
});

test("C05 a blank that was answered stands in the register of exceptions, once for what was answered", async () => {
  const pdf = makeTestPdf([
    "Supply contract",
    "The seller delivers twelve gauges to the buyer by ________.",
    "The price is CNY 1,286,000.00, paid within thirty days of acceptance.",
    "Made on 1 November 2026 between Lanxi Instruments Ltd and Beicheng Ltd.",
  ]);
  const requestId = await applyInTest(env, crew, official, { pdf });
  const { row, documents } = await loadRequest(env.db, requestId);
  const draft = (version: number) => ({
    ...{ title: row.title, documentClass: row.document_class, external: true, counterparty: "Beicheng", amount: null },
    ...{ currency: "CNY", purpose: "Gauges", wantedBy: null, validUntil: null, entityId: crew.entityId },
    ...{ handlerId: null, version },
    documents: documents.map((document) => ({
      documentId: document.documentId,
      placements: document.placements.map(({ sealId, page, xMm, yMm }) => ({ sealId, page, xMm, yMm })),
      answers: document.unfinished.map(({ placeId }) => ({ placeId, reason: "Set at the handover" })),
    })),
  });
  await saveDraft(env, people.applicant, requestId, draft(row.version));
  await submitRequest(env, people.applicant, requestId);
  await withdrawRequest(env, people.applicant, requestId, "");
  await submitRequest(env, people.applicant, requestId);
  const lines = await linesOf("exceptions", "answered-blank");
  assert.equal(lines.length, 1);
  const facts = lines[0]?.facts;
  assert.deepEqual([facts?.places, facts?.reason, facts?.applicant], [1, "Set at the handover", people.applicant]);
});

test("C11 a rule that is loosened, and its return, stand in the register of exceptions; a stricter one does not", async () => {
  const change = async (value: number) => {
    const asked = { key: "surrenderWithin", value, endsOn: value > 3 ? "2099-01-01" : null, reason: "Move" } as const;
    const endsOn = value > 3 ? dayInTest(env.clock.now() + 20 * 86_400_000) : null;
    const { settingChangeId } = await askSettingChange(env, people.sealAdministrator, { ...asked, endsOn });
    await decideSetting(env, people.administrator, settingChangeId, true);
  };
  for (const value of [10, 3, 2]) await change(value);
  const lines = [
    ...(await linesOf("exceptions", "setting-loosened")),
    ...(await linesOf("exceptions", "setting-restored")),
  ];
  assert.deepEqual(
    lines.map((line) => [line.kind, line.facts.value, line.facts.usual]),
    [
      ["setting-loosened", 10, 3],
      ["setting-restored", 3, 3],
    ],
  );
});

test("C11 roles that only the profile lets meet stand in the register of exceptions with their risk", async () => {
  const risk = "Nobody else is there in July";
  const to = dayInTest(env.clock.now() + 20 * 86_400_000);
  const wanted = { actorId: people.administrator, personId: people.signatory, role: "seal-administrator" } as const;
  const scope = { kind: "entity", id: crew.entityId } as const;
  await assert.rejects(
    transact(env.db, (tx) => giveGrant(tx, env, { ...wanted, scope, to, risk })),
    refused("grant.loosened-without-second"),
  );
  await grantRole(env, { ...wanted, scope, to, risk });
  const waiting = await env.db
    .selectFrom("account_changes")
    .select("account_change_id")
    .where("state", "=", "waiting")
    .executeTakeFirstOrThrow();
  assert.equal((await linesOf("exceptions", "pair-loosened")).length, 0, "asked for is not given");
  await confirmAccountChange(env, people.inspector, waiting.account_change_id);
  const [line] = await linesOf("exceptions", "pair-loosened");
  assert.deepEqual(
    [line?.facts.holder, line?.facts.role, line?.facts.otherRoles, line?.facts.reason],
    [people.signatory, "seal-administrator", "signatory", risk],
  );
});
