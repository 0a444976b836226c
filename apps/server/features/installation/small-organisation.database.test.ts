import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { LEDGER_EVENT_TYPES } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestEnvironment } from "../../platform/test-environment.ts";
import { createTestPasskey } from "../../platform/test-passkey.ts";
import { testContract } from "../../platform/test-pdf.ts";
import { approvalHandlers } from "../approvals/routes.ts";
import { addPasskey, beginPasskey, changePassword, removePasskey } from "../identity/own-credentials.ts";
import { hashPassword } from "../identity/password.ts";
import { identityHandlers } from "../identity/routes.ts";
import { signInByPassword } from "../identity/sign-in.ts";
import { askForReset, confirmAccountChange, declineAccountChange, grantRole } from "../organisation/account-changes.ts";
import { addEntity, addUnit, askForPerson, endGrant } from "../organisation/people-service.ts";
import { organisationHandlers } from "../organisation/routes.ts";
import { commentOnRequest } from "../requests/comments.ts";
import { readDetail } from "../requests/detail.ts";
import { beginDraft, discardDraft } from "../requests/draft-service.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { uploadDocument } from "../requests/upload-document.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { assertSettledOnce, sealingPorts } from "../sealing/test-sealing.ts";
import { freezeSeal } from "../seals/service.ts";
import { askAndApproveInTest } from "../seals/test-seals.ts";
import { separationHandlers } from "../separation/routes.ts";
import { stampingHandlers } from "../stamping/routes.ts";
import { setUp } from "./set-up.ts";
import {
  createSmallOrganisation,
  passwordOf,
  readSetupCode,
  type SmallOrganisation,
  type SmallPerson,
  smallSetUp,
} from "./test-small-organisation.ts";

let small: SmallOrganisation;
before(async () => {
  small = await createSmallOrganisation();
});
after(() => small.close());

const refuses = (code: string) => (error: unknown) =>
  error instanceof ProblemError && (error.code === code || error.refusals.some((refusal) => refusal.code === code));

async function apply(change: { documentClass?: "contract" | "internal-notice" } = {}): Promise<string> {
  const { env } = small.on;
  const { employee } = small.people;
  const { documentId } = await uploadDocument(env, employee, {
    stream: Readable.from([testContract({}, "twelve gauges", "Beicheng Ltd", "Northwind Gauges Ltd")]),
    fileName: "Contract with Beicheng.pdf",
  });
  const { requestId } = await beginDraft(env, employee, {
    ...{ title: "Supply of gauges to Beicheng", documentClass: change.documentClass ?? "contract", external: true },
    ...{ counterparty: "Beicheng Ltd", amount: "1286000.00", currency: "CNY", purpose: "Spring delivery" },
    ...{ wantedBy: null, validUntil: null, entityId: small.entityId, handlerId: null },
    documents: [{ documentId, placements: [{ sealId: small.sealId, page: 0, xMm: 20, yMm: 200 }], answers: [] }],
  });
  return requestId;
}

/** Decides the current step through the API's handler, with a password as proof of presence. */
async function decide(requestId: string, person: SmallPerson, decision: "approve" | "reject" | "return") {
  const { row, steps } = await loadRequest(small.on.env.db, requestId);
  const digest = row.digest as `sha256:${string}`;
  return approvalHandlers(small.on.env)["POST /v1/seal-use-requests/:requestId/decisions"](
    {
      params: { requestId },
      body: {
        ...{ stepId: steps.find((step) => step.state === "current")?.stepId ?? "", decision, comment: "As we agreed." },
        ...{ digest, presence: await small.presence(person, decision, requestId, digest) },
      },
    },
    small.callAs(person),
  );
}

async function stamp(requestId: string, person: SmallPerson, act: "release" | "confirm") {
  const { row } = await loadRequest(small.on.env.db, requestId);
  const digest = row.digest as `sha256:${string}`;
  return stampingHandlers(small.on.env)[`POST /v1/seal-use-requests/:requestId/${act}`](
    { params: { requestId }, body: { digest, presence: await small.presence(person, act, requestId, digest) } },
    small.callAs(person),
  );
}

test("three people and one guest: nobody is missing, nobody acts alone, and a use goes from asking to a sealed file", async () => {
  const { env } = small.on;
  const handlers = organisationHandlers(env);
  const crew = await handlers["GET /v1/crew"]({}, small.callAs("director"));
  assert.deepEqual(
    crew.missing.map((one) => one.sentence.en),
    [],
  );
  assert.deepEqual([crew.usable, crew.steps], [true, []]);
  const { conflicts, proof } = await separationHandlers(env)["GET /v1/separation"]({}, small.callAs("director"));
  assert.deepEqual([conflicts, proof.holds], [[], true]);

  const requestId = await apply();
  assert.equal(
    (await submitRequest(env, small.people.employee, requestId)).number,
    `NW-${new Date().getFullYear()}-000001`,
  );
  assert.deepEqual(
    (await loadRequest(env.db, requestId)).steps.map((step) => step.kind),
    ["legal-review", "signatory"],
  );
  assert.deepEqual(await decide(requestId, "lawyer", "approve"), { state: "in-review" });
  assert.deepEqual(await decide(requestId, "director", "approve"), { state: "authorised" });
  await assert.rejects(stamp(requestId, "director", "release"), refuses("release.not-custodian"));
  assert.equal((await stamp(requestId, "keeper", "release")).sealing, false);
  await assert.rejects(stamp(requestId, "keeper", "confirm"), refuses("gate.duties-apart.not"));
  assert.equal((await stamp(requestId, "lawyer", "confirm")).sealing, true, "the guest who reviewed supervises");
  await runSealJob(env, sealingPorts(small.on), requestId);
  await assertSettledOnce(small.on, requestId, 1);
  const detail = await readDetail(env, small.people.employee, requestId);
  assert.equal(detail.state, "registered");
  assert.ok(detail.documentList[0]?.sealed?.proofLeaf !== null);
});

test("C11: in the small organisation too nobody does what product.md keeps apart", async () => {
  const { env } = small.on;
  const { employee, director, keeper, lawyer } = small.people;
  const scope = { kind: "entity", id: small.entityId } as const;
  const give = (actorId: string, personId: string, role: "signatory" | "supervisor" | "custodian" | "inspector") =>
    grantRole(env, { actorId, personId, role, scope });
  await assert.rejects(give(director, keeper, "signatory"), refuses("separation.duties-meet"));
  await assert.rejects(give(director, keeper, "inspector"), refuses("separation.duties-meet"));
  await assert.rejects(give(employee, director, "custodian"), refuses("separation.duties-meet"));
  await assert.rejects(give(employee, director, "supervisor"), refuses("separation.duties-meet"));
  await assert.rejects(give(director, director, "inspector"), refuses("grant.to-oneself"));
  await assert.rejects(give(director, lawyer, "custodian"), refuses("separation.duties-meet"));
  await assert.rejects(
    give(keeper, employee, "supervisor"),
    refuses("permission.missing"),
    "who may not grant does not",
  );
});

test("what the small profile loosens stands in the ledger with the grant", async () => {
  const given = await small.on.env.db
    .selectFrom("events")
    .select("facts")
    .where("type", "=", "GrantGiven")
    .where("person_id", "in", [small.people.director, small.people.lawyer])
    .execute();
  const loosened = given.flatMap(({ facts }) => (facts.loosened ? [`${facts.role} with ${facts.loosened}`] : []));
  assert.deepEqual(loosened.toSorted(), [
    "inspector with legal-reviewer supervisor",
    "legal-reviewer with supervisor inspector",
    "seal-administrator with signatory",
    "supervisor with legal-reviewer inspector",
  ]);
});

test("C11: a loosened pair is given with a risk and a last day, and waits for a second person who consents", async () => {
  const { env } = small.on;
  const { employee, director, keeper, lawyer } = small.people;
  const scope = { kind: "entity", id: small.entityId } as const;
  const to = `${new Date().getFullYear() + 1}-12-31`;
  const risk = "One person could name the custodian and decide.";
  const asked = await askForPerson(env, employee, {
    ...{ name: { en: "Sig Natory", zh: "签" }, login: "sig.natory", guest: false, unitId: null },
    ...{ entityId: small.entityId, grants: [{ role: "signatory", scope }] },
  });
  await confirmAccountChange(env, director, asked.accountChangeId ?? "");
  const wanted = { actorId: director, personId: asked.personId, role: "seal-administrator", scope } as const;
  await assert.rejects(grantRole(env, { ...wanted, risk }), refuses("grant.loosened-without-end"));
  await assert.rejects(grantRole(env, { ...wanted, to }), refuses("grant.loosened-without-risk"));
  const check = organisationHandlers(env)["POST /v1/grants/check"];
  const body = { personId: asked.personId, role: wanted.role, from: to, to, risk: null };
  const answer = await check(
    { body: { ...body, scope: { kind: "entity", entityId: small.entityId } } },
    small.callAs("director"),
  );
  assert.deepEqual([answer.allowed, answer.loosened], [false, ["signatory"]]);
  const { grantId } = await grantRole(env, { ...wanted, to, risk });
  const read = () => env.db.selectFrom("grants").selectAll().where("grant_id", "=", grantId).executeTakeFirstOrThrow();
  const waiting = await read();
  assert.deepEqual([waiting.state, waiting.risk], ["waiting", risk]);
  const change = waiting.account_change_id ?? "";
  await assert.rejects(confirmAccountChange(env, director, change), refuses("account.second-person-needed"));
  await assert.rejects(confirmAccountChange(env, asked.personId, change), refuses("account.concerns-oneself"));
  await assert.rejects(confirmAccountChange(env, keeper, change), refuses("account.may-not-confirm"));
  await confirmAccountChange(env, lawyer, change);
  assert.equal((await read()).state, "given");
  const other = await askForPerson(env, employee, {
    ...{ name: { en: "Ann Other", zh: "另" }, login: "ann.other", guest: false, unitId: null },
    ...{ entityId: small.entityId, grants: [{ role: "custodian", scope, risk, to }] },
  });
  await assert.rejects(
    confirmAccountChange(env, lawyer, other.accountChangeId ?? ""),
    refuses("account.may-not-confirm"),
    "an inspector consents to loosened pairs alone",
  );
  await endGrant(env, director, grantId, "Only for the test.");
});

test("every kind of change has its leaf in the ledger, and no body tells who a person is or what people wrote", async () => {
  const { on, people, sealId, entityId } = small;
  const { env } = on;
  const call = small.callAs("employee");
  const scope = { kind: "entity", id: entityId } as const;

  // People: asked and declined, granted and declined and confirmed and ended, reset and not reset.
  const wanted = { name: { en: "Nora Body", zh: "诺波迪" }, login: "nora.body", guest: false, unitId: null, entityId };
  const declined = await askForPerson(env, people.employee, { ...wanted, grants: [{ role: "supervisor", scope }] });
  await declineAccountChange(env, people.director, declined.accountChangeId ?? "", "We do not know Nora Body.");
  const plain = await askForPerson(env, people.employee, { ...wanted, login: "n.body", grants: [] });
  for (const decide of [declineAccountChange, confirmAccountChange]) {
    await grantRole(env, { actorId: people.employee, personId: plain.personId, role: "supervisor", scope });
    const change = await env.db
      .selectFrom("account_changes")
      .select("account_change_id")
      .where("kind", "=", "grant")
      .where("state", "=", "waiting")
      .executeTakeFirstOrThrow();
    await decide(env, people.director, change.account_change_id, "Not yet, says Olga.");
  }
  const grant = await env.db
    .selectFrom("grants")
    .select("grant_id")
    .where("person_id", "=", plain.personId)
    .where("state", "=", "given")
    .executeTakeFirstOrThrow();
  await endGrant(env, people.director, grant.grant_id, "Nora moved to Wuxi.");
  for (const decide of [declineAccountChange, confirmAccountChange]) {
    const asked = await askForReset(env, people.employee, people.keeper, "Kei lost his phone.");
    await decide(env, people.director, asked.accountChangeId, "Kei found it.");
  }
  const works = { name: { en: "Northwind Works", zh: "北风工厂" }, code: "NWW", timeZone: "UTC" };
  const second = await transact(env.db, (tx) => addEntity(tx, env, people.employee, works));
  await addUnit(env, people.employee, { ...second, parentUnitId: null, name: { en: "Plant", zh: "厂办" } });

  // Credentials.
  await signInByPassword(env, call, "emil.ployer", passwordOf("employee"));
  await assert.rejects(signInByPassword(env, call, "emil.ployer", "a wrong password"), refuses("sign-in.refused"));
  await changePassword(env, call, passwordOf("employee"), "another password of Emil");
  await env.db
    .updateTable("people")
    .set({ password_hash: await hashPassword(passwordOf("employee")) })
    .where("person_id", "=", people.employee)
    .execute();
  const passkey = createTestPasskey(env.origin);
  const options = await beginPasskey(env, call, passwordOf("employee"));
  const { passkeyId } = await addPasskey(env, people.employee, {
    challengeId: options.challengeId,
    label: "Emil's key",
    response: passkey.register(options.options),
  });
  await removePasskey(env, people.employee, passkeyId);
  await identityHandlers(env)["DELETE /v1/session"]({}, call);

  // Requests: discarded, refused, returned, withdrawn, commented on, rejected, released after a freeze.
  await discardDraft(env, people.employee, await apply());
  await assert.rejects(
    submitRequest(
      env,
      people.employee,
      await apply({ documentClass: "internal-notice" }).then(async (id) => {
        await env.db.updateTable("seal_use_requests").set({ purpose: "" }).where("request_id", "=", id).execute();
        return id;
      }),
    ),
    refuses("entry.incomplete"),
  );
  const requestId = await apply();
  await submitRequest(env, people.employee, requestId);
  await commentOnRequest(env, people.lawyer, requestId, { text: "Clause 9 names Zhou Mingche." });
  await decide(requestId, "lawyer", "return");
  await submitRequest(env, people.employee, requestId);
  await withdrawRequest(env, people.employee, requestId, "Beicheng wants another price.");
  const rejected = await apply();
  await submitRequest(env, people.employee, rejected);
  await decide(rejected, "lawyer", "reject");
  const last = await apply();
  await submitRequest(env, people.employee, last);
  await decide(last, "lawyer", "approve");
  await decide(last, "director", "approve");
  await env.db
    .updateTable("people")
    .set({ credential_reset_at: null, password_hash: await hashPassword(passwordOf("keeper")) })
    .where("person_id", "=", people.keeper)
    .execute();
  await stamp(last, "keeper", "release");
  await stamp(last, "lawyer", "confirm");
  await freezeSeal(env, { actorId: people.lawyer, sealId, reason: "Lawrence wants to look.", stepUpId: null });
  await runSealJob(env, sealingPorts(on), last);
  await askAndApproveInTest(env, { kind: "stop", asker: people.employee, entityId, sealId });
  await on.ledger.drain();
  const entries = await env.db.selectFrom("ledger_entries").select(["body", "leaf_hash"]).execute();
  const bodies = entries.map((row) => row.body.toString());
  const types = new Set(bodies.map((body) => (JSON.parse(body) as { type: string }).type));
  // The sample, new invitations, matters, custody, delegations, exports, controlled forms, corrections, imports, rules of use, templates, what documents say, emergencies, stamping by hand, printed copies, changes of steps, the ends of keys and changes of units and people are walked in
  // tests of their own.
  const elsewhere =
    /^(SampleMade|Stamping|StampedCop(y|ies)|FinalCopy|CopiesPrinted|Photo(Compared|Answered)|ImpressionsExchanged|(Late)?Impression(Pressed|Spoiled|Doubted|Reported|Ruled|Rephotographed)|SealUse(Frozen|Unfrozen)|SealUseRequestExpired|Emergency|Standing|DutyShift|InvitationRenewed|SealUseStep(Reminded|Escalated|Transferred|sReopened)|SealUseReviewerAdded|SealUseRouteShortened|SealUseWithOtherSideReturned|JointPaperAbandoned|SealUseMentioned|SealUseReader|SealUseConfidential|Setting|Calendar|Evidence|Matter|Task|Finding|Alarm|MailAddress|Container|Controller|LockHolder|SealBroughtOut|SealLockedAway|TakeOut|SealKeyDestroyed|SealTypeChange|Specimen|RegisterExported|RuleBook|Separation|Delegation|Course|Training|Commitment|StorageCheck|CounterReading|UnknownSeal|Forms|FormSeries|BlankSheets|RegisterLine|ImportFileAdded|OpeningStock|OldBookClosed|Rules|Template|DocumentClass|DocumentSeries|Series(Sample|Document)|DeclaredFactSettled|UnitClosed|UnitMerged|UnitRenamed|UnitMoved|PersonMoved|PersonDeparted|GrantShortened|LegalRepresentativeChanged|SealMoved|Vendor|Remote)/;
  assert.deepEqual(
    LEDGER_EVENT_TYPES.filter((type) => !types.has(type) && !elsewhere.test(type)),
    [],
    "changes that no leaf tells of",
  );
  const events = await env.db.selectFrom("events").select(["leaf_hash", "comment"]).execute();
  assert.deepEqual(
    events.map((event) => event.leaf_hash.toString("hex")).toSorted(),
    entries.map((entry) => entry.leaf_hash.toString("hex")).toSorted(),
    "each event people read has one leaf",
  );
  assert.deepEqual((await on.ledger.check()).findings, []);

  const persons = await env.db
    .selectFrom("people")
    .select(["person_id", "name_en", "name_zh", "login", "password_hash"])
    .execute();
  const requests = await env.db
    .selectFrom("seal_use_requests")
    .select(["title", "counterparty", "purpose", "amount"])
    .execute();
  const secrets = [
    ...persons.flatMap((row) => [...Object.values(row), ...row.name_en.split(" ")]),
    ...requests.flatMap((row) => Object.values(row)),
    ...events.map((event) => event.comment),
    ...small.links.flatMap((link) => [link, link.split("/").at(-1) ?? ""]),
    ...["Contract with Beicheng.pdf", "Emil's key", "192.0.2.7", "a wrong password", passwordOf("director")],
  ].filter((text): text is string => text !== null && (text.length > 3 || /\p{Script=Han}/u.test(text)));
  assert.ok(secrets.length > 80, String(secrets.length));
  for (const body of bodies)
    for (const secret of secrets) assert.ok(!body.includes(secret), `${secret} occurs in ${body}`);
});

test("an installation is set up once, with the code of the console, however many try at the same moment", async () => {
  const on = await createTestEnvironment();
  try {
    const passwordHash = await hashPassword("correct horse battery");
    const setupCode = await readSetupCode(on);
    const right = { kind: "code", setupCode, passwordHash } as const;
    await assert.rejects(
      setUp(on.env, smallSetUp, { ...right, setupCode: "another code" }),
      refuses("setup.code-wrong"),
    );
    await assert.rejects(setUp(on.env, smallSetUp, { kind: "sample" }), refuses("installation.not-empty"));
    const claim = () =>
      on.env.db
        .updateTable("installation")
        .set({ state: "preparing-sample" })
        .where("state", "=", "empty")
        .executeTakeFirst();
    const [one, two, sample] = await Promise.allSettled([
      setUp(on.env, smallSetUp, right),
      setUp(on.env, smallSetUp, right),
      claim(),
    ]);
    const done = [one, two].filter((result) => result?.status === "fulfilled").length;
    const claimed = sample?.status === "fulfilled" && sample.value.numUpdatedRows === 1n;
    assert.equal(done + (claimed ? 1 : 0), 1, "set up, or claimed for the sample, once");
    const people = await on.env.db.selectFrom("people").select("person_id").execute();
    assert.equal(people.length, done);
    await assert.rejects(setUp(on.env, smallSetUp, right), ProblemError);
  } finally {
    await on.close();
  }
});

test("C11: a person without a role is invited by one; who asked for the account gives it no role alone", async () => {
  const { env } = small.on;
  const { employee, director } = small.people;
  const scope = { kind: "entity", id: small.entityId } as const;
  const asked = await askForPerson(env, employee, {
    ...{ name: { en: "Pat Puppet", zh: "帕" }, login: "pat.puppet", guest: false, unitId: null },
    ...{ entityId: small.entityId, grants: [] },
  });
  assert.ok(asked.invitationLink);
  const { grantId } = await grantRole(env, { actorId: employee, personId: asked.personId, role: "supervisor", scope });
  const state = () =>
    env.db
      .selectFrom("grants")
      .select(["state", "account_change_id"])
      .where("grant_id", "=", grantId)
      .executeTakeFirstOrThrow();
  const waiting = await state();
  assert.equal(waiting.state, "waiting");
  const change = waiting.account_change_id ?? "";
  await assert.rejects(confirmAccountChange(env, employee, change), refuses("account.second-person-needed"));
  await assert.rejects(confirmAccountChange(env, asked.personId, change), refuses("account.concerns-oneself"));
  await assert.rejects(
    grantRole(env, { actorId: employee, personId: asked.personId, role: "signatory", scope }),
    refuses("separation.duties-meet"),
    "what is asked for is judged with what waits",
  );
  const results = await Promise.allSettled([
    confirmAccountChange(env, director, change),
    declineAccountChange(env, director, change, "no"),
  ]);
  assert.deepEqual(results.map((result) => result.status).toSorted(), ["fulfilled", "rejected"]);
  assert.equal((await state()).state, results[0]?.status === "fulfilled" ? "given" : "ended");
});
