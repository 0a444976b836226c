import assert from "node:assert/strict";
import { test } from "node:test";
import type { RouteAnswer } from "../../api.ts";
import { changeDraft, makeDraft } from "./draft.ts";
import { copyDraft, isSameBody, makeBody, readDraft } from "./draft-body.ts";
import { makeBlank, makeFile } from "./test-draft.ts";

type Detail = RouteAnswer<"GET /v1/seal-use-requests/:requestId">;
const seal = "seal_1";
const request = {
  entity: { entityId: "ent_1", name: { en: "Lanxi", zh: "澜汐" }, code: "LX" },
  title: "Supply contract",
  documentClass: "contract",
  external: true,
  counterparty: "Beicheng",
  counterpartyKind: "company",
  attachments: [{ kind: "board-resolution", evidenceId: "ev_1", name: "resolution.pdf" }],
  amount: "1286000.00",
  currency: "CNY",
  purpose: "Gauges",
  wantedBy: "2026-11-30",
  validUntil: null,
  handler: null,
  emergency: null,
  standing: null,
  questionAnswers: [{ key: "split", reason: "Two deliveries" }],
  facts: {
    disagreements: [
      { key: "k", answer: "It only quotes one" },
      { key: "l", answer: null },
    ],
  },
  documentList: [
    {
      ...makeFile("doc_1", { unfinished: [makeBlank("a", { answer: "In annex 2" }), makeBlank("b")] }),
      unchanged: true,
      placements: [{ placementId: "plc_1", sealId: seal, page: 1, xMm: 43, yMm: 190 }],
      sealed: null,
    },
  ],
} as unknown as Detail;

test("what was saved and is opened again says the same", () => {
  const body = makeBody(readDraft(request));
  assert.deepEqual(body.documents, [
    {
      documentId: "doc_1",
      placements: [{ sealId: seal, page: 1, xMm: 43, yMm: 190 }],
      answers: [{ placeId: "a", reason: "In annex 2" }],
    },
  ]);
  assert.deepEqual(body.factAnswers, [{ key: "k", reason: "It only quotes one" }]);
  assert.equal(body.amount, "1286000.00");
  assert.deepEqual(body.questionAnswers, [{ key: "split", reason: "Two deliveries" }]);
  assert.deepEqual(body.attachments, [{ kind: "board-resolution", evidenceId: "ev_1" }]);
  assert.equal(
    makeBody(changeDraft(readDraft(request), { type: "fact", change: { external: false } })).counterpartyKind,
    null,
  );
  assert.ok(isSameBody(body, makeBody(readDraft(request))));
});

test("what is typed is kept as the server takes it: trimmed, tenths of millimetres, no amount that is none", () => {
  let draft = changeDraft(readDraft(request), {
    type: "fact",
    change: { title: "  Supply contract ", amount: "1,286,000", wantedBy: "" },
  });
  draft = changeDraft(draft, { type: "move", key: "p0", to: { xMm: 43.04, yMm: 189.96 } });
  draft = changeDraft(draft, { type: "answer", documentId: "doc_1", placeId: "b", reason: "   " });
  const body = makeBody(draft);
  assert.equal(body.title, "Supply contract");
  assert.equal(body.amount, "1286000.00");
  assert.equal(body.wantedBy, null);
  assert.deepEqual(body.documents[0]?.placements, [{ sealId: seal, page: 1, xMm: 43, yMm: 190 }]);
  assert.equal(body.documents[0]?.answers.length, 1);
  assert.equal(makeBody(changeDraft(draft, { type: "fact", change: { amount: "about 5" } })).amount, null);
});

test("a reason for what may have none is never sent", () => {
  const file = makeFile("doc_1", { unfinished: [makeBlank("e", { kind: "empty-page", answerable: false })] });
  const draft = changeDraft(changeDraft(makeDraft(), { type: "add-document", file }), {
    type: "answer",
    documentId: "doc_1",
    placeId: "e",
    reason: "on purpose",
  });
  assert.deepEqual(makeBody(draft).documents[0]?.answers, []);
});

test("used again, a request asks for the same but for its documents, papers, days and answers", () => {
  const copy = makeBody(copyDraft({ ...request, validUntil: "2026-12-31" }));
  assert.equal(copy.wantedBy, null);
  assert.equal(copy.validUntil, null);
  assert.deepEqual(
    [copy.documents, copy.attachments, copy.questionAnswers, copy.factAnswers, copy.emergency],
    [[], [], [], [], null],
  );
  assert.deepEqual([copy.title, copy.counterparty, copy.amount], ["Supply contract", "Beicheng", "1286000.00"]);
});

test("both sides of a joint request are drawn on one paper, and saved as one draft", () => {
  const otherSide = {
    ...{ entity: { entityId: "ent_2", name: { en: "Works", zh: "厂" }, code: "LP" }, number: null },
    ...{ unit: { unitId: "unit_2", name: { en: "Plant", zh: "厂办" } }, readers: ["per_2"] },
    placements: [
      { documentId: "doc_1", placements: [{ placementId: "plc_2", sealId: "seal_2", page: 1, xMm: 120, yMm: 190 }] },
    ],
  };
  const joint = { ...request, number: null, otherSide } as unknown as Detail;
  const draft = readDraft(joint);
  assert.deepEqual(
    draft.documents[0]?.placed.map(({ key, sealId }) => [key, sealId]),
    [
      ["p0", seal],
      ["p1", "seal_2"],
    ],
  );
  const body = makeBody(draft);
  assert.deepEqual(body.joint, { entityId: "ent_2", unitId: "unit_2" });
  assert.equal(body.documents[0]?.placements?.length, 2);
  assert.equal(draft.facts.jointFixed, false);
  const submitted = { ...joint, otherSide: { ...otherSide, number: "LP-2026-0001" } } as unknown as Detail;
  assert.equal(readDraft(submitted).facts.jointFixed, true, "whose the other side is stays, once either has a number");
  assert.deepEqual(copyDraft(submitted).facts.joint, { entityId: "ent_2", unitId: "unit_2" });
});
