import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { routes } from "@chancery/api";
import { type FactId, type RuleSet, starterRules, writeModel } from "@chancery/domain";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest } from "../../platform/test-walk.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { askForBacktest, runBacktest } from "./backtest.ts";
import { beginDraft, discardDraft, importDraft, saveDraft, writeFile } from "./draft-service.ts";
import { listBacktests } from "./list-backtests.ts";
import { readRules, readVersion } from "./read-model.ts";
import { readRulesInForce } from "./read-rules.ts";

let place: TestEnvironment;
let crew: TestCrew;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
});
after(() => place?.close());

const writer = () => ({ personId: crew.people.sealAdministrator, mayWrite: true });
const anybody = (personId = crew.people.applicant) => ({ personId, mayWrite: false });

/** A draft from the rules in force, changed. */
async function draft(change: (rules: RuleSet) => RuleSet): Promise<{ versionId: string; digest: string }> {
  const { sealAdministrator } = crew.people;
  const { versionId: from, rules } = await readRulesInForce(place.env.db);
  const versionId = await beginDraft(place.env, sealAdministrator, { from, note: "stricter" });
  await saveDraft(place.env, sealAdministrator, versionId, { revision: 1, note: "stricter", rules: change(rules) });
  return { versionId, digest: (await readVersion(place.env, versionId, writer())).digest };
}
const propose = async (data: { versionId: string; digest: string }): Promise<string> => {
  const matterId = await askMatterInTest(place.env, crew, { kind: "change-rules", data });
  await submitMatter(place.env, crew.people.sealAdministrator, matterId);
  return matterId;
};
const fewer =
  (impressionsMost: number) =>
  (rules: RuleSet): RuleSet => ({
    ...rules,
    limits: {
      ...rules.limits,
      rows: rules.limits.rows.map((row) => ({ ...row, output: { ...row.output, impressionsMost } })),
    },
  });

describe("rules of use", () => {
  test("an organisation begins with the starter set of its profile, whole and without a fault", async () => {
    const view = await readRules(place.env, anybody());
    assert.deepEqual([view.inForce.version.state, view.inForce.version.number], ["in-force", 0]);
    assert.deepEqual([view.inForce.faults, view.inForce.changes], [[], []]);
    assert.equal(view.mayWrite, false);
  });

  test("C01: a draft takes force by a second person's decision, as it was when it was proposed, and then stays", async () => {
    const { env } = place;
    const { sealAdministrator, signatory, applicant } = crew.people;
    const first = await draft(fewer(7));
    assert.deepEqual(await codesOf(readVersion(env, first.versionId, anybody(applicant))), ["subject.not-found"]);
    const matterId = await propose(first);
    assert.deepEqual(await codesOf(readVersion(env, first.versionId, anybody(signatory))), [], "who decides reads it");
    assert.deepEqual(await codesOf(discardDraft(env, sealAdministrator, first.versionId)), ["rules.proposed"]);
    await assert.rejects(approveMatterInTest(env, matterId, sealAdministrator), /may decide/);
    await approveMatterInTest(env, matterId, signatory);
    const inForce = await readRulesInForce(env.db);
    assert.deepEqual([inForce.versionId, inForce.number], [first.versionId, 1]);
    assert.deepEqual(await codesOf(readVersion(env, first.versionId, anybody(applicant))), []);
    const { rules, changes } = await readVersion(env, first.versionId, writer());
    assert.ok(
      changes.length > 0 && changes.every((change) => change.kind === "changed"),
      "what it changed stays readable after it took force",
    );
    assert.deepEqual(
      await codesOf(
        saveDraft(env, sealAdministrator, first.versionId, { revision: 2, note: "", rules: rules as RuleSet }),
      ),
      ["rules.gone"],
    );
    for (const set of [
      { rules: JSON.stringify(starterRules("group")) },
      { in_force_at: null, number: null, matter_id: null },
    ])
      await assert.rejects(
        env.db.updateTable("rule_versions").set(set).where("version_id", "=", first.versionId).execute(),
        /in force stay as they are/,
      );
  });

  test("C01: nothing puts rules in force but the matter that decided on just these", async () => {
    const { env } = place;
    const other = await draft(fewer(9));
    await assert.rejects(
      env.db
        .updateTable("rule_versions")
        .set({ in_force_at: new Date(), number: 99, matter_id: crew.people.applicant })
        .where("version_id", "=", other.versionId)
        .execute(),
      /take force by their matter/,
    );
    const done = await env.db
      .selectFrom("matters")
      .select("matter_id")
      .where("kind", "=", "change-rules")
      .executeTakeFirstOrThrow();
    await assert.rejects(
      env.db
        .updateTable("rule_versions")
        .set({ in_force_at: new Date(), number: 99, matter_id: done.matter_id })
        .where("version_id", "=", other.versionId)
        .execute(),
      /take force by their matter/,
    );
  });

  test("a draft that was changed after it was proposed, has faults, names who is not here or is based on older rules is refused", async () => {
    const { env } = place;
    const { sealAdministrator } = crew.people;
    const refusedFor = async (change: (rules: RuleSet) => RuleSet): Promise<string[]> =>
      codesOf(propose(await draft(change)));
    assert.deepEqual(
      await refusedFor((rules) => ({ ...rules, scope: { ...rules.scope, rows: rules.scope.rows.slice(0, -1) } })),
      ["rules.faulty"],
    );
    const [step] = starterRules("group").route.rows;
    assert.ok(step);
    const board = {
      ...step,
      rowId: "board",
      output: {
        ...{ ...step.output, decider: "named" as const, title: { en: "Board", zh: "董事会" } },
        people: ["per_00000000-0000-7000-8000-000000000000"],
      },
    };
    assert.deepEqual(
      await refusedFor((rules) => ({ ...rules, route: { ...rules.route, rows: [...rules.route.rows, board] } })),
      ["rules.person-unknown"],
    );
    const changed = await draft(fewer(3));
    const { rules, revision } = await readVersion(env, changed.versionId, writer());
    await saveDraft(env, sealAdministrator, changed.versionId, {
      revision,
      note: "",
      rules: fewer(4)(rules as RuleSet),
    });
    assert.deepEqual(await codesOf(propose(changed)), ["rules.draft-changed"]);
    const [late, soon] = [await draft(fewer(5)), await draft(fewer(6))];
    const matterId = await propose(soon);
    await approveMatterInTest(env, matterId, crew.people.signatory);
    assert.deepEqual(await codesOf(propose(late)), ["rules.based-on-older"]);
    const all = (await readRules(env, writer())).versions;
    const inForce = all.find((one) => one.state === "in-force");
    assert.deepEqual([inForce?.versionId, inForce?.replacedAt], [soon.versionId, null]);
    const ended = all.filter((one) => one.state === "replaced");
    assert.equal(ended[0]?.replacedAt, inForce?.inForceAt, "a version that was replaced tells when");
    assert.ok(ended.every((one) => one.replacedAt !== null));
    const begun = all.find((one) => one.number === 0);
    assert.equal(begun?.replacedAt, ended.at(-1)?.inForceAt, "what the organisation began with, too");
    const read = await readVersion(env, begun?.versionId ?? "", anybody());
    assert.equal(read.version.replacedAt, begun?.replacedAt);
    const listed = all.filter((one) => [late.versionId, soon.versionId].includes(one.versionId));
    assert.deepEqual(
      listed.map(({ versionId, outdated, faults }) => [versionId === late.versionId, outdated, faults]),
      [
        [true, true, 0],
        [false, false, null],
      ],
    );
  });

  test("what another window saved meanwhile is never overwritten unseen", async () => {
    const one = await draft(fewer(11));
    const { rules } = await readVersion(place.env, one.versionId, writer());
    assert.deepEqual(
      await codesOf(
        saveDraft(place.env, crew.people.sealAdministrator, one.versionId, {
          revision: 1,
          note: "",
          rules: rules as RuleSet,
        }),
      ),
      ["subject.changed-meanwhile"],
    );
  });

  test("another rate of a currency is told as a change, for it moves every limit", async () => {
    const { versionId } = await draft((rules) => ({ ...rules, rates: { ...rules.rates, USD: 1 } }));
    const { changes, warnings } = await readVersion(place.env, versionId, writer());
    assert.deepEqual(
      changes.map(({ table, rowId, kind, before, after }) => [table, rowId, kind, before?.en, after?.en]),
      [["money", "USD", "changed", "1 USD counts as 8 CNY.", "1 USD counts as 1 CNY."]],
    );
    assert.deepEqual(
      warnings.map(({ kind }) => kind),
      ["valued-less"],
    );
  });

  test("marks that turn the direction of writing are taken out of texts that are written or brought in", async () => {
    const turned = "\u202eapproved\u2066\u200f";
    const turn = (rules: RuleSet): RuleSet => ({
      ...rules,
      scope: {
        ...rules.scope,
        rows: rules.scope.rows.map((row, at) => (at === 0 ? { ...row, reason: { en: turned, zh: turned } } : row)),
      },
    });
    const rules = turn(starterRules("group"));
    const models = {
      scope: writeModel(rules, "scope", []),
      route: writeModel(rules, "route", []),
      limits: writeModel(rules, "limits", []),
    };
    const text = writeFile(rules, models);
    const brought = await importDraft(place.env, crew.people.sealAdministrator, { text, note: turned });
    for (const versionId of [(await draft(turn)).versionId, brought]) {
      const read = await readVersion(place.env, versionId, writer());
      assert.deepEqual(read.rules.scope.rows[0]?.reason, { en: "approved", zh: "approved" });
    }
    assert.equal((await readVersion(place.env, brought, writer())).version.note, "approved");
  });

  test("rules go out as decision models and come back the same; a roll-back is a draft from an older version", async () => {
    const { env } = place;
    const { sealAdministrator } = crew.people;
    const rules = starterRules("state-owned");
    const models = {
      scope: writeModel(rules, "scope", []),
      route: writeModel(rules, "route", []),
      limits: writeModel(rules, "limits", []),
    };
    const versionId = await importDraft(env, sealAdministrator, { text: writeFile(rules, models), note: "brought in" });
    const read = await readVersion(env, versionId, writer());
    assert.deepEqual(read.rules, JSON.parse(JSON.stringify(rules)));
    assert.ok(read.changes.length > 0);
    for (const [text, code] of [
      ...["", "null"].map((one) => [one, "rules.not-json"] as const),
      ...["[]", '{"models":{}}'].map((one) => [one, "rules.unreadable"] as const),
      [writeFile(rules, models).replace('"true"', '"1 == 1"'), "rules.unreadable-cell"],
    ] as const)
      assert.deepEqual(await codesOf(importDraft(env, sealAdministrator, { text, note: "" })), [code]);
    const file = writeFile(rules, models);
    const odd = [
      file.replace('"format"', '"functions":[{}],"format"'),
      file.replace('\\"en\\":', '\\"__proto__\\":{\\"a\\":1},\\"en\\":'),
      file.replace('"USD"', '"__proto__"'),
    ];
    for (const text of odd) {
      assert.notEqual(text, file);
      assert.deepEqual(await codesOf(importDraft(env, sealAdministrator, { text, note: "" })), ["rules.unreadable"]);
    }
    const alone = writeFile(rules, { ...models, route: { ...models.route, edges: [] } });
    assert.deepEqual(await codesOf(importDraft(env, sealAdministrator, { text: alone, note: "" })), [
      "rules.foreign-edges",
    ]);
    const back = await beginDraft(env, sealAdministrator, { from: "group", note: "back" });
    const { changes } = await readVersion(env, back, writer());
    assert.deepEqual([...new Set(changes.map((change) => `${change.table} ${change.kind}`))], ["limits changed"]);
  });

  test("whatever the tables can hold comes back in by the same file, and can be saved", () => {
    const rules = starterRules("group");
    const text = "章".repeat(500);
    const fill = <Row extends { rowId: string }>(table: { inputs: readonly FactId[]; rows: readonly Row[] }) => ({
      ...table,
      rows: Array.from({ length: 300 }, (_, at) => {
        const said = { rowId: `row-${at}`, reason: { en: text, zh: text }, clause: { en: text, zh: text } };
        return { ...(table.rows[at % table.rows.length] as Row), ...said };
      }),
    });
    const full = { ...rules, scope: fill(rules.scope), route: fill(rules.route), limits: fill(rules.limits) };
    const file = writeFile(full, {
      scope: writeModel(full, "scope", []),
      route: writeModel(full, "route", []),
      limits: writeModel(full, "limits", []),
    });
    for (const [route, body] of [
      [routes["POST /v1/rules/imports"], { note: "", text: file }],
      [routes["PUT /v1/rules/versions/:versionId"], { revision: 1, note: "", rules: full }],
    ] as const) {
      assert.equal(route.body.safeParse(body).success, true);
      assert.ok(Buffer.byteLength(JSON.stringify(body)) < route.bodyLimitBytes);
    }
  });

  test("a backtest over days that end before they begin is refused", () => {
    const { body } = routes["POST /v1/rules/versions/:versionId/backtests"];
    const ask = (from: string, to: string): boolean => body.safeParse({ period: { from, to } }).success;
    assert.deepEqual([ask("2026-05-02", "2026-05-01"), ask("2026-05-02", "2026-05-02")], [false, true]);
  });

  test("a draft is tried on a generated year and on the real past, and what was found stays", async () => {
    const { env } = place;
    const { sealAdministrator, applicant } = crew.people;
    const sealId = await crew.registerSeal("contract", "LX-09");
    for (let at = 0; at < 3; at += 1) await submitRequest(env, applicant, await applyInTest(env, crew, sealId));
    // A row may ask for any amount: what it hits of a confidential request would tell that amount.
    const secret = await applyInTest(env, crew, sealId);
    await env.db
      .updateTable("seal_use_requests")
      .set({ confidential_reason: "A takeover" })
      .where("request_id", "=", secret)
      .execute();
    await submitRequest(env, applicant, secret);
    const tried = await draft((rules) => ({
      ...rules,
      scope: {
        ...rules.scope,
        rows: [
          {
            ...{ rowId: "million", cells: { external: { is: true }, amount: { from: 1_000_000, below: null } } },
            ...{ reason: { en: "Much money.", zh: "金额较大。" }, clause: { en: "", zh: "" } },
            output: { answer: "refuse", rightSeals: ["official"], attachments: [] },
          },
          ...rules.scope.rows,
        ],
      },
    }));
    const today = dayInTest(env.clock.now());
    const real = await askForBacktest(env, sealAdministrator, tried.versionId, {
      from: "2020-01-01",
      to: "2099-12-31",
    });
    const never = await askForBacktest(env, sealAdministrator, tried.versionId, {
      from: "2020-01-01",
      to: "2020-12-31",
    });
    const year = await askForBacktest(env, sealAdministrator, tried.versionId, null);
    for (const one of [real, never, year]) await runBacktest(env, one);
    const { items } = await listBacktests(env, tried.versionId, writer());
    const of = (backtestId: string) => items.find((one) => one.backtestId === backtestId)?.result;
    assert.deepEqual([of(real)?.requests, of(real)?.by], [3, { refused: 3 }], today);
    const examples = of(real)?.examples ?? [];
    assert.deepEqual(
      examples.map(({ requestId, what }) => [requestId, what?.documentClass, what?.amount, what?.title, what?.unit]),
      Array.from({ length: 3 }, () => [null, "contract", "1286000.00", null, null]),
      "who writes the rules reads what each was, and neither whose nor its papers",
    );
    assert.deepEqual(
      examples.map(({ outcomes }) => [outcomes?.before.refused, outcomes?.after.refused, outcomes?.before.steps]),
      Array.from({ length: 3 }, () => [false, true, { "unit-head": 1, "legal-review": 1, signatory: 1 }]),
      "both outcomes, side by side",
    );
    const [made] = of(year)?.examples ?? [];
    assert.ok(made?.what?.documentClass && made.what.sealType && Number(made.what.amount) >= 1_000_000);
    assert.equal(of(never)?.requests, 0);
    assert.equal(of(year)?.requests, 20_000);
    assert.ok((of(year)?.by.refused ?? 0) > 100);
    const shown = await listBacktests(env, tried.versionId, { personId: applicant, mayWrite: true });
    assert.equal(
      shown.items.find((one) => one.backtestId === real)?.result?.examples.filter((one) => one.requestId).length,
      3,
    );
    const [own] = shown.items.find((one) => one.backtestId === real)?.result?.examples ?? [];
    assert.deepEqual(
      [own?.what?.documentClass, own?.what?.amount, own?.what?.title === ""],
      ["contract", "1286000.00", false],
    );
    await assert.rejects(
      env.db.updateTable("rule_backtests").set({ done: 1 }).where("backtest_id", "=", real).execute(),
      /what a backtest found stays/,
    );
    const late = await askForBacktest(env, sealAdministrator, tried.versionId, null);
    const { revision, rules } = await readVersion(env, tried.versionId, writer());
    await saveDraft(env, sealAdministrator, tried.versionId, { revision, note: "", rules: fewer(2)(rules as RuleSet) });
    await runBacktest(env, late);
    const after = await listBacktests(env, tried.versionId, writer());
    assert.deepEqual(
      [late, real]
        .map((id) => after.items.find((one) => one.backtestId === id))
        .map((one) => [one?.state, one?.current]),
      [
        ["failed", false],
        ["done", false],
      ],
    );
  });

  test("C01: who writes a draft that takes a step away, or lets a missing amount pass, is told, and so is who decides on it", async () => {
    const { env } = place;
    const without = await draft((rules) => ({
      ...rules,
      scope: { ...rules.scope, rows: rules.scope.rows.filter(({ rowId }) => rowId !== "amount-unstated") },
      route: { ...rules.route, rows: rules.route.rows.filter(({ output }) => output.decider !== "legal-review") },
    }));
    const kindsFor = async (reader: { personId: string; mayWrite: boolean }) => {
      const { warnings, faults } = await readVersion(env, without.versionId, reader);
      return [...warnings, ...faults.filter(({ blocking }) => !blocking)].map(({ kind }) => kind);
    };
    assert.deepEqual(await kindsFor(writer()), ["gone", "unstated-passes"]);
    await propose(without);
    assert.deepEqual(await kindsFor(anybody(crew.people.signatory)), ["gone", "unstated-passes"]);
  });
});
