import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { testContract } from "../../platform/test-pdf.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, approveInTest } from "../../platform/test-walk.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { checkRequest } from "../requests/check-request.ts";
import { beginDraft, saveDraft } from "../requests/draft-service.ts";
import { digestOfRequest, loadRequest } from "../requests/load-request.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { writeBookOfNow } from "../rule-book/write-version.ts";
import { readRules } from "../rules/read-model.ts";
import { readRulesInForce } from "../rules/read-rules.ts";
import { changeRulesInTest } from "../rules/test-rules.ts";
import { listSealTypes } from "../seals/list-seal-types.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { registerTemplateInTest } from "../templates/test-templates.ts";
import { readClassBook } from "./class-rows.ts";
import { readDocumentClasses } from "./read-model.ts";
import { askClassInTest, changeClassInTest, leaseInTest } from "./test-classes.ts";

let place: TestEnvironment;
let crew: TestCrew;
let contractSeal: string;
let businessSeal: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  contractSeal = await crew.registerSeal("contract", "LX-01");
  businessSeal = await crew.registerSeal("business", "LX-02");
});
after(() => place?.close());

const check = async (requestId: string) =>
  checkRequest(place.env.db, place.env, await loadRequest(place.env.db, requestId));
const refusalsOf = async (requestId: string): Promise<string[]> =>
  (await check(requestId)).refusals.map((one) => one.code);
const listed = async (classId: string) =>
  (await readDocumentClasses(place.env, crew.people.sealAdministrator)).items.find(
    (one) => one.documentClass === classId,
  );

test("C03 C11: a class is added by a matter that a lawyer and the signatory agree to, and nothing in the tables walks round it", async () => {
  const { env } = place;
  const { sealAdministrator, signatory, lawyer, applicant } = crew.people;
  const refused = (change: object) => codesOf(askClassInTest(env, crew, change));
  assert.deepEqual(await refused({ makesRights: false }), ["class.looser"]);
  assert.deepEqual(await refused({ name: { en: "Contract", zh: "合同" } }), ["class.name-taken"]);
  assert.deepEqual(await refused({ sealKinds: ["no-such-kind"] }), ["class.seal-unknown"]);
  assert.deepEqual(await refused({ classId: "contract--gone", version: 1 }), ["class.unknown"]);
  const matterId = await askClassInTest(env, crew);
  assert.equal((await readDocumentClasses(env, sealAdministrator)).items.length, 14, "it waits");
  assert.equal(await approveMatterInTest(env, matterId, lawyer, signatory), "done");
  const { items, kinds, mayAskIn } = await readDocumentClasses(env, sealAdministrator);
  const lease = items.find((one) => one.own);
  assert.deepEqual(
    [lease?.base, lease?.version, lease?.name.zh, lease?.kinds.map((kind) => kind.kindId), lease?.matterId],
    ["contract", 1, "租赁合同", ["contract"], matterId],
  );
  assert.ok(kinds.length > 10 && mayAskIn.length === 1);
  assert.deepEqual((await readDocumentClasses(env, applicant)).mayAskIn, []);
  const contractKind = (await listSealTypes(env, sealAdministrator, false)).items.find(
    (one) => one.kindId === "contract",
  );
  assert.deepEqual(contractKind?.ownClasses, [lease?.documentClass]);

  const row = await env.db.selectFrom("document_class_versions").selectAll().executeTakeFirstOrThrow();
  const write = (change: object) =>
    env.db
      .insertInto("document_class_versions")
      .values({ ...row, ...change })
      .execute();
  await assert.rejects(write({ version: 3 }), /follow each other/);
  await assert.rejects(write({ version: 2 }), /changes by its matter/);
  await assert.rejects(write({ class_id: "contract--mine", makes_rights: false }), /changes by its matter/);
  await assert.rejects(env.db.updateTable("document_class_versions").set({ makes_rights: false }).execute());
  await assert.rejects(env.db.deleteFrom("document_class_versions").execute());
  const events = await env.db.selectFrom("events").select("type").where("type", "=", "DocumentClassChanged").execute();
  assert.equal(events.length, 1);
});

test("C06 C07: an own class takes its own seals, goes the way of its base, and is named where it is refused", async () => {
  const { env } = place;
  const classId = (await readDocumentClasses(env, crew.people.applicant)).items.find((one) => one.own)?.documentClass;
  assert.ok(classId);
  const fits = await applyInTest(env, crew, contractSeal, { documentClass: classId, pdf: testContract() });
  assert.deepEqual(await refusalsOf(fits), []);
  const { route, suggested } = await check(fits);
  assert.ok(route.some((step) => step.kind === "legal-review"));
  assert.deepEqual(suggested, [contractSeal]);
  const wrong = await check(
    await applyInTest(env, crew, businessSeal, { documentClass: classId, pdf: testContract() }),
  );
  assert.deepEqual(
    wrong.refusals.map(({ code, facts }) => [code, facts.documentClass]),
    [["entry.wrong-seal", "Lease · 租赁合同"]],
  );

  // What a rule says of a contract it says of a lease, and a rule above it may say something else of the lease alone.
  const { versionId } = await readRulesInForce(env.db);
  const before = await readRules(env, { personId: crew.people.sealAdministrator, mayWrite: true });
  const column = before.columns.scope.find((one) => one.fact === "documentClass");
  assert.deepEqual(column?.values.find((one) => one.value === classId)?.name, { en: "Lease", zh: "租赁合同" });
  await changeRulesInTest(env, crew, (rules) => {
    const [first] = rules.scope.rows;
    assert.ok(first);
    const row = (
      rowId: string,
      id: string,
      attachments: readonly ["credit-approval"] | readonly ["tender-result"],
    ) => ({
      ...{ ...first, rowId, cells: { documentClass: { in: [id] } } },
      output: { answer: "ask" as const, rightSeals: [], attachments },
    });
    const rows = [row("lease", classId, ["credit-approval"]), row("contracts", "contract", ["tender-result"])];
    return { ...rules, scope: { ...rules.scope, rows: [...rows, ...rules.scope.rows] } };
  });
  const papers = async (documentClass: "contract" | typeof classId) =>
    (await check(await applyInTest(env, crew, contractSeal, { documentClass, pdf: testContract() }))).rules?.decided
      .attachments;
  assert.deepEqual([await papers(classId), await papers("contract")], [["credit-approval"], ["tender-result"]]);
  const after = await readRules(env, { personId: crew.people.sealAdministrator, mayWrite: true });
  assert.equal(after.inForce.sentences.scope[0]?.when.en, "Where class of document is Lease");
  await changeRulesInTest(env, crew, (rules) => ({
    ...rules,
    scope: { ...rules.scope, rows: rules.scope.rows.slice(2) },
  }));
  assert.notEqual((await readRulesInForce(env.db)).versionId, versionId);
});

test("C03 C07: a request keeps the version of its class under its digest; what changes later changes nothing for it", async () => {
  const { env } = place;
  const { applicant } = crew.people;
  const classId = (await readDocumentClasses(env, applicant)).items.find((one) => one.own)?.documentClass;
  assert.ok(classId);
  const requestId = await applyInTest(env, crew, contractSeal, { documentClass: classId, pdf: testContract() });
  await submitRequest(env, applicant, requestId);
  const submitted = await loadRequest(env.db, requestId);
  assert.deepEqual(submitted.facts.seen.classes, { [classId]: 1 });
  const seen = { ...submitted.row.facts_seen, classes: { [classId]: 2 } };
  assert.notEqual(digestOfRequest({ ...submitted, row: { ...submitted.row, facts_seen: seen } }), submitted.row.digest);

  await changeClassInTest(env, crew, { classId, version: 1, sealKinds: ["business"] });
  assert.equal((await listed(classId))?.earlier.length, 1);
  await approveInTest(env, crew, requestId);
  assert.equal(digestOfRequest(await loadRequest(env.db, requestId)), submitted.row.digest);
  const { facts } = await readGateFacts(env.db, env, requestId);
  const [held] = facts.seals;
  assert.ok(held?.kind.classes.includes(classId), "it was submitted under the seals of then");
  const later = await applyInTest(env, crew, contractSeal, { documentClass: classId, pdf: testContract() });
  assert.deepEqual(await refusalsOf(later), ["entry.wrong-seal"]);
  assert.deepEqual(await codesOf(askClassInTest(env, crew, { classId, version: 1 })), ["class.changed-meanwhile"]);
});

test("C03: words of a class are read in titles; a class stricter than its base waits for rules that know it", async () => {
  const { env } = place;
  const classId = (await readDocumentClasses(env, crew.people.applicant)).items.find((one) => one.own)?.documentClass;
  assert.ok(classId);
  await changeClassInTest(env, crew, { classId, version: 2, words: ["supply contract"] });
  const requestId = await applyInTest(env, crew, contractSeal, { pdf: testContract() });
  const { facts } = await check(requestId);
  assert.deepEqual([facts.decisive.documentClass, facts.classes], [classId, { contract: 1, [classId]: 3 }]);
  await changeClassInTest(env, crew, { classId, version: 3, words: [] });

  const comfort = {
    ...leaseInTest,
    base: "official-letter",
    name: { en: "Letter of comfort", zh: "安慰函" },
    words: [],
  };
  await changeRulesInTest(env, crew, (rules) => ({
    ...rules,
    route: {
      ...rules.route,
      rows: rules.route.rows.map((row) =>
        row.output.decider === "legal-review" ? { ...row, cells: { documentClass: { in: ["contract"] } } } : row,
      ),
    },
  }));
  assert.deepEqual(await codesOf(askClassInTest(env, crew, comfort)), ["class.rules-do-not-know"]);
  await changeRulesInTest(env, crew, (rules) => ({
    ...rules,
    route: {
      ...rules.route,
      rows: rules.route.rows.map((row) =>
        row.output.decider === "legal-review" ? { ...row, cells: { makesRights: { is: true } } } : row,
      ),
    },
  }));
  const made = await changeClassInTest(env, crew, comfort);
  assert.equal((await readClassBook(env.db)).get(made)?.makesRights, true);
});

test("a retired class is chosen by nobody and read by everybody; templates and running requests keep it", async () => {
  const { env } = place;
  const { applicant } = crew.people;
  const classId = (await readDocumentClasses(env, applicant)).items.find(
    (one) => one.name.en === "Lease",
  )?.documentClass;
  assert.ok(classId);
  const template = await registerTemplateInTest(env, crew, {
    bytes: testContract({}, "a flat"),
    documentClass: classId,
  });
  const version = (await listed(classId))?.version ?? 0;
  const running = await applyInTest(env, crew, contractSeal, { documentClass: classId, pdf: testContract() });
  await submitRequest(env, applicant, running);
  await changeClassInTest(env, crew, { classId, version, words: [], retired: true });
  assert.equal((await listed(classId))?.retired, true);
  const anew = await applyInTest(env, crew, contractSeal, { documentClass: classId, pdf: testContract() });
  const { refusals } = await check(anew);
  assert.ok(refusals.some(({ code, facts }) => code === "class.retired" && facts.documentClass === "Lease · 租赁合同"));
  assert.ok((await codesOf(submitRequest(env, applicant, anew))).includes("class.retired"));
  assert.equal((await loadRequest(env.db, running)).facts.classes.get(classId)?.retired, false);
  assert.deepEqual(
    await codesOf(registerTemplateInTest(env, crew, { bytes: testContract(), documentClass: classId })),
    ["class.retired"],
  );
  const { document_class: kept } = await env.db
    .selectFrom("template_versions")
    .select("document_class")
    .where("version_id", "=", template.versionId)
    .executeTakeFirstOrThrow();
  assert.equal(kept, classId);
  const { columns } = await readRules(env, { personId: applicant, mayWrite: false });
  const offered = columns.scope.find((one) => one.fact === "documentClass")?.values.map((one) => one.value) ?? [];
  assert.ok(!offered.includes(classId) && offered.includes("contract"));
});

test("C21: a starter class changes like an own one, and the rule book says what it says now", async () => {
  const { env } = place;
  const reason = { en: "The customs want paper", zh: "海关要求纸质" };
  const quotation = {
    ...{ ...leaseInTest, classId: "quotation", base: "quotation", version: 1, words: [], sealKinds: [] },
    ...{ name: { en: "Offer", zh: "报价" }, electronic: "no", electronicReason: { en: "", zh: "" } },
  };
  assert.deepEqual(await codesOf(askClassInTest(env, crew, quotation)), ["class.paper-why"]);
  await changeClassInTest(env, crew, { ...quotation, electronicReason: reason });
  assert.deepEqual((await listed("quotation"))?.electronicReason, reason);
  const { text } = await writeBookOfNow(env.db, env.clock.now());
  const use = text.en.chapters.find((chapter) => chapter.id === "use");
  const electronic = use?.articles.find((one) => one.id === "use.electronic")?.text ?? "";
  assert.ok(/\bcontract\b/i.test(electronic) && !/\boffer\b/i.test(electronic), electronic);
  assert.ok(use?.articles.find((one) => one.id === "use.classes")?.items.some((item) => item.startsWith("Offer: ")));
  assert.deepEqual(await codesOf(askClassInTest(env, crew, { ...quotation, version: 2, electronicReason: reason })), [
    "class.unchanged",
  ]);
});

const emptyDraft = {
  ...{ title: "", purpose: "", counterparty: "", external: false, amount: null, currency: "CNY", entityId: null },
  ...{ handlerId: null, wantedBy: null, validUntil: null, documents: [] },
};

test("a class says whether its applications begin as confidential; a matter of before classes said so leaves it open", async () => {
  const { env } = place;
  const words = { name: { en: "Merger paper", zh: "并购文件" }, words: ["merger paper"], confidential: true };
  const classId = await changeClassInTest(env, crew, words);
  const readNow = async () =>
    (await readDocumentClasses(env, crew.people.applicant)).items.find((one) => one.documentClass === classId);
  assert.equal((await readNow())?.confidential, true);
  const reasonOf = async (requestId: string) => (await loadRequest(env.db, requestId)).row.confidential_reason;
  const begin = async (said: { confidential?: null }, documentClass: string = classId) =>
    (await beginDraft(env, crew.people.applicant, { ...emptyDraft, ...said, documentClass: documentClass as never }))
      .requestId;
  const silent = await begin({});
  assert.match((await reasonOf(silent)) ?? "", /Merger paper/, "also of a draft that another program made");
  assert.equal(await reasonOf(await begin({ confidential: null })), null, "the applicant says otherwise");
  const plain = await begin({}, "contract");
  assert.equal(await reasonOf(plain), null);
  const save = (requestId: string, version: number, documentClass: string) =>
    saveDraft(env, crew.people.applicant, requestId, {
      ...{ ...emptyDraft, documentClass: documentClass as never, version },
    });
  await save(plain, 1, classId);
  assert.match((await reasonOf(plain)) ?? "", /Merger paper/, "the class was chosen now");
  await save(silent, 1, "contract");
  assert.match((await reasonOf(silent)) ?? "", /Merger paper/, "as it was saved");
  const { confidential: _, ...before } = { ...leaseInTest, ...words, classId, version: 1 };
  const matterId = await askMatterInTest(env, crew, { kind: "document-class", data: before });
  await submitMatter(env, crew.people.sealAdministrator, matterId);
  await approveMatterInTest(env, matterId, crew.people.lawyer, crew.people.signatory);
  const now = await readNow();
  assert.deepEqual([now?.confidential, now?.earlier.map((one) => one.confidential)], [false, [true]]);
});

test("C11: of two changes of one class that are approved at the same moment one takes force", async () => {
  const { env } = place;
  const { lawyer, signatory } = crew.people;
  const tender = { ...leaseInTest, classId: "tender", base: "tender", version: 1, words: [], sealKinds: [] };
  const first = await askClassInTest(env, crew, { ...tender, name: { en: "Bid", zh: "标书" } });
  assert.deepEqual(await codesOf(askClassInTest(env, crew, { ...tender, name: { en: "Bids", zh: "投标书" } })), [
    "matter.reserved",
  ]);
  const both = await Promise.allSettled([
    approveMatterInTest(env, first, lawyer, signatory),
    approveMatterInTest(env, first, lawyer, signatory),
  ]);
  assert.ok(both.some((one) => one.status === "fulfilled"));
  assert.deepEqual([(await listed("tender"))?.version, (await listed("tender"))?.name.en], [2, "Bid"]);
});
