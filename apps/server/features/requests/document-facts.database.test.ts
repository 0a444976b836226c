import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type DocumentClassId, maySettleFacts } from "@chancery/domain";
import sharp from "sharp";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { makeTestPdf, testContract, testNotice } from "../../platform/test-pdf.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, presentInTest } from "../../platform/test-walk.ts";
import { ruleFact } from "../approvals/rule-fact.ts";
import { decideStep } from "../approvals/service.ts";
import { makeTestScan } from "../final-copies/test-scan.ts";
import { changeRulesInTest } from "../rules/test-rules.ts";
import { readTemplates, readTemplateVersion } from "../templates/read-model.ts";
import { registerTemplateInTest, withdrawTemplateInTest } from "../templates/test-templates.ts";
import { readDetail } from "./detail.ts";
import { loadRequest } from "./load-request.ts";
import { readComparison } from "./show-facts.ts";
import { submitRequest } from "./submit-service.ts";
import { listSummaries } from "./summaries.ts";

let place: TestEnvironment;
let crew: TestCrew;
let officialSeal: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  officialSeal = await crew.registerSeal("official", "LX-01");
});
after(() => place?.close());

const order = (
  buyer = "____________",
  clause = "The seller bears the risk until the goods were accepted in writing.",
  drawn = "",
) =>
  makeTestPdf(
    [
      "Purchase contract",
      "between Lanxi Instruments Ltd and Beicheng Ltd.",
      `Goods: ${buyer}`,
      "The price is CNY 1,286,000.00, paid within thirty days of acceptance by the buyer.",
      clause,
      "Delivered by 30 November 2026. Signed for the buyer:",
    ],
    { drawn },
  );
const submit = async (
  pdf: Buffer,
  change: { documentClass?: DocumentClassId; external?: boolean; seal?: string } = {},
) => {
  const { seal = officialSeal, ...facts } = change;
  const requestId = await applyInTest(place.env, crew, seal, { pdf, ...facts });
  await submitRequest(place.env, crew.people.applicant, requestId);
  return loadRequest(place.env.db, requestId);
};
const kindsOf = ({ steps }: { steps: readonly { kind: string }[] }): string[] => steps.map((step) => step.kind);

async function approve(requestId: string, personId: string): Promise<void> {
  const { row, steps } = await loadRequest(place.env.db, requestId);
  const digest = row.digest ?? "";
  const step = steps.find((one) => one.state === "current" && one.candidates.includes(personId));
  const stepUpId = await presentInTest(place.env, personId, "approve", requestId, digest);
  await decideStep(place.env, personId, {
    ...{ requestId, stepId: step?.stepId ?? "", decision: "approve", comment: "", digest },
    presence: { stepUpId, method: "password" },
  });
}

const dearContract = makeTestPdf([
  "Supply contract",
  "between Lanxi Instruments Ltd and Beicheng Ltd.",
  "The price is CNY 9,286,000.00, paid within thirty days of 30 November 2026.",
  "Signed for the buyer:",
]);
/** From five millions on this person is asked besides; null for the rules without that. */
async function askAboveInTest(personId: string | null): Promise<void> {
  await changeRulesInTest(place.env, crew, ({ route, ...rules }) => {
    const rows = route.rows.filter(({ rowId }) => rowId !== "dear");
    const [first] = rows;
    assert.ok(first);
    const output = { ...first.output, decider: "named" as const, stage: 5, people: [personId ?? ""] };
    const title = { en: "Finance", zh: "财务" };
    const dear = {
      ...first,
      rowId: "dear",
      cells: { amount: { from: 5_000_000, below: null } },
      output: { ...output, title },
    };
    const inputs = [...new Set([...route.inputs, "amount" as const])];
    return { ...rules, route: { inputs, rows: personId === null ? rows : [...rows, dear] } };
  });
}

describe("what documents say", () => {
  test("C03: what follows a template word for word goes without legal review; a changed clause goes to it and is shown", async () => {
    const { env } = place;
    const before = await submit(order("twelve gauges"));
    assert.deepEqual(kindsOf(before), ["unit-head", "legal-review", "signatory"]);
    const { versionId, templateId } = await registerTemplateInTest(env, crew, {
      ...{ bytes: order(), documentClass: "contract" },
    });
    const same = await submit(order("twelve gauges"));
    assert.deepEqual(kindsOf(same), ["unit-head", "signatory"]);
    assert.deepEqual(
      same.facts.seen.templates.map((one) => [one.versionId, one.number, one.verdict, one.fields, one.differences]),
      [[versionId, 1, "same-but-fields", 1, 0]],
    );
    // Nothing checks what stands in a field of any words: whoever decides is told which those are.
    assert.deepEqual(
      (same.facts.seen.templates[0]?.values ?? []).map(({ text, anyWords }) => [text, anyWords]),
      [["twelve gauges", true]],
    );
    const changed = await submit(
      order("twelve gauges", "The buyer bears the risk until the goods were accepted in writing."),
    );
    assert.deepEqual(kindsOf(changed), ["unit-head", "legal-review", "signatory"]);
    const [document] = changed.documents;
    const comparison = await readComparison(env.db, changed.row.request_id, document?.documentId ?? "");
    assert.deepEqual(
      comparison.differences.map(({ kind, template, document: now }) => [kind, template.text, now.text]),
      [["replaced", "seller", "buyer"]],
    );
    assert.equal(comparison.template.differences, 1);
    // The words are the template's, and a line strikes one of them through.
    const struck = await submit(order("twelve gauges", undefined, "q 1 w 96 727 m 160 727 l S Q"));
    assert.deepEqual(kindsOf(struck), ["unit-head", "legal-review", "signatory"]);
    const seen = await readComparison(env.db, struck.row.request_id, struck.documents[0]?.documentId ?? "");
    assert.deepEqual(
      seen.differences.map(({ kind, document: { places } }) => [kind, places.length]),
      [["drawn-lines", 1]],
    );
    const { items } = await readTemplates(env, crew.people.applicant);
    assert.equal(items.find((one) => one.versionId === versionId)?.uses, 3);
    // What was promised stays; what comes now is compared with what is in force now.
    await withdrawTemplateInTest(env, crew, templateId);
    assert.equal((await loadRequest(env.db, same.row.request_id)).facts.seen.decisive.template, "same");
    assert.deepEqual(kindsOf(await submit(order("twelve gauges"))), ["unit-head", "legal-review", "signatory"]);
  });

  test("C03 C04: a field that holds more than a name takes the short way from its document; one for several parts is read at each use, and shown", async () => {
    const { env } = place;
    const form = await registerTemplateInTest(env, crew, { bytes: order(), documentClass: "contract" });
    assert.deepEqual(kindsOf(await submit(order("VG-200 gauges"))), ["unit-head", "signatory"]);
    for (const goods of [
      "gauges (payment as in annex 2)",
      "gauges, arbitration in London",
      "gauges in ten instalments",
    ]) {
      const found = await submit(order(goods));
      assert.deepEqual(kindsOf(found), ["unit-head", "legal-review", "signatory"], goods);
      const [document] = found.documents;
      const { differences } = await readComparison(env.db, found.row.request_id, document?.documentId ?? "");
      assert.deepEqual(
        differences.map(({ kind, field }) => [kind, field?.name]),
        [["field", "Goods"]],
      );
    }
    await withdrawTemplateInTest(env, crew, form.templateId);
    const { fields } = await readTemplateVersion(env, crew.people.sealAdministrator, form.versionId);
    const goods = fields.find(({ name }) => name === "Goods");
    assert.ok(goods);
    const wide = await registerTemplateInTest(env, crew, {
      ...{ bytes: order(), documentClass: "contract" },
      marks: [{ name: "Goods", kind: "words", mostCharacters: 200, page: goods.page, place: goods.box }],
    });
    const read = await submit(order("gauges, valves and flanges (DN50)"));
    assert.deepEqual(kindsOf(read), ["unit-head", "legal-review", "signatory"]);
    const { templates } = (await readDetail(env, crew.people.applicant, read.row.request_id)).facts;
    assert.deepEqual(
      templates.map(({ verdict, toRead, differences, values }) => [verdict, toRead, differences, values[0]?.anyWords]),
      [["changed", true, 1, true]],
    );
    await withdrawTemplateInTest(env, crew, wide.templateId);
  });

  test("C03: a draft that waits is compared anew when templates change before it is submitted", async () => {
    const { env } = place;
    const requestId = await applyInTest(env, crew, officialSeal, { pdf: order("nine gauges") });
    const { templateId } = await registerTemplateInTest(env, crew, { bytes: order(), documentClass: "contract" });
    await submitRequest(env, crew.people.applicant, requestId);
    assert.deepEqual(kindsOf(await loadRequest(env.db, requestId)), ["unit-head", "signatory"]);
    await withdrawTemplateInTest(env, crew, templateId);
  });

  test("C03: a contract declared as a letter goes the way of a contract", async () => {
    const declared = await submit(testContract(), { documentClass: "official-letter" });
    assert.deepEqual(kindsOf(declared), ["unit-head", "legal-review", "signatory"]);
    assert.equal(declared.facts.seen.decisive.documentClass, "contract");
    assert.deepEqual(
      declared.facts.seen.disagreements.map(({ fact, declared: said, read, stricter }) => [fact, said, read, stricter]),
      [["class", "official-letter", "contract", "read"]],
    );
    assert.equal(declared.facts.seen.blocking, false);
  });

  test("C06: where only the document stands against it the applicant says why; nobody approves before legal review settled it", async () => {
    const { env } = place;
    const { applicant, head, lawyer, signatory } = crew.people;
    const department = await crew.registerSeal("department", "LX-03");
    const requestId = await applyInTest(env, crew, department, {
      ...{ pdf: testContract(), documentClass: "internal-notice", external: false },
    });
    const codes = await codesOf(submitRequest(env, applicant, requestId));
    assert.ok(codes.includes("facts.differ"), codes.join(" "));
    const { facts } = await loadRequest(env.db, requestId);
    const keys = facts.seen.disagreements.filter((one) => one.stricter === "read").map((one) => one.key);
    assert.ok(keys.length >= 2);
    const answer = (reasons: readonly string[]) =>
      env.db
        .updateTable("seal_use_requests")
        .set({ fact_answers: JSON.stringify(keys.map((key, at) => ({ key, reason: reasons[at] ?? " " }))) })
        .where("request_id", "=", requestId)
        .execute();
    await answer(["It only quotes one"]);
    assert.ok((await codesOf(submitRequest(env, applicant, requestId))).includes("facts.differ"));
    await answer(keys.map(() => "It only quotes a contract"));
    await submitRequest(env, applicant, requestId);
    const submitted = await loadRequest(env.db, requestId);
    assert.equal(submitted.facts.seen.blocking, true);
    assert.deepEqual(kindsOf(submitted), ["unit-head", "legal-review", "signatory"]);
    const rule = (personId: string, key: string, ruling: "declared" | "document" = "declared") =>
      codesOf(
        ruleFact(env, personId, {
          requestId,
          key,
          ruling,
          reason: "It is a quotation",
          digest: submitted.row.digest ?? "",
        }),
      );
    assert.deepEqual(await rule(head, keys[0] ?? ""), ["facts.not-yours"]);
    await approve(requestId, head);
    assert.equal((await readDetail(env, lawyer, requestId)).maySettleFacts, true);
    assert.deepEqual(await codesOf(approve(requestId, lawyer)), ["facts.to-settle"]);
    assert.deepEqual(await rule(signatory, keys[0] ?? ""), ["facts.not-yours"]);
    assert.deepEqual(await rule(lawyer, "another"), ["facts.settled"]);
    for (const key of keys) assert.deepEqual(await rule(lawyer, key), []);
    assert.deepEqual(await rule(lawyer, keys[0] ?? "", "document"), ["facts.settled"]);
    await approve(requestId, lawyer);
    const asked = await loadRequest(env.db, requestId);
    const lines = await env.db
      .selectFrom("register_lines")
      .select("kind")
      .where("register", "=", "exceptions")
      .where("request_id", "=", requestId)
      .execute();
    assert.deepEqual(
      lines.map((line) => line.kind),
      keys.map(() => "fact-settled"),
    );
    await assert.rejects(
      env.db.updateTable("seal_use_requests").set({ facts_seen: null }).where("request_id", "=", requestId).execute(),
      /keeps the rules/,
    );
    await decideStep(env, signatory, {
      ...{ requestId, stepId: asked.steps.find((one) => one.state === "current")?.stepId ?? "", decision: "return" },
      ...{ comment: "Say which contract", digest: asked.row.digest ?? "", presence: null },
    });
    await submitRequest(env, applicant, requestId);
    const again = await loadRequest(env.db, requestId);
    // Only who may settle it is asked anew; nothing of what the head of unit agreed to changed.
    assert.deepEqual(
      again.steps.map(({ kind, state, again: why }) => [kind, state, why?.code ?? null]),
      [
        ["unit-head", "approved", null],
        ["legal-review", "current", "again.facts"],
        ["signatory", "waiting", null],
      ],
    );
    assert.deepEqual(await codesOf(approve(requestId, lawyer)), ["facts.to-settle"]);
    for (const key of keys)
      await ruleFact(env, lawyer, {
        ...{ requestId, key, ruling: "document", reason: "It is a contract", digest: again.row.digest ?? "" },
      });
    assert.deepEqual(await codesOf(approve(requestId, lawyer)), ["facts.document-right"]);
  });

  test("C01: a contract that states no sum waits for legal review, who says that there is none or sends it back for one", async () => {
    const { env } = place;
    const { head, lawyer } = crew.people;
    const open = makeTestPdf([
      "Supply contract",
      "between Lanxi Instruments Ltd and Beicheng Ltd.",
      "The seller delivers at least twenty thousand units in five years, as ordered by the buyer.",
      "Agreed on 30 November 2026. Signed for the buyer:",
    ]);
    const apply = async () => {
      const requestId = await applyInTest(env, crew, officialSeal, { pdf: open });
      await env.db.updateTable("seal_use_requests").set({ amount: null }).where("request_id", "=", requestId).execute();
      await submitRequest(env, crew.people.applicant, requestId);
      await approve(requestId, head);
      const { row, facts } = await loadRequest(env.db, requestId);
      const [found] = facts.seen.disagreements;
      assert.deepEqual([found?.fact, found?.declared, found?.read], ["amount", "", "unstated"]);
      assert.deepEqual(await codesOf(approve(requestId, lawyer)), ["facts.to-settle"]);
      return { requestId, key: found?.key ?? "", digest: row.digest ?? "" };
    };
    const first = await apply();
    await ruleFact(env, lawyer, { ...first, ruling: "declared", reason: "Each order states its own" });
    await approve(first.requestId, lawyer);
    const second = await apply();
    await ruleFact(env, lawyer, { ...second, ruling: "document", reason: "Twenty thousand units are worth something" });
    assert.deepEqual(await codesOf(approve(second.requestId, lawyer)), ["facts.document-right"]);
  });

  test("C07: of a contract between others nobody approves before legal review has settled whose seal it needs", async () => {
    const { env } = place;
    const { head, lawyer } = crew.people;
    const others = makeTestPdf([
      "Supply contract",
      "Buyer: Nearwater Equipment Ltd",
      "Seller: Beicheng Ltd",
      "The price is CNY 1,286,000.00, paid within thirty days of 30 November 2026.",
      "Signed for the buyer:",
    ]);
    const { row, facts } = await submit(others);
    const [found] = facts.seen.disagreements.filter(({ fact }) => fact === "entity");
    assert.equal(found?.read, "others Nearwater Equipment Ltd · Beicheng Ltd");
    assert.equal(found?.declared, "Lanxi Instruments");
    await approve(row.request_id, head);
    assert.deepEqual(await codesOf(approve(row.request_id, lawyer)), ["facts.to-settle"]);
    const ruling = { requestId: row.request_id, key: found?.key ?? "", digest: row.digest ?? "" };
    await ruleFact(env, lawyer, { ...ruling, ruling: "declared", reason: "We stand by as their agent" });
    await approve(row.request_id, lawyer);
    const lines = await env.db
      .selectFrom("register_lines")
      .select("kind")
      .where("register", "=", "exceptions")
      .where("request_id", "=", row.request_id)
      .execute();
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ["fact-settled"],
    );
    assert.deepEqual((await submit(testContract())).facts.seen.disagreements, []);
  });

  test("C01: an amount in the document that is larger than the declared one decides", async () => {
    const larger = await submit(
      makeTestPdf([
        "Supply contract",
        "between Lanxi Instruments Ltd and Beicheng Ltd.",
        "The price is CNY 9,286,000.00, paid within thirty days of 30 November 2026.",
        "Signed for the buyer:",
      ]),
    );
    assert.equal(larger.facts.seen.decisive.amountMinor, 928_600_000);
    // Who decides is shown it before what was declared, in his list as on the page.
    const { items } = await listSummaries(place.env, crew.people.head, { view: "waiting" });
    const listed = items.find(({ requestId }) => requestId === larger.row.request_id);
    assert.deepEqual(listed?.decidingAmount, { amount: "9286000.00", currency: "CNY" });
    assert.notEqual(listed?.amount, "9286000.00");
    const same = await submit(testContract());
    const shown = await readDetail(place.env, crew.people.head, same.row.request_id);
    assert.equal(shown.decidingAmount, null);
  });

  test("C05: a contract that names no party, no amount and no date is refused until each place is answered", async () => {
    const { env } = place;
    const pdf = makeTestPdf([
      "Supply contract",
      "The price of the gauges is paid by the buyer when they are accepted.",
    ]);
    const requestId = await applyInTest(env, crew, officialSeal, { pdf });
    assert.deepEqual(await codesOf(submitRequest(env, crew.people.applicant, requestId)), ["entry.unfinished"]);
    const { documents } = await loadRequest(env.db, requestId);
    assert.deepEqual(
      documents[0]?.unfinished.map(({ kind, answerable }) => [kind, answerable]),
      [
        ["missing-party", true],
        ["missing-amount", true],
        ["missing-date", true],
      ],
    );
    await env.db
      .updateTable("request_documents")
      .set({
        answers: JSON.stringify(
          documents[0]?.unfinished.map(({ placeId }) => ({ placeId, reason: "Stands in the framework agreement" })),
        ),
      })
      .where("request_id", "=", requestId)
      .execute();
    await submitRequest(env, crew.people.applicant, requestId);
  });

  test("an annex is not asked for what the contract beside it says", async () => {
    const { env } = place;
    const annex = makeTestPdf(["Annex A", "Twelve gauges of the usual kind, each with its case and its certificate."]);
    const requestId = await applyInTest(env, crew, officialSeal, {
      documents: [testContract(), annex].map((pdf) => ({ pdf, sealIds: [officialSeal] })),
    });
    await submitRequest(env, crew.people.applicant, requestId);
    const { facts } = await loadRequest(env.db, requestId);
    assert.deepEqual(facts.seen.disagreements, []);
    const notice = await submit(testNotice(), { documentClass: "other" });
    assert.deepEqual(notice.facts.seen.disagreements, []);
  });

  test("C01 C03: once a reviewer confirmed the declared amount, what only the larger one asked for falls away, and is told", async () => {
    const { env } = place;
    const { applicant, head, lawyer, signatory, stranger } = crew.people;
    await askAboveInTest(stranger);
    const request = await submit(dearContract);
    const { request_id: requestId, digest } = request.row;
    assert.deepEqual(kindsOf(request), ["unit-head", "legal-review", "named", "signatory"]);
    const [found] = request.facts.seen.disagreements;
    const ruling = { requestId, key: found?.key ?? "", ruling: "declared" as const, digest: digest ?? "" };
    const rule = (personId: string) =>
      codesOf(ruleFact(env, personId, { ...ruling, reason: "It is the buyer's budget" }));
    for (const personId of [applicant, head, signatory]) assert.deepEqual(await rule(personId), ["facts.not-yours"]);
    const named = request.steps.find(({ kind }) => kind === "named");
    // Without a ruling nobody takes a step away, whatever the application did.
    const drop = (stepId: string, by: string) =>
      env.db
        .updateTable("request_steps")
        .set({ state: "voided", dropped: JSON.stringify({ by, fact: "amount", reason: "x" }) })
        .where("step_id", "=", stepId)
        .execute();
    await assert.rejects(drop(named?.stepId ?? "", lawyer), /falls away by a ruling/);
    await approve(requestId, head);
    assert.deepEqual(await rule(lawyer), []);
    const after = await loadRequest(env.db, requestId);
    assert.deepEqual(kindsOf(after), ["unit-head", "legal-review", "signatory"]);
    assert.equal(after.row.digest, digest, "what was approved so far stands");
    const last = after.steps.find(({ kind }) => kind === "signatory");
    await assert.rejects(drop(last?.stepId ?? "", lawyer), /falls away by a ruling/);
    await approve(requestId, lawyer);
    const shown = await readDetail(env, signatory, requestId);
    assert.equal(shown.decidingAmount, null, "once it was settled what was declared decides");
    assert.deepEqual(
      shown.stepsDropped.map(({ kind, by, reason }) => [kind, by?.personId, reason]),
      [["named", lawyer, "It is the buyer's budget"]],
    );
    assert.equal(shown.routeStays, null);
    const told = shown.timeline.find(({ type }) => type === "SealUseRouteShortened");
    assert.deepEqual(
      [told?.comment, told?.facts.neededBefore, told?.facts.neededAfter],
      ["It is the buyer's budget", 4, 3],
    );
    await approve(requestId, signatory);
    assert.equal((await loadRequest(env.db, requestId)).row.state, "authorised");
  });

  test("C01 C20: several contracts in one application take the way of their sum, until a reviewer says that it is one", async () => {
    const { env } = place;
    const { applicant, head, lawyer, stranger } = crew.people;
    await askAboveInTest(stranger);
    const contracts = [1, 2, 3, 4].map((nr) => ({ pdf: testContract({}, `${nr} gauges`), sealIds: [officialSeal] }));
    const requestId = await applyInTest(env, crew, officialSeal, { documents: contracts });
    await submitRequest(env, applicant, requestId);
    const { row, facts, ...request } = await loadRequest(env.db, requestId);
    assert.equal(facts.seen.decisive.amountMinor, 514_400_000);
    assert.deepEqual(kindsOf(request), ["unit-head", "legal-review", "named", "signatory"]);
    const [sum, ...others] = facts.seen.disagreements;
    assert.deepEqual(others, []);
    assert.match(sum?.read ?? "", /^CNY 5,144,000\.00 = /);
    await approve(requestId, head);
    await ruleFact(env, lawyer, {
      ...{ requestId, key: sum?.key ?? "", ruling: "declared", reason: "Four copies of one", digest: row.digest ?? "" },
    });
    assert.deepEqual(kindsOf(await loadRequest(env.db, requestId)), ["unit-head", "legal-review", "signatory"]);
    await askAboveInTest(null);
  });

  test("C01 C03: a ruling ends with its round: after a return the stricter decides again, and is settled anew", async () => {
    const { env } = place;
    const { applicant, head, lawyer, stranger } = crew.people;
    await askAboveInTest(stranger);
    const request = await submit(dearContract);
    const { request_id: requestId, digest } = request.row;
    const settle = async (): Promise<void> => {
      const { row, facts } = await loadRequest(env.db, requestId);
      const key = facts.seen.disagreements[0]?.key ?? "";
      await ruleFact(env, lawyer, {
        ...{ requestId, key, ruling: "declared", reason: "It is the buyer's budget", digest: row.digest ?? "" },
      });
    };
    await approve(requestId, head);
    await settle();
    assert.deepEqual(kindsOf(await loadRequest(env.db, requestId)), ["unit-head", "legal-review", "signatory"]);
    const step = (await loadRequest(env.db, requestId)).steps.find((one) => one.state === "current");
    await decideStep(env, lawyer, {
      ...{ requestId, stepId: step?.stepId ?? "", decision: "return", comment: "Name the goods", digest: digest ?? "" },
      presence: {
        stepUpId: await presentInTest(env, lawyer, "return", requestId, digest ?? ""),
        method: "password",
      },
    });
    await submitRequest(env, applicant, requestId);
    const again = await loadRequest(env.db, requestId);
    assert.deepEqual(again.facts.rulings, []);
    assert.deepEqual(kindsOf(again), ["unit-head", "legal-review", "named", "signatory"]);
    await settle();
    assert.deepEqual(kindsOf(await loadRequest(env.db, requestId)), ["unit-head", "legal-review", "signatory"]);
  });

  test("C01: by the rules it was promised, and not where the document is right", async () => {
    const { env } = place;
    const { head, lawyer, signatory } = crew.people;
    const request = await submit(dearContract);
    const { request_id: requestId } = request.row;
    assert.deepEqual(kindsOf(request), ["unit-head", "legal-review", "named", "signatory"]);
    await askAboveInTest(null);
    await approve(requestId, head);
    const [found] = request.facts.seen.disagreements;
    const rule = (ruling: "declared" | "document") => {
      const input = {
        requestId,
        key: found?.key ?? "",
        ruling,
        reason: "It says so",
        digest: request.row.digest ?? "",
      };
      return ruleFact(env, lawyer, input);
    };
    await rule("document");
    assert.deepEqual(kindsOf(await loadRequest(env.db, requestId)), kindsOf(request));
    const other = await submit(dearContract);
    assert.deepEqual(kindsOf(other), ["unit-head", "legal-review", "signatory"], "rules of now");
    assert.equal((await readDetail(env, signatory, requestId)).routeStays, null);
  });

  test("C03: pages that are pictures are told to the applicant, keep the request until a reviewer read them, and stay with his name", async () => {
    const { env } = place;
    const [width, height] = [120, 168];
    const dots = Buffer.from(
      Array.from({ length: width * height }, (_, at) => (Math.floor(at / width) % 8 < 3 ? 30 : 250)),
    );
    const jpeg = await sharp(dots, { raw: { width, height, channels: 1 } })
      .toColourspace("srgb")
      .jpeg()
      .toBuffer();
    const loaded = await submit(makeTestScan([{ jpeg, width, height }]));
    const requestId = loaded.row.request_id;
    const shown = (await readDetail(env, crew.people.applicant, requestId)).facts;
    assert.deepEqual(
      shown.disagreements.map(({ fact, read, stricter, toSettle }) => [fact, read, stricter, toSettle]),
      [["unread", "1", "read", true]],
    );
    assert.equal(shown.decisive.template, "none");
    const settles = async () => {
      const { steps } = await loadRequest(env.db, requestId);
      return steps.find(({ state, kind }) => state === "current" && maySettleFacts(kind, steps));
    };
    for (;;) {
      const { steps } = await loadRequest(env.db, requestId);
      const current = steps.find(({ state }) => state === "current");
      assert.ok(current);
      if (await settles()) break;
      await approve(requestId, current.candidates.find((id) => Object.values(crew.people).includes(id)) ?? "");
    }
    const reader = (await settles())?.candidates.find((id) => Object.values(crew.people).includes(id)) ?? "";
    assert.deepEqual(await codesOf(approve(requestId, reader)), ["facts.to-settle"]);
    const [unread] = shown.disagreements;
    const digest = loaded.row.digest ?? "";
    const ruling = { requestId, key: unread?.key ?? "", ruling: "declared", reason: "Read all of it", digest } as const;
    await ruleFact(env, reader, ruling);
    await approve(requestId, reader);
    const exceptions = await env.db
      .selectFrom("register_lines")
      .select("kind")
      .where("request_id", "=", requestId)
      .where("kind", "=", "fact-settled")
      .execute();
    assert.deepEqual(exceptions, [], "the application was found right by the pages, not against them");
  });

  test("C03: a page that shows another sum than can be read is told with its place and kept until a reviewer read it, and one in another language as a letter", async () => {
    const { env } = place;
    const covered = "q 1 g 128 735 140 14 re f Q BT /F1 12 Tf 128 738 Td (CNY 1,280,000.00,) Tj ET";
    const lines = [
      "Supply contract",
      "between Lanxi Instruments Ltd and Beicheng Ltd.",
      "The seller delivers twelve gauges to the buyer.",
      "The price is CNY 9,860,000.00, paid by 30 November 2026.",
      "Signed for the buyer:",
    ];
    const loaded = await submit(makeTestPdf(lines, { drawn: covered }));
    const requestId = loaded.row.request_id;
    const { disagreements } = (await readDetail(env, crew.people.applicant, requestId)).facts;
    const [shown] = disagreements.filter(({ fact }) => fact === "shown");
    assert.deepEqual([shown?.read, shown?.page, shown?.toSettle], ["1 covered", 0, true]);
    assert.match(shown?.text ?? "", /9,860,000/u);
    assert.ok(shown && shown.box.x > 40 && shown.box.y > 30 && shown.box.y < 45, JSON.stringify(shown?.box));
    await approve(requestId, crew.people.head);
    const reader = (await loadRequest(env.db, requestId)).steps.find(({ state }) => state === "current");
    assert.ok(reader && maySettleFacts(reader.kind, loaded.steps), "legal review reads it");
    const lawyer = reader.candidates.find((id) => Object.values(crew.people).includes(id)) ?? "";
    assert.deepEqual(await codesOf(approve(requestId, lawyer)), ["facts.to-settle"]);

    const german = makeTestPdf([
      "Betreff: Ihre Bestellung",
      "Sehr geehrte Damen und Herren, wir haben die Ware erhalten und danken Ihnen",
      "für die schnelle Lieferung. Die Rechnung wird in den kommenden Tagen bezahlt.",
      "Mit freundlichen Grüßen, Lanxi Instruments Ltd",
    ]);
    const foreign = await submit(german, { documentClass: "official-letter" });
    const told = (await readDetail(env, crew.people.applicant, foreign.row.request_id)).facts.disagreements;
    assert.deepEqual(
      told.flatMap(({ fact, toSettle }) => (fact === "language" ? [toSettle] : [])),
      [true],
    );
  });
});
