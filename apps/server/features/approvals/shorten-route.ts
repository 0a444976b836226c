import {
  classIn,
  type DecisiveFacts,
  decideFacts,
  decideSeriesFacts,
  planShortening,
  type Refusal,
  refuse,
  type ShorteningFacts,
} from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readCounterpartyKind } from "../requests/judge-use.ts";
import { readRulesOf } from "../requests/list-waiting.ts";
import type { LoadedRequest } from "../requests/load-request.ts";

interface Ruling {
  readonly by: string;
  readonly key: string;
  readonly fact: string;
  readonly reason: string;
}

/** What decides once reviewers have settled these disagreements for the application: the rest as it was submitted. */
function confirmedFacts({ facts, series }: LoadedRequest, settled: ReadonlySet<string>): DecisiveFacts {
  const { declared, seen, classes } = facts;
  const decide = series ? decideSeriesFacts : decideFacts;
  return { ...decide(declared, [], seen.disagreements, settled, classes), template: seen.decisive.template };
}

/**
 * What of the route falls away by what reviewers confirmed, or why it stays. An emergency and a use under a standing
 * authorisation have no route by the tables: nothing is taken from theirs.
 */
async function planRoute(
  reader: Reader,
  loaded: LoadedRequest,
  settled: ReadonlySet<string>,
  ruledBy: string | null,
): Promise<{ dropped: readonly string[]; kept: Refusal | null }> {
  const { row, facts, steps, sealIds } = loaded;
  const stays = { dropped: [], kept: null };
  if (row.state !== "in-review" || row.emergency_reason !== null || row.standing_id !== null) return stays;
  const rules = await readRulesOf(reader, row.rules_version);
  if (rules === null) return stays;
  const confirmed = confirmedFacts(loaded, settled);
  if (!facts.classes.has(confirmed.documentClass)) return { dropped: [], kept: refuse("shorten.not-sure", {}, "C01") };
  const important = await reader
    .selectFrom("seals")
    .select("seal_id")
    .where("seal_id", "in", ["", ...sealIds])
    .where("important", "=", true)
    .limit(1)
    .executeTakeFirst();
  const documents = loaded.series ? loaded.documents.slice(0, 1) : loaded.documents;
  const asked = ({ documentClass, external, template, amountMinor, currency }: DecisiveFacts) => ({
    ...{ documentClass, external, template, currency, makesRights: classIn(facts.classes, documentClass).makesRights },
    counterpartyKind: readCounterpartyKind(row.counterparty_kind),
    amount: amountMinor === null ? null : amountMinor / 100,
    impressions: documents.reduce((sum, document) => sum + document.placements.length, 0),
  });
  const plan: ShorteningFacts = {
    ...{ rules, fired: (row.rules_fired as { route?: string[] } | null)?.route ?? [], ruledBy },
    steps: steps.map(({ stepId, kind, groupId, state, candidates, added }) => ({
      ...{ stepId, kind, group: groupId, state, candidates, added: added !== null },
    })),
    ...{ submitted: asked(facts.seen.decisive), confirmed: asked(confirmed), important: important !== undefined },
  };
  return planShortening(plan);
}

/** Why the stricter route stays though a reviewer confirmed that the application is right; null where there is nothing to say. */
export async function whyRouteStays(reader: Reader, loaded: LoadedRequest): Promise<Refusal | null> {
  if (loaded.facts.settled.size === 0) return null;
  return (await planRoute(reader, loaded, loaded.facts.settled, null)).kept;
}

/**
 * Takes from the running route what only the fact asked for that a reviewer just set aside. It is told in the ledger with his
 * reason, and each step keeps by whom and why it fell away: the signatory sees it before he decides.
 */
export async function shortenRoute(tx: Tx, env: Environment, loaded: LoadedRequest, ruling: Ruling): Promise<void> {
  const { row, facts, steps } = loaded;
  const { dropped } = await planRoute(tx, loaded, new Set([...facts.settled, ruling.key]), ruling.by);
  if (dropped.length === 0) return;
  const why = JSON.stringify({ by: ruling.by, fact: ruling.fact, reason: ruling.reason });
  await tx
    .updateTable("request_steps")
    .set({ state: "voided", dropped: why })
    .where("step_id", "in", dropped)
    .execute();
  await tx
    .updateTable("seal_use_requests")
    .set({ updated_at: new Date(env.clock.now()), version: row.version + 1 })
    .where("request_id", "=", row.request_id)
    .execute();
  await recordEvent(tx, env, {
    ...{ type: "SealUseRouteShortened", actorId: ruling.by, requestId: row.request_id, comment: ruling.reason },
    facts: {
      ...{ fact: ruling.fact, digest: row.digest, neededBefore: steps.length },
      neededAfter: steps.length - dropped.length,
    },
  });
}
