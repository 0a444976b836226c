import {
  type FactDisagreement,
  isForReaders,
  isSettleable,
  maySettleFacts,
  mustBeSettled,
  refuse,
} from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeFactRuling } from "../registers/write-exception.ts";
import type { FactsSeen, RequestFactsView } from "../requests/facts-seen.ts";
import { type LoadedRequest, type LoadedStep, loadRequest } from "../requests/load-request.ts";
import { findOwnStep } from "../requests/quick-decision.ts";
import { entitledNow, readRouteNow } from "./entitled.ts";
import { shortenRoute } from "./shorten-route.ts";

export interface FactRulingInput {
  readonly requestId: string;
  readonly key: string;
  /** Who is right: what was declared, or what the document says. */
  readonly ruling: "declared" | "document";
  readonly reason: string;
  /** The digest the person saw. */
  readonly digest: string;
}

/** The step in which this person may settle what a document says; null where he has none. */
export function findSettlingStep({ row, steps }: Pick<LoadedRequest, "row" | "steps">, personId: string) {
  const step = row.state === "in-review" ? findOwnStep(steps, personId) : undefined;
  return step && maySettleFacts(step.kind, steps) ? step : null;
}

/** Places that keep a request from being approved. */
const listBlocking = ({ disagreements, blocking }: FactsSeen): readonly FactDisagreement[] =>
  disagreements.filter((one) => mustBeSettled(one, blocking));

/** How many of them nobody settled for the application yet. */
export const countToSettle = ({ seen, settled }: Pick<RequestFactsView, "seen" | "settled">): number =>
  listBlocking(seen).filter(({ key }) => !settled.has(key)).length;

/** How many of them a reviewer settled for the document: what was declared is then not to be approved. */
export function countAgainst({ seen, rulings }: Pick<RequestFactsView, "seen" | "rulings">): number {
  const against = new Set(rulings.flatMap(({ key, ruling }) => (ruling === "document" ? [key] : [])));
  return listBlocking(seen).filter(({ key }) => against.has(key)).length;
}

/**
 * A reviewer says who is right where application and document differ, with a reason. It is part of his review: in the
 * ledger, and in the register of exceptions where the application is right against the document (C03). Then what he
 * confirmed decides, and what only the document's word asked of the route falls away.
 */
export async function ruleFact(env: Environment, personId: string, input: FactRulingInput): Promise<void> {
  await transact(env.db, async (tx) => {
    const loaded = await loadRequest(tx, input.requestId, true);
    const { row, facts, sealIds } = loaded;
    const step = findSettlingStep(loaded, personId);
    if (!step || !(await isEntitled(tx, env, loaded, step, personId)))
      throw refusedBy([refuse("facts.not-yours", {}, "C11")]);
    if (personId === row.applicant_id || personId === row.handler_id)
      throw refusedBy([refuse("approval.own-request", {}, "C11")]);
    if (row.digest !== input.digest) throw refusedBy([refuse("approval.digest-differs", {}, "C17")]);
    const found = facts.seen.disagreements.find((one) => one.key === input.key && isSettleable(one));
    const before = await tx
      .selectFrom("request_fact_rulings")
      .select("key")
      .where("request_id", "=", input.requestId)
      .where("round", "=", row.round)
      .where("key", "=", input.key)
      .executeTakeFirst();
    if (!found || before) throw refusedBy([refuse("facts.settled", {})]);
    await tx
      .insertInto("request_fact_rulings")
      .values({
        ...{ request_id: input.requestId, round: row.round, key: input.key, ruling: input.ruling },
        ...{ reason: input.reason, step_id: step.stepId, ruled_by: personId, ruled_at: new Date(env.clock.now()) },
      })
      .execute();
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "DeclaredFactSettled", actorId: personId, requestId: input.requestId },
      facts: {
        // Who the counterparty is and what people wrote stays out of the ledger; the digest stands for all of it.
        ...{ fact: found.fact, ruling: input.ruling, document: found.documentId, digest: row.digest },
      },
      comment: input.reason,
    });
    // Who read pages that no program read found the application right by them, and not against them.
    if (input.ruling === "declared" && !isForReaders(found))
      await writeFactRuling(tx, env, {
        ...{ requestId: input.requestId, number: row.number ?? "", entityId: row.entity_id ?? "" },
        ...{ unitId: row.unit_id, sealId: sealIds[0] ?? null, eventId, applicantId: row.applicant_id },
        ...{ ruledBy: personId, fact: found.fact, declared: found.declared, read: found.read, reason: input.reason },
        classes: facts.classes,
      });
    if (input.ruling === "declared")
      await shortenRoute(tx, env, loaded, { by: personId, key: found.key, fact: found.fact, reason: input.reason });
  });
}

async function isEntitled(
  tx: Tx,
  env: Environment,
  loaded: LoadedRequest,
  step: LoadedStep,
  personId: string,
): Promise<boolean> {
  const route = await readRouteNow(tx, env, loaded);
  return (await entitledNow(tx, route, step)).includes(personId);
}
