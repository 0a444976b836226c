import {
  decideRequest,
  formatRequestNumber,
  nextRunningNumber,
  type RouteStep,
  refuse,
  type StepKept,
} from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { emergencyEnd } from "../emergency/ask-emergency.ts";
import { holdNamedSeries } from "../forms/request-forms.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeAnsweredBlanks } from "../registers/write-exception.ts";
import { authoriseByStanding } from "../standing/use-standing.ts";
import { checkRequest } from "./check-request.ts";
import { prepareDocuments } from "./document-reading.ts";
import { readAgreement } from "./keep-approvals.ts";
import { digestOfRequest, encodeApprovalSubject, loadRequest } from "./load-request.ts";
import { dueAt, stageGap } from "./steps.ts";
import { takeBack } from "./take-back.ts";

/**
 * Submits: entry check, route, number, digest and first step in one transaction. A refusal leaves the draft as it was
 * and is itself an event, so that what was refused can be counted.
 */
export async function submitRequest(
  env: Environment,
  personId: string,
  requestId: string,
): Promise<{ number: string }> {
  await prepareDocuments(env, requestId);
  const outcome = await transact(env.db, async (tx) => {
    const loaded = await loadRequest(tx, requestId, true);
    const { row } = loaded;
    if (row.applicant_id !== personId) throw problems.notFound();
    const decided = decideRequest(row.state, "submit");
    if (!decided.ok) throw refusedBy(decided.refusals);
    // Held, shared: a seal that stops in the same moment is stopped before it is asked for, or after.
    await holdSeals(tx, loaded.sealIds);
    await holdNamedSeries(tx, loaded.forms);
    // Held, shared: rules that take force in the same moment hold for this request from its first step on, or not at all.
    await tx.selectFrom("installation").select("state").forShare().executeTakeFirstOrThrow();
    const check = await checkRequest(tx, env, loaded);
    const refusals = [...check.refusals];
    if (check.missing.length > 0) refusals.unshift(refuse("entry.incomplete", { missing: check.missing.join(" ") }));
    if (refusals.length > 0 || check.rules === null) {
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
    const now = env.clock.now();
    const number =
      row.number ?? (await takeNumber(tx, row.entity_id ?? "", check.entityCode, Number(check.today.slice(0, 4))));
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
      ...{ documents: loaded.documents, forms: loaded.forms, attachments: loaded.attachments },
      questions: check.questions,
    };
    const digest = digestOfRequest(approved);
    const subject = new TextDecoder().decode(encodeApprovalSubject(approved));
    await tx.insertInto("request_rounds").values({ request_id: requestId, round, digest, subject }).execute();
    await writeSteps(tx, { requestId, round, now }, check.route, check.keeping);
    await tx
      .updateTable("seal_use_requests")
      .set({
        state: "in-review",
        number,
        round,
        digest,
        submitted_at: new Date(now),
        updated_at: new Date(now),
        version: row.version + 1,
        authorised_at: null,
        released_by: null,
        released_at: null,
        release_step_up: null,
        confirmed_by: null,
        confirmed_at: null,
        confirm_step_up: null,
        ...{ valid_until: validUntil, emergency_until: emergencyUntil },
        ...{ rules_version: versionId, rules_fired: JSON.stringify(rules.fired) },
        ...{ limits: JSON.stringify(rules.limits), questions: JSON.stringify(check.questions) },
        ...{ parts: JSON.stringify(check.parts), facts_seen: JSON.stringify(seen) },
      })
      .where("request_id", "=", requestId)
      .execute();
    const impressions = loaded.documents.reduce((sum, document) => sum + document.placements.length, 0);
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
        steps: check.route.length,
        ...(check.keeping.some((one) => one.kept) ? { kept: check.keeping.filter((one) => one.kept).length } : {}),
        rules: versionId,
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
    return { number };
  });
  if ("refusals" in outcome) throw refusedBy(outcome.refusals ?? []);
  return { number: outcome.number };
}

/**
 * Writes the steps of a round. What stands of the round before is approved already, as it was given; the first stage of which
 * something is open begins. What was agreed before is void then: each round has its own steps.
 */
async function writeSteps(
  tx: Tx,
  at: { readonly requestId: string; readonly round: number; readonly now: number },
  route: readonly RouteStep[],
  keeping: readonly StepKept[],
): Promise<void> {
  const { requestId, round, now } = at;
  const begins = Math.min(...route.filter((_, nth) => !keeping[nth]?.kept).map((step) => step.stage));
  for (const [position, step] of route.entries()) {
    const { kept, again } = keeping[position] ?? { kept: null, again: null };
    const starts = kept === null && step.stage === begins;
    await tx
      .insertInto("request_steps")
      .values({
        ...{ step_id: newId("step", now), request_id: requestId, round, position, kind: step.kind },
        ...{ state: starts ? "current" : "waiting", candidates: [...step.candidates] },
        rule: JSON.stringify({
          ...{ reason: step.reason, row: step.group },
          ...(again ? { again: { code: again.code, facts: again.facts } } : {}),
        }),
        ...{ stage: step.stage * stageGap, group_id: step.group, hours: step.hours },
        ...{ title_en: step.title?.en ?? null, title_zh: step.title?.zh ?? null },
        due_at: starts ? dueAt(step.hours, now) : null,
        ...(kept === null ? {} : await readAgreement(tx, kept)),
      })
      .execute();
  }
  await tx
    .updateTable("request_steps")
    .set({ state: "voided" })
    .where("request_id", "=", requestId)
    .where("round", "<", round)
    .where("state", "in", ["waiting", "current", "approved"])
    .execute();
}

async function holdSeals(tx: Tx, sealIds: readonly string[]): Promise<void> {
  if (sealIds.length === 0) return;
  await tx
    .selectFrom("seals")
    .select("seal_id")
    .where("seal_id", "in", sealIds)
    .orderBy("seal_id")
    .forShare()
    .execute();
}

/** Numbers are gap-free per entity and year: the counter's row is locked until the transaction that took one ends. */
async function takeNumber(tx: Tx, entityId: string, entityCode: string, year: number): Promise<string> {
  await tx
    .insertInto("number_counters")
    .values({ entity_id: entityId, year, last: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const counter = await tx
    .selectFrom("number_counters")
    .select("last")
    .where("entity_id", "=", entityId)
    .where("year", "=", year)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const running = nextRunningNumber(counter.last);
  await tx
    .updateTable("number_counters")
    .set({ last: running })
    .where("entity_id", "=", entityId)
    .where("year", "=", year)
    .execute();
  return formatRequestNumber(entityCode, year, running);
}

/** Takes one's own request back. */
export async function withdrawRequest(
  env: Environment,
  personId: string,
  requestId: string,
  reason: string,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const loaded = await loadRequest(tx, requestId, true);
    if (loaded.row.applicant_id !== personId) throw problems.notFound();
    await takeBack(tx, env, loaded, { actorId: personId, comment: reason === "" ? null : reason });
  });
}
