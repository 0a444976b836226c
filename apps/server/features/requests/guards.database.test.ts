import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { applyInTest, approveInTest, walkToReserved } from "../../platform/test-walk.ts";
import { changeRulesInTest } from "../rules/test-rules.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { sealingPorts } from "../sealing/test-sealing.ts";
import { saveDraft } from "./draft-service.ts";
import { loadRequest } from "./load-request.ts";
import { submitRequest, withdrawRequest } from "./submit-service.ts";

// What somebody can do who speaks with the password of the application's role, past every rule of the product.
let on: TestEnvironment;
let crew: TestCrew;
let sealId: string;
before(async () => {
  on = await createTestEnvironment();
  crew = await createTestCrew(on.env);
  sealId = await crew.registerSeal("contract", "LX-02");
});
after(() => on.close());

/** Each statement, with `$` for the request, is refused by the database. */
async function assertRefused(id: string, statements: Readonly<Record<string, RegExp>>): Promise<void> {
  for (const [statement, reason] of Object.entries(statements))
    await assert.rejects(sql.raw(statement.replaceAll("$", `'${id}'`)).execute(on.env.db), reason, statement);
}

async function walkToAuthorised(): Promise<string> {
  const requestId = await applyInTest(on.env, crew, sealId);
  await submitRequest(on.env, crew.people.applicant, requestId);
  await approveInTest(on.env, crew, requestId);
  return requestId;
}

const otherDigest = `sha256:${"0".repeat(64)}`;

test("C09: a number that was given is neither taken away nor changed, nor is its request a draft again", async () => {
  const requestId = await walkToAuthorised();
  await assertRefused(requestId, {
    "update seal_use_requests set number = null where request_id = $": /a number that was given stays/,
    "update seal_use_requests set number = 'LX-1' where request_id = $": /a number that was given stays/,
    "update seal_use_requests set state = 'draft' where request_id = $": /never a draft again/,
    "update seal_use_requests set applicant_id = handler_id, round = 0 where request_id = $":
      /null value|stays with a number/,
    [`update seal_use_requests set applicant_id = '${crew.people.stranger}' where request_id = $`]:
      /stays with a number/,
    "delete from seal_use_requests where request_id = $": /never deleted/,
  });
});

test("C17: what was approved changes by submitting again alone: digest, fields and documents", async () => {
  const requestId = await walkToAuthorised();
  await assertRefused(requestId, {
    [`update seal_use_requests set digest = '${otherDigest}' where request_id = $`]: /by submitting again alone/,
    [`update seal_use_requests set state = 'returned', digest = '${otherDigest}' where request_id = $`]:
      /by submitting again alone/,
    "update seal_use_requests set amount = 1 where request_id = $": /while it is edited alone/,
    "update request_documents set placements = '[]' where request_id = $": /while their request is edited alone/,
    "insert into request_documents select request_id, 'doc_x', 9, placements, answers from request_documents where request_id = $":
      /while their request is edited alone/,
    "delete from request_documents where request_id = $": /while their request is edited alone/,
    [`update documents set digest = '${otherDigest}'`]: /permission denied/,
    "delete from documents": /permission denied/,
  });
});

test("C02: a decision stays: who, when and what; no step goes, comes back from void or is added afterwards", async () => {
  const requestId = await walkToAuthorised();
  await assertRefused(requestId, {
    [`update request_steps set decided_by = '${crew.people.stranger}' where request_id = $`]:
      /a decision that was taken/,
    "update request_steps set decided_at = now() where request_id = $": /a decision that was taken/,
    "update request_steps set state = 'waiting' where request_id = $": /a decision that was taken/,
    "update request_steps set decided_by = null, state = 'voided' where request_id = $": /a decision that was taken/,
    "delete from request_steps where request_id = $": /permission denied/,
    "insert into request_steps select 'step_x', request_id, round, 9, kind, 'current', candidates, rule from request_steps where request_id = $ limit 1":
      /no further step/,
    "insert into request_steps select 'step_x', request_id, round, 9, kind, 'approved', candidates, rule from request_steps where request_id = $ limit 1":
      /begins undecided/,
  });
  await withdrawRequest(on.env, crew.people.applicant, requestId, "");
  await assertRefused(requestId, {
    "update request_steps set state = 'approved' where request_id = $": /a void step stays/,
  });
});

test("C09: a sealed file stays with its request, and a registered request as it is", async () => {
  const requestId = await walkToReserved(on.env, crew, sealId);
  await runSealJob(on.env, sealingPorts(on), requestId);
  assert.equal((await loadRequest(on.env.db, requestId)).row.state, "registered");
  await assertRefused(requestId, {
    "update request_documents set sealed_digest = null where request_id = $": /a sealed document stays/,
    "update request_documents set sealed_digest = (select min(digest) from files where digest <> sealed_digest) where request_id = $":
      /a sealed document stays/,
    "update request_documents set position = 7 where request_id = $": /a sealed document stays/,
    "delete from request_documents where request_id = $": /a sealed document stays with its request/,
    "update seal_use_requests set state = 'withdrawn' where request_id = $": /a request that is over/,
    "update seal_use_requests set released_by = null where request_id = $": /a request that is over/,
    "update seal_use_requests set number = null where request_id = $": /a request that is over/,
    "delete from request_steps where request_id = $": /permission denied/,
    [`update request_steps set decided_by = '${crew.people.stranger}' where request_id = $`]:
      /a decision that was taken/,
  });
});

test("C24: a seal's key is destroyed or stays; a new one only takes the place of a destroyed one", async () => {
  const own = await crew.registerSeal("department", "LX-31");
  await assertRefused(own, {
    "delete from seal_keys where seal_id = $": /permission denied/,
    "update seal_keys set encrypted_key = 'x' where seal_id = $": /stays or is destroyed/,
    "update seal_keys set public_key = 'x' where seal_id = $": /stays or is destroyed/,
    "update seal_keys set encrypted_key = null where seal_id = $": /stays or is destroyed/,
    "update seal_keys set encrypted_key = null, destroyed_at = now(), public_key = 'x' where seal_id = $":
      /stays or is destroyed/,
    "update seal_keys set seal_id = 'seal_x' where seal_id = $": /stays with its seal/,
    "delete from authority_keys": /permission denied/,
  });
  const { db } = on.env;
  await db
    .updateTable("seal_keys")
    .set({ encrypted_key: null, destroyed_at: new Date() })
    .where("seal_id", "=", own)
    .execute();
  await db
    .updateTable("seal_keys")
    .set({ encrypted_key: Buffer.from("new"), public_key: Buffer.from("new"), destroyed_at: null })
    .where("seal_id", "=", own)
    .execute();
});

test("C09: the product's own way stays open: withdraw, change and submit again under the same number", async () => {
  const requestId = await walkToAuthorised();
  const first = await loadRequest(on.env.db, requestId);
  await withdrawRequest(on.env, crew.people.applicant, requestId, "");
  const { row, documents } = await loadRequest(on.env.db, requestId);
  await saveDraft(on.env, crew.people.applicant, requestId, {
    title: "Supply contract, changed",
    documentClass: row.document_class,
    external: row.external,
    counterparty: row.counterparty,
    amount: row.amount,
    currency: row.currency,
    purpose: row.purpose,
    wantedBy: null,
    validUntil: null,
    entityId: row.entity_id,
    handlerId: null,
    documents: documents.map((one) => ({
      documentId: one.documentId,
      placements: one.placements.map(({ sealId: seal, page, xMm, yMm }) => ({ sealId: seal, page, xMm, yMm })),
      answers: [],
    })),
    version: row.version,
  });
  const { number } = await submitRequest(on.env, crew.people.applicant, requestId);
  const second = await loadRequest(on.env.db, requestId);
  assert.equal(number, first.row.number);
  assert.notEqual(second.row.digest, first.row.digest);
});

test("C11: whom the rules name in a step stays, and so does the profile an organisation was set up with", async () => {
  await changeRulesInTest(on.env, crew, ({ route, ...rules }) => {
    const [first] = route.rows;
    assert.ok(first);
    const output = { ...first.output, decider: "named" as const, stage: 5, people: [crew.people.stranger] };
    const named = { ...first, rowId: "board", cells: {}, output: { ...output, title: { en: "Board", zh: "董事会" } } };
    return { ...rules, route: { ...route, rows: [...route.rows, named] } };
  });
  const requestId = await applyInTest(on.env, crew, sealId);
  await submitRequest(on.env, crew.people.applicant, requestId);
  const { keeper, applicant } = crew.people;
  await assertRefused(requestId, {
    [`update request_steps set candidates = '{${keeper}}' where request_id = $ and kind = 'named'`]:
      /name in a step stays/,
    [`update request_steps set candidates = candidates || '{${applicant}}' where request_id = $ and kind = 'named'`]:
      /name in a step stays/,
    "update installation set profile = 'small' where $ is not null": /began with stay/,
    "update installation set starter_set = 'small-company' where $ is not null": /began with stay/,
    "update installation set state = 'empty', profile = 'small' where $ is not null": /began with stay/,
    "update installation set organisation_id = null where $ is not null": /began with stay/,
  });
});
