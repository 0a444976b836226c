import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { countForms, LEDGER_EVENT_TYPES } from "@chancery/domain";
import { sql } from "kysely";
import pg from "pg";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { addMatterEvidence, submitMatter } from "../matters/ask-matter.ts";
import { confirmMatter } from "../matters/decide-matter.ts";
import { readMatterDetail } from "../matters/read-model.ts";
import { getMatter } from "../matters/store.ts";
import { approveMatterInTest, askMatterInTest, presentForMatterInTest } from "../matters/test-matters.ts";
import { giveGrant } from "../organisation/grants.ts";
import { countStock, decideStockCount } from "./count-forms.ts";
import { tellUnfitFormKeepers } from "./keeper-ticks.ts";
import { issueForms, receiveForms, returnForms, useForms, voidForms } from "./move-forms.ts";
import { readHoldings } from "./post-forms.ts";
import { listSeries, readSeries } from "./read-model.ts";
import { changeSeries, openSeries } from "./series.ts";
import { issueInTest, makeFormKeeperInTest, openSeriesInTest, photoInTest } from "./test-forms.ts";

let place: TestEnvironment;
let env: Environment;
let crew: TestCrew;
let finance: string;
let people: TestCrew["people"];
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  people = crew.people;
  finance = await crew.registerSeal("finance", "LX-03");
  await makeFormKeeperInTest(env, {
    actorId: people.sealAdministrator,
    entityId: crew.entityId,
    personId: people.stranger,
  });
});
after(() => place.close());

const refused = (code: string) => (error: unknown) =>
  error instanceof ProblemError && error.refusals.some((one) => one.code === code);
const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;
let series = 0;
const keeper = (): string => people.stranger;
async function open(): Promise<string> {
  series += 1;
  return openSeriesInTest(env, {
    ...{ entityId: crew.entityId, administratorId: people.sealAdministrator, keeperId: keeper() },
    ...{ sealId: finance, prefix: `T${series}-` },
  });
}
const counts = async (seriesId: string) => countForms(await readHoldings(env.db, seriesId));
const lines = async (seriesId: string) =>
  (
    await env.db
      .selectFrom("register_lines")
      .select(["kind", "facts"])
      .where("register", "=", "controlled-forms")
      .orderBy("running")
      .execute()
  ).filter((row) => row.facts.seriesId === seriesId);

test("C24 every number goes its way, each act with a posting and a line, and the sums agree", async () => {
  const seriesId = await open();
  await issueInTest(env, { seriesId, keeperId: keeper(), toId: people.applicant, numbers: "21-40" });
  await useForms(env, people.applicant, { seriesId, numbers: "21-25", requestId: null, reason: "Cash at the gate" });
  await voidForms(env, people.applicant, {
    ...{ seriesId, numbers: "26", reason: "Spoiled", evidenceId: await photoInTest(env, people.applicant) },
  });
  await returnForms(env, keeper(), { seriesId, numbers: "31-40" });
  assert.deepEqual(await counts(seriesId), {
    ...{ "in-stock": 90, issued: 4, used: 5, voided: 1, missing: 0, destroyed: 0 },
  });
  assert.deepEqual(
    (await lines(seriesId)).map((line) => line.kind),
    ["opened", "received", "issued", "acknowledged", "used", "voided", "returned"],
  );
  const seen = await readSeries(env, people.applicant, seriesId, {});
  assert.equal(seen.whole, false);
  assert.deepEqual(
    seen.ranges.map((range) => [range.written, range.state]),
    [
      [`T${series}-00021–T${series}-00025`, "used"],
      [`T${series}-00026`, "voided"],
      [`T${series}-00027–T${series}-00030`, "issued"],
    ],
  );
  await assert.rejects(readSeries(env, people.lawyer, seriesId, {}), problem("subject.not-found"));
  const [whole] = (await listSeries(env, people.inspector)).items.filter((one) => one.seriesId === seriesId);
  assert.deepEqual([whole?.counts["in-stock"], whole?.low, whole?.keeperFit], [90, false, true]);
});

test("C24 forms are used by whoever confirmed to have them, with a reason or a seal use of his own", async () => {
  const seriesId = await open();
  await issueForms(env, keeper(), { seriesId, numbers: "1-5", toId: people.applicant, purpose: "Deposits" });
  const use = (personId: string, reason: string, requestId: string | null = null) =>
    useForms(env, personId, { seriesId, numbers: "1", requestId, reason });
  await assert.rejects(use(people.applicant, "Cash"), refused("forms.receipt-missing"));
  await assert.rejects(use(people.inspector, "Cash"), refused("forms.other-hand"));
  await assert.rejects(use(people.head, "Cash"), problem("subject.not-found"));
  await assert.rejects(use(people.applicant, ""), refused("forms.use-unexplained"));
  const strange = "req_00000000-0000-7000-8000-000000000000";
  await assert.rejects(use(people.applicant, "", strange), refused("forms.request-unfit"));
  await assert.rejects(
    voidForms(env, people.applicant, { seriesId, numbers: "2", reason: "Spoiled", evidenceId: null }),
    refused("forms.photo-missing"),
  );
  const evidenceId = await photoInTest(env, people.applicant);
  await assert.rejects(
    voidForms(env, people.applicant, { seriesId, numbers: "50", reason: "Spoiled", evidenceId }),
    refused("forms.not-keeper"),
  );
  await assert.rejects(returnForms(env, people.applicant, { seriesId, numbers: "1" }), refused("forms.not-keeper"));
  await assert.rejects(
    issueForms(env, keeper(), { seriesId, numbers: "5-6", toId: people.head, purpose: "x" }),
    refused("forms.elsewhere"),
  );
  assert.equal((await counts(seriesId)).issued, 5);
});

test("C05 a stock-take finds what is missing: a finding, a task, and back when it turns up", async () => {
  const seriesId = await open();
  const { countId } = await countStock(env, keeper(), { seriesId, numbers: "1-49, 51-100" });
  assert.equal((await counts(seriesId)).missing, 0, "nothing changes before the second person");
  await assert.rejects(countStock(env, keeper(), { seriesId, numbers: "1-100" }), refused("forms.count-open"));
  const decide = (personId: string, which = countId, numbers = "1-49, 51-100") =>
    decideStockCount(env, personId, { seriesId, countId: which, numbers, note: "" });
  const shown = async (personId: string) => (await readSeries(env, personId, seriesId, {})).stockTakes[0];
  const [blind, own] = [await shown(people.inspector), await shown(keeper())];
  assert.deepEqual([blind?.mayDecide, blind?.total, blind?.counted, blind?.missing], [true, null, "", ""]);
  assert.deepEqual([own?.mayDecide, own?.total], [false, 99]);
  await assert.rejects(decide(keeper()), refused("forms.count-own"));
  await assert.rejects(decide(people.applicant), problem("subject.not-found"));
  await decide(people.inspector);
  assert.equal((await counts(seriesId)).missing, 1);
  const found = () =>
    env.db
      .selectFrom("findings")
      .select(["control", "source", "facts"])
      .where("subject_key", "=", `${seriesId} 50 50`)
      .execute();
  assert.deepEqual(
    (await found()).map((one) => [one.control, one.source, one.facts.range]),
    [["C05", "forms.missing", `T${series}-00050`]],
  );
  const task = () =>
    env.db.selectFrom("tasks").select("state").where("subject_key", "=", `${seriesId} 50 50`).execute();
  assert.deepEqual(await task(), [{ state: "open" }]);
  await assert.rejects(decide(people.inspector), problem("subject.changed-meanwhile"));
  await assert.rejects(countStock(env, keeper(), { seriesId, numbers: "1-101" }), refused("forms.count-unknown"));
  const second = await countStock(env, keeper(), { seriesId, numbers: "1-100" });
  assert.deepEqual(await decide(people.inspector, second.countId, "1-100"), { agrees: true });
  assert.deepEqual([(await counts(seriesId)).missing, await task()], [0, [{ state: "done" }]]);
});

test("C05 C24 forms that came back and were voided are counted until they are destroyed; a sheet that is not there shows", async () => {
  const seriesId = await open();
  await issueInTest(env, { seriesId, keeperId: keeper(), toId: people.applicant, numbers: "1-4" });
  await returnForms(env, keeper(), { seriesId, numbers: "1-2" });
  const evidenceId = await photoInTest(env, keeper());
  await voidForms(env, keeper(), { seriesId, numbers: "1-3", reason: "Spoilt", evidenceId });
  assert.deepEqual(await counts(seriesId), {
    ...{ "in-stock": 96, issued: 1, used: 0, voided: 3, missing: 0, destroyed: 0 },
  });
  const take = async (numbers: string): Promise<void> => {
    const { countId } = await countStock(env, keeper(), { seriesId, numbers });
    await decideStockCount(env, people.inspector, { seriesId, countId, numbers, note: "" });
  };
  const tasks = async () =>
    (
      await env.db
        .selectFrom("tasks")
        .select(["kind", "state"])
        .where("subject_key", "like", `${seriesId} %`)
        .orderBy("task_id")
        .execute()
    ).map((row) => `${row.kind} ${row.state}`);
  const shown = async () => (await readSeries(env, keeper(), seriesId, {})).stockTakes.map((one) => one.voidedMissing);
  await take("1-2, 5-100");
  assert.deepEqual(await tasks(), ["account-for-voided-forms open"]);
  assert.deepEqual(await shown(), [`T${series}-00003`]);
  assert.equal((await counts(seriesId)).voided, 3, "void it stays");
  const findings = await env.db
    .selectFrom("findings")
    .select("source")
    .where("subject_key", "=", `${seriesId} 3 3`)
    .execute();
  assert.deepEqual(findings, [{ source: "forms.voided-missing" }]);
  await take("1-3, 5-100");
  assert.deepEqual(await tasks(), ["account-for-voided-forms done"]);

  await destroy(seriesId, 1, 3);
  await take("5-99");
  assert.equal((await counts(seriesId)).missing, 1, "the destroyed are not looked for, the blank one is");
  // Declared void while it is missing, it has no sheet to be counted.
  await voidForms(env, keeper(), {
    seriesId,
    numbers: "100",
    reason: "Notice",
    evidenceId: await photoInTest(env, keeper()),
  });
  await take("5-99");
  assert.deepEqual((await shown()).toSorted(), ["", "", "", `T${series}-00003`].toSorted());
  assert.deepEqual(await tasks(), ["account-for-voided-forms done", "account-for-forms done"]);
});

test("C24 a count that numbers contradict since is not confirmed; numbers that came since are not missing", async () => {
  const seriesId = await open();
  const { countId } = await countStock(env, keeper(), { seriesId, numbers: "1-90" });
  const more = { from: "Printer", receivedOn: "2026-11-03", evidenceId: null };
  await receiveForms(env, keeper(), { seriesId, numbers: "101-110", count: 10, ...more });
  await issueForms(env, keeper(), { seriesId, numbers: "95", toId: people.applicant, purpose: "x" });
  const decide = (numbers: string | null) =>
    decideStockCount(env, people.inspector, { seriesId, countId, numbers, note: "See above" });
  await assert.rejects(decide("1-90"), refused("forms.count-stale"));
  assert.deepEqual(await decide(null), { agrees: false });
  assert.equal((await counts(seriesId)).missing, 0);
});

test("C05 where the second count differs from the first nothing changes, and a finding says what about", async () => {
  const seriesId = await open();
  const { countId } = await countStock(env, keeper(), { seriesId, numbers: "1-90" });
  const decided = await decideStockCount(env, people.inspector, { seriesId, countId, numbers: "1-88, 95", note: "" });
  assert.deepEqual(decided, { agrees: false });
  assert.equal((await counts(seriesId)).missing, 0);
  const findings = await env.db
    .selectFrom("findings")
    .select(["source", "facts"])
    .where("subject_key", "=", countId)
    .execute();
  const number = (at: number) => `T${series}-000${at}`;
  assert.deepEqual(
    findings.map((one) => [one.source, one.facts.range]),
    [["forms.counts-differ", `${number(89)}–${number(90)}, ${number(95)}`]],
  );
  const [shown] = (await readSeries(env, keeper(), seriesId, {})).stockTakes;
  assert.deepEqual(
    [shown?.counted, shown?.second],
    [
      `T${series}-00001–${number(90)}`,
      {
        counted: `T${series}-00001–${number(88)}, ${number(95)}`,
        total: 89,
        differing: `${number(89)}–${number(90)}, ${number(95)}`,
      },
    ],
    "both counts are told once the second is given",
  );
  const again = await countStock(env, keeper(), { seriesId, numbers: "1-100" });
  assert.notEqual(again.countId, countId, "it is counted anew");
});

test("C11 who keeps forms keeps no seal that makes them valid, whichever comes first", async () => {
  const seriesId = await open();
  const input = {
    kind: "cheque" as const,
    ...{ entityId: crew.entityId, name: { en: "Cheques", zh: "支票" }, prefix: "Q", digits: 6 },
    ...{ sealId: finance, lowMark: 0 },
  };
  const openAs = (keeperId: string) => openSeries(env, people.sealAdministrator, { ...input, keeperId });
  await assert.rejects(openAs(people.custodian), refused("forms.keeper-holds-seal"));
  await assert.rejects(openAs(people.lawyer), refused("forms.keeper-without-role"));
  await assert.rejects(openSeries(env, people.lawyer, { ...input, keeperId: keeper() }), problem("subject.not-found"));
  // His role ends while he is still named: now the matrix would let him hold the seal, the forms do not.
  await env.db.updateTable("grants").set({ state: "ended" }).where("person_id", "=", keeper()).execute();
  const custody = { actorId: people.sealAdministrator, personId: keeper(), role: "custodian" } as const;
  await assert.rejects(
    transact(env.db, (tx) => giveGrant(tx, env, { ...custody, scope: { kind: "seal", id: finance } })),
    refused("forms.keeper-holds-seal"),
  );
  await tellUnfitFormKeepers(env);
  await tellUnfitFormKeepers(env);
  const found = await env.db.selectFrom("findings").select("source").where("subject_key", "=", seriesId).execute();
  assert.deepEqual(found, [{ source: "forms.keeper" }]);
  await env.db.updateTable("grants").set({ state: "given" }).where("person_id", "=", keeper()).execute();
  const change = { name: { en: "Receipts", zh: "收据" }, sealId: finance, lowMark: 95 };
  await assert.rejects(
    changeSeries(env, people.sealAdministrator, seriesId, { ...change, keeperId: people.custodian }),
    refused("forms.keeper-holds-seal"),
  );
  await changeSeries(env, people.sealAdministrator, seriesId, { ...change, keeperId: people.keeper });
  await assert.rejects(returnForms(env, keeper(), { seriesId, numbers: "1" }), refused("forms.not-keeper"));
});

test("C24 forms are destroyed by two, neither of whom asked for it, after a signatory's approval", async () => {
  const seriesId = await open();
  const ask = async (executors: string[]) => {
    const data = { seriesId, first: 1, last: 10, executors, method: "Shredded" };
    return askMatterInTest(env, crew, { kind: "destroy-forms", data });
  };
  const wrong = await ask([people.sealAdministrator, people.head]);
  await assert.rejects(submitMatter(env, people.sealAdministrator, wrong), refused("forms.executors-meet"));
  assert.equal((await counts(seriesId)).destroyed, 0);
  await destroy(seriesId, 1, 10);
  assert.equal((await counts(seriesId)).destroyed, 10);
  assert.equal((await lines(seriesId)).at(-1)?.kind, "destroyed");
});

async function destroy(seriesId: string, first: number, last: number): Promise<void> {
  const data = { seriesId, first, last, executors: [people.head, people.lawyer], method: "Shredded" };
  const matterId = await askMatterInTest(env, crew, { kind: "destroy-forms", data });
  await submitMatter(env, people.sealAdministrator, matterId);
  const { forms } = await readMatterDetail(env, people.head, matterId);
  assert.match(
    forms?.written ?? "",
    /^T\d+-0*\d+/,
    "who carries it out sees no series, and reads the numbers as printed",
  );
  const before = (await counts(seriesId)).destroyed;
  assert.equal(await approveMatterInTest(env, matterId, people.signatory), "approved");
  for (const slot of ["before", "after"]) {
    const evidenceId = await photoInTest(env, people.sealAdministrator);
    await addMatterEvidence(env, people.sealAdministrator, { matterId, slot, evidenceId });
  }
  const digest = (await getMatter(env.db, matterId)).digest ?? "";
  for (const personId of [people.head, people.lawyer]) {
    assert.equal((await counts(seriesId)).destroyed, before);
    const presence = await presentForMatterInTest(env, personId, "matter-confirm", matterId, digest);
    await confirmMatter(env, personId, { matterId, part: "executor", digest, facts: {}, presence });
  }
}

test("the ledger tells every act on forms, and nothing of what people wrote about them", async () => {
  await place.ledger.drain();
  const entries = await env.db.selectFrom("ledger_entries").select("body").execute();
  const bodies = entries.map((row) => row.body.toString());
  const types = new Set(bodies.map((body) => JSON.parse(body).type));
  for (const type of LEDGER_EVENT_TYPES.filter((one) => one.startsWith("Form"))) assert.ok(types.has(type), type);
  for (const words of ["Receipts", "收据", "Deposits", "Cash", "Spoiled", "Printer", "Shredded", "See above"])
    for (const body of bodies) assert.ok(!body.includes(words), `${words} occurs in ${body}`);
});

test("C24 the database keeps no number in two states, loses none, and rewrites nothing of what was done", async () => {
  const seriesId = await open();
  const client = new pg.Client(place.handover.connections.app);
  await client.connect();
  const isRefused = (statement: string, code: string) =>
    assert.rejects(client.query(statement), (error) => error instanceof pg.DatabaseError && error.code === code);
  try {
    const holding = `select series_id, series_nr, 50, 60, 'in-stock', null, posting_id, since from form_holdings where series_id = '${seriesId}'`;
    const insert =
      "insert into form_holdings (series_id, series_nr, first_no, last_no, state, holder_id, posting_id, since)";
    await isRefused(`${insert} ${holding}`, "23P01");
    await isRefused(`${insert} ${holding.replace("50, 60", "500, 600")}`, "42501");
    await isRefused(`${insert} ${holding.replace("series_nr", "series_nr + 1")}`, "42501");
    await isRefused(`update form_holdings set until = since + 1 where series_id = '${seriesId}'`, "42501");
    await isRefused(`update form_holdings set state = 'used' where series_id = '${seriesId}'`, "42501");
    await isRefused(`update form_postings set last_no = 99 where series_id = '${seriesId}'`, "42501");
    await isRefused(`delete from form_postings where series_id = '${seriesId}'`, "42501");
    await isRefused(`update form_series set prefix = 'X' where series_id = '${seriesId}'`, "42501");
  } finally {
    await client.end();
  }
});

test("C24 the database moves numbers by a posting of their own, destroys by an approved matter, and lets no keeper decide", async () => {
  const seriesId = await open();
  const attempt = async (reason: RegExp, ...statements: string[]) =>
    assert.rejects(
      transact(env.db, async (tx) => {
        for (const statement of statements) await sql.raw(statement.replaceAll("$", `'${seriesId}'`)).execute(tx);
      }),
      reason,
      statements.join("; "),
    );
  const post = (act: string, more = "null, null") =>
    `insert into form_postings (posting_id, series_id, act, first_no, last_no, words, at, event_id, person_id, matter_id) select 'fpo_x', $, '${act}', 1, 10, '', now(), event_id, ${more} from form_series where series_id = $`;
  const issue = post("issue", `'${people.head}', null`);
  const end =
    "update form_holdings set until = (select nr from form_postings where posting_id = 'fpo_x') where series_id = $ and until is null";
  const hold = (id: string, state: string) =>
    `insert into form_holdings (series_id, series_nr, first_no, last_no, state, posting_id, since) select $, s.nr, 1, 10, '${state}', '${id}', p.nr from form_series s, form_postings p where s.series_id = $ and p.posting_id = 'fpo_x'`;
  const [kept] = await readHoldings(env.db, seriesId);
  const other = await env.db.selectFrom("matters").select("matter_id").limit(1).executeTakeFirstOrThrow();
  await attempt(/approved for them/, post("destroy", `null, '${other.matter_id}'`));
  await attempt(/by a new posting/, post("return"), end);
  await attempt(/by a new posting/, "update form_holdings set until = since + 1 where series_id = $");
  await attempt(/made of the numbers/, issue, end, hold("fpo_x", "used"));
  await attempt(/by a new posting/, issue, end, hold(kept?.postingId ?? "", "in-stock"));
  await attempt(/not those that were received/, issue, end);
  const { countId } = await countStock(env, keeper(), { seriesId, numbers: "1-10" });
  await env.db.updateTable("form_series").set({ keeper_id: people.head }).where("series_id", "=", seriesId).execute();
  await attempt(
    /by who keeps the series/,
    `update form_counts set state = 'confirmed', decided_by = '${people.head}', decided_at = now() where count_id = '${countId}'`,
  );
});
