import {
  decideRequest,
  formatRequestNumber,
  type Refusal,
  type RouteStep,
  refuse,
  type StepKept,
} from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { statement } from "../../platform/statement.ts";
import { leaveToOthersOf } from "../approvals/one-part.ts";
import { drawSample } from "../document-series/series-of-request.ts";
import { emergencyEnd } from "../emergency/ask-emergency.ts";
import { holdNamedSeries } from "../forms/request-forms.ts";
import { type CheckedSide, checkSides } from "../joint/check-sides.ts";
import { holdSides } from "../joint/joint-rows.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeAnsweredBlanks } from "../registers/write-exception.ts";
import { authoriseByStanding } from "../standing/use-standing.ts";
import { listStandIns } from "./applicant-left.ts";
import type { RequestCheck } from "./check-request.ts";
import { prepareDocuments } from "./document-reading.ts";
import { readAgreement } from "./keep-approvals.ts";
import { listPlaces } from "./list-places.ts";
import { digestOfRequest, encodeApprovalSubject, loadRequest } from "./load-request.ts";
import { seesRequest } from "./may-see.ts";
import { dueAt, stageGap } from "./steps.ts";
import { takeBack } from "./take-back.ts";

/**
 * Submits: entry check, route, number, digest and first step in one transaction; of a joint request both sides or neither. A
 * refusal leaves the draft as it was and is itself an event, so that what was refused can be counted.
 */
export async function submitRequest(
  env: Environment,
  personId: string,
  requestId: string,
): Promise<{ number: string }> {
  await prepareDocuments(env, requestId);
  const outcome = await transact(env.db, async (tx) => {
    await holdSides(tx, requestId);
    const loaded = await loadRequest(tx, requestId, "held");
    const { row, joint } = loaded;
    if (row.applicant_id !== personId) throw problems.notFound();
    for (const state of [row.state, ...(joint ? [joint.other.state] : [])]) {
      const decided = decideRequest(state, "submit");
      if (!decided.ok) throw refusedBy(decided.refusals);
    }
    const otherSeals = joint ? (await loadRequest(tx, joint.other.requestId)).sealIds : [];
    await holdSealsAndRules(tx, [...loaded.sealIds, ...otherSeals]);
    await holdNamedSeries(tx, loaded.forms);
    const { own, other } = await checkSides(tx, env, loaded);
    const sides = other === null ? [own] : [own, other];
    const refusals = listRefusals(own.check);
    const isRefused = ({ check }: CheckedSide): boolean => listRefusals(check).length > 0 || check.rules === null;
    if (sides.some(isRefused)) {
      await recordEvent(tx, env, {
        type: "SealUseRequestRefused",
        actorId: personId,
        requestId,
        facts: {
          codes: refusals.map((refusal) => refusal.code).join(" "),
          rules: refusals
            .map((refusal) => refusal.rule ?? "")
            .join(" ")
            .trim(),
        },
      });
      return { refusals };
    }
    const numbers = await takeNumbers(tx, sides);
    for (const side of sides)
      await submitSide(tx, env, personId, side, {
        number: numbers.get(side.loaded.row.request_id) ?? "",
        other: numbers.get(side.loaded.joint?.other.requestId ?? "") ?? null,
      });
    return { number: numbers.get(requestId) ?? "" };
  });
  if ("refusals" in outcome) throw refusedBy(outcome.refusals ?? []);
  return { number: outcome.number };
}

function listRefusals({ refusals, missing }: RequestCheck): Refusal[] {
  return missing.length > 0 ? [refuse("entry.incomplete", { missing: missing.join(" ") }), ...refusals] : [...refusals];
}

/** The number of each side, new or as it was; counters are held in the order of their entities, whoever asked. */
async function takeNumbers(tx: Tx, sides: readonly CheckedSide[]): Promise<Map<string, string>> {
  const numbers = new Map<string, string>();
  const inOrder = sides.toSorted((a, b) => ((a.loaded.row.entity_id ?? "") < (b.loaded.row.entity_id ?? "") ? -1 : 1));
  for (const { loaded, check } of inOrder) {
    const { row } = loaded;
    const number =
      row.number ?? (await takeNumber(tx, row.entity_id ?? "", check.entityCode, Number(check.today.slice(0, 4))));
    numbers.set(row.request_id, number);
  }
  return numbers;
}

interface RoundBegun {
  readonly requestId: string;
  readonly number: string;
  readonly round: number;
  readonly digest: string;
  readonly subject: string;
  readonly at: Date;
  readonly version: number;
  readonly validUntil: string | null;
  readonly emergencyUntil: Date | null;
  readonly rulesVersion: string;
  readonly fired: string;
  readonly limits: string;
  readonly questions: string;
  readonly parts: string;
  readonly seen: string;
}
const beginRound = statement((tx, one: RoundBegun) =>
  tx
    .with("begun", (db) =>
      db
        .insertInto("request_rounds")
        .values({ request_id: one.requestId, round: one.round, digest: one.digest, subject: one.subject }),
    )
    .updateTable("seal_use_requests")
    .set({
      ...{ state: "in-review", number: one.number, round: one.round, digest: one.digest, version: one.version },
      ...{ submitted_at: one.at, updated_at: one.at },
      ...{ authorised_at: null, released_by: null, released_at: null, release_step_up: null },
      ...{ confirmed_by: null, confirmed_at: null, confirm_step_up: null },
      ...{ valid_until: one.validUntil, emergency_until: one.emergencyUntil },
      ...{ rules_version: one.rulesVersion, rules_fired: one.fired, limits: one.limits, questions: one.questions },
      ...{ parts: one.parts, facts_seen: one.seen },
    })
    .where("request_id", "=", one.requestId),
);

/** Submits a request that nothing stands against, or one side of it, with its number. */
async function submitSide(
  tx: Tx,
  env: Environment,
  personId: string,
  { loaded, check }: CheckedSide,
  { number, other }: { readonly number: string; readonly other: string | null },
): Promise<void> {
  const { row } = loaded;
  const requestId = row.request_id;
  if (check.rules === null) throw new Error("a request is submitted without rules");
  const now = env.clock.now();
  const round = row.round + 1;
  // The last day of validity is part of what is approved, so it is set before the digest is taken.
  const { versionId, decided: rules } = check.rules;
  const { validUntil } = check;
  const emergencyUntil = row.emergency_reason === null ? null : await emergencyEnd(tx, env);
  const seen = { ...check.facts } as unknown as Record<string, unknown>;
  const promised = {
    ...{ rules_version: versionId, rules_fired: { ...rules.fired }, emergency_until: emergencyUntil },
    facts_seen: seen,
  };
  const approved = {
    row: { ...row, ...promised, number, round, valid_until: validUntil },
    ...{ documents: loaded.documents, series: loaded.series, forms: loaded.forms, attachments: loaded.attachments },
    ...{ questions: check.questions, joint: loaded.joint, makeUp: loaded.makeUp },
  };
  const digest = digestOfRequest(approved);
  const subject = new TextDecoder().decode(encodeApprovalSubject(approved));
  // Drawn when the digest stands, so that nobody can fit the list to the lot.
  const drawn = loaded.series ? await drawSample(tx, env, loaded.series, requestId) : null;
  const steps = await makeSteps(tx, { requestId, round, now }, check.route, check.keeping);
  // What stands of an earlier round is kept while the request is still returned: the tables ask for that.
  if (steps.length > 0) await tx.insertInto("request_steps").values(steps).execute();
  // Few statements, for the counter of the numbers is held meanwhile, and whoever else submits waits for it.
  await beginRound(tx, {
    ...{ requestId, number, round, digest, subject, at: new Date(now), version: row.version + 1 },
    ...{ validUntil, emergencyUntil, rulesVersion: versionId, fired: JSON.stringify(rules.fired) },
    ...{ limits: JSON.stringify(rules.limits), questions: JSON.stringify(check.questions) },
    ...{ parts: JSON.stringify(check.parts), seen: JSON.stringify(seen) },
  });
  if (round > 1) await voidEarlierSteps(tx, requestId, round);
  if (check.keeping.some((one) => one.kept)) await leaveToOthersOf(tx, env, requestId);
  const impressions = listPlaces(loaded).length;
  const { eventId } = await recordEvent(tx, env, {
    type: "SealUseRequestSubmitted",
    actorId: personId,
    requestId,
    facts: {
      number,
      round,
      digest,
      documents: loaded.documents.length,
      impressions,
      ...(row.use_mode === "by-hand" ? { useMode: row.use_mode, copies: row.copies } : {}),
      steps: check.route.length,
      ...(check.keeping.some((one) => one.kept) ? { kept: check.keeping.filter((one) => one.kept).length } : {}),
      rules: versionId,
      ...(row.confidential_reason === null ? {} : { confidential: true }),
      ...(loaded.joint ? { joint: loaded.joint.jointId, other } : {}),
      ...(loaded.makeUp ? { makeUpOf: loaded.makeUp.original, makeUpCopy: loaded.makeUp.copy } : {}),
      ...(loaded.series ? { series: loaded.series.seriesId, drawn: drawn?.length ?? 0 } : {}),
      ...(emergencyUntil === null ? {} : { emergencyUntil: emergencyUntil.toISOString() }),
      ...(check.questions.length > 0 ? { questions: check.questions.map(({ kind }) => kind).join(" ") } : {}),
      answeredBlanks: loaded.documents.reduce((sum, document) => sum + document.answers.length, 0),
    },
  });
  await writeAnsweredBlanks(tx, env, {
    ...{ requestId, number, entityId: row.entity_id ?? "", unitId: row.unit_id, applicantId: row.applicant_id },
    ...{ sealIds: loaded.sealIds, documents: loaded.documents, eventId },
  });
  if (row.standing_id !== null) await authoriseByStanding(tx, env, loaded, { number, digest });
}

/**
 * The steps of a round. What stands of the round before is approved already, as it was given; the first stage of which
 * something is open begins.
 */
async function makeSteps(
  tx: Tx,
  at: { readonly requestId: string; readonly round: number; readonly now: number },
  route: readonly RouteStep[],
  keeping: readonly StepKept[],
) {
  const { requestId, round, now } = at;
  const begins = Math.min(...route.filter((_, nth) => !keeping[nth]?.kept).map((step) => step.stage));
  const rows = [];
  for (const [position, step] of route.entries()) {
    const { kept, again } = keeping[position] ?? { kept: null, again: null };
    const starts = kept === null && step.stage === begins;
    rows.push({
      ...{ step_id: newId("step", now), request_id: requestId, round, position, kind: step.kind },
      ...{ state: starts ? "current" : "waiting", candidates: [...step.candidates] },
      rule: JSON.stringify({
        ...{ reason: step.reason, row: step.group },
        ...(again ? { again: { code: again.code, facts: again.facts } } : {}),
        ...(step.added ? { added: step.added } : {}),
        ...(step.superiors ? { superiors: step.superiors } : {}),
      }),
      ...{ stage: step.stage * stageGap, group_id: step.group, hours: step.hours },
      ...{ title_en: step.title?.en ?? null, title_zh: step.title?.zh ?? null },
      due_at: starts ? dueAt(step.hours, now) : null,
      ...(kept === null ? {} : await readAgreement(tx, kept)),
    });
  }
  return rows;
}

/** What was agreed before a new round is void: each round has its own steps. */
async function voidEarlierSteps(tx: Tx, requestId: string, round: number): Promise<void> {
  await tx
    .updateTable("request_steps")
    .set({ state: "voided" })
    .where("request_id", "=", requestId)
    .where("round", "<", round)
    .where("state", "in", ["waiting", "current", "approved"])
    .execute();
}

const selectShared = statement((tx, { sealIds }: { readonly sealIds: readonly string[] }) =>
  tx
    .selectFrom("seals")
    .innerJoin("installation", (join) => join.onTrue())
    .select(["seal_id", "installation.state"])
    .where((eb) => eb("seal_id", "=", eb.fn.any(eb.val(sealIds))))
    .orderBy("seal_id")
    .forShare(),
);

/**
 * Held, shared: a seal that stops in the same moment is stopped before it is asked for, or after; rules that take force in the
 * same moment hold for this request from its first step on, or not at all. A request without a seal is refused by any rules.
 */
async function holdSealsAndRules(tx: Tx, sealIds: readonly string[]): Promise<void> {
  if (sealIds.length === 0) return;
  await selectShared(tx, { sealIds });
}

const countOn = statement((tx, { entityId, year }: { readonly entityId: string; readonly year: number }) =>
  tx
    .insertInto("number_counters")
    .values({ entity_id: entityId, year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(["entity_id", "year"]).doUpdateSet((eb) => ({ last: eb("number_counters.last", "+", 1) })),
    )
    .returning("last"),
);

/** Numbers are gap-free per entity and year: the counter's row is locked until the transaction that took one ends. */
async function takeNumber(tx: Tx, entityId: string, entityCode: string, year: number): Promise<string> {
  const [counter] = await countOn(tx, { entityId, year });
  if (!counter) throw new Error("a counter answered no number");
  return formatRequestNumber(entityCode, year, counter.last);
}

/** Takes one's own request back, or that of an applicant who has left; the ledger says who did it for whom. */
export async function withdrawRequest(
  env: Environment,
  personId: string,
  requestId: string,
  reason: string,
): Promise<void> {
  await transact(env.db, async (tx) => {
    await holdSides(tx, requestId);
    const loaded = await loadRequest(tx, requestId, "held");
    const { applicant_id: applicantId } = loaded.row;
    const own = applicantId === personId;
    if (!own) {
      const standIns = await listStandIns(tx, env, loaded);
      const reads = standIns.includes(personId) && (await seesRequest(tx, personId, requestId, env.clock.now()));
      if (!reads) throw problems.notFound();
    }
    const comment = reason === "" ? null : reason;
    await takeBack(tx, env, loaded, { actorId: personId, comment, ...(own ? {} : { forId: applicantId }) });
  });
}
