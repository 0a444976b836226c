import assert from "node:assert/strict";
import { test } from "node:test";
import {
  APPLICATION_FIELDS,
  type ApplicationFacts,
  applicationFieldNames,
  lastDayOfValidity,
  listApplicationRefusals,
  listMissingFields,
} from "./application.ts";
import { describe } from "./messages.ts";

const whole: ApplicationFacts = {
  title: "Supply contract",
  purpose: "Gauges",
  documentClass: "contract",
  external: true,
  counterparty: "Beicheng",
  entityId: "ent",
  impressions: [1, 2],
  sealEntities: ["ent", "ent"],
  validUntil: "2026-12-31",
  today: "2026-11-24",
};

test("what an application leaves open is named, each for itself and all at once", () => {
  const flips: Readonly<Record<(typeof APPLICATION_FIELDS)[number], Partial<ApplicationFacts>>> = {
    title: { title: " \t" },
    documentClass: { documentClass: null },
    purpose: { purpose: "" },
    documents: { impressions: [] },
    placements: { impressions: [1, 0] },
    counterparty: { counterparty: " " },
    entity: { entityId: null },
  };
  assert.deepEqual(listMissingFields(whole), []);
  for (const field of APPLICATION_FIELDS) assert.deepEqual(listMissingFields({ ...whole, ...flips[field] }), [field]);
  const all = Object.assign({}, whole, ...Object.values(flips)) as ApplicationFacts;
  assert.deepEqual(
    listMissingFields(all),
    [...APPLICATION_FIELDS].filter((field) => field !== "documents"),
  );
  assert.deepEqual(
    listMissingFields({ ...whole, external: false, counterparty: "" }),
    [],
    "inside nobody stands opposite",
  );
});

test("the fields are named in the reader's language", () => {
  const { sentence } = describe("entry.incomplete", { missing: "title counterparty" });
  assert.equal(sentence.en, "The application is not complete: title, counterparty.");
  assert.equal(sentence.zh, "申请内容不完整：标题、相对方。");
  for (const field of APPLICATION_FIELDS)
    assert.ok(applicationFieldNames[field].en !== "" && applicationFieldNames[field].zh !== "");
});

test("C02: a request is not valid beyond the year's end, nor from a day that is over; the last day itself counts", () => {
  const asked = (validUntil: string | null) =>
    listApplicationRefusals({ ...whole, validUntil }).map((refusal) => refusal.code);
  assert.deepEqual(asked(null), []);
  assert.deepEqual(asked("2026-11-24"), []);
  assert.deepEqual(asked("2026-12-31"), []);
  assert.deepEqual(asked("2026-11-23"), ["entry.valid-until-past"]);
  assert.deepEqual(asked("2027-01-01"), ["entry.valid-until-next-year"]);
  assert.equal(lastDayOfValidity(null, "2026-11-24"), "2026-12-31");
  assert.equal(lastDayOfValidity("2026-11-30", "2026-11-24"), "2026-11-30");
});

test("C07: seals of two entities never stand on one request", () => {
  const asked = (sealEntities: string[]) =>
    listApplicationRefusals({ ...whole, sealEntities }).map((refusal) => refusal.code);
  assert.deepEqual(asked([]), []);
  assert.deepEqual(asked(["ent", "other"]), ["entry.seals-of-two-entities"]);
  assert.deepEqual(asked(["other"]), ["entry.seals-of-two-entities"]);
});
