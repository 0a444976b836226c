import { sql } from "kysely";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { raiseAlarm } from "../alarms/raise-alarm.ts";
import { lockChain, readEpoch } from "../controllers/chain-rows.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { openFinding } from "../tasks/open-finding.ts";

/** What does not fit: a signature that the ledger does not tell of, one it tells of that is gone, or one nobody approved. */
export interface UnmatchedSignature {
  readonly jti: string;
  readonly why: "not-in-ledger" | "not-signed" | "not-approved";
  readonly controllerId: string | null;
  readonly entityId: string | null;
}

const told = [
  ...["ControllerAuthorisationIssued", "ControllerRevocationIssued", "ControllerOrderIssued"],
  ...["ControllerAgreementIssued", "ControllerRefusalIssued", "ControllerSettingsIssued"],
];

/** How presses follow from an authorisation, as the text that was signed says it. */
const modeOf = sql`(convert_from(decode(rpad(translate(split_part(s.token, '.', 2), '-_', '+/'), (length(split_part(s.token, '.', 2)) + 3) / 4 * 4, '='), 'base64'), 'UTF8')::jsonb #>> '{use,mode}')`;

/**
 * Compares everything the authority signed with what the ledger tells of it, both ways, and each authorisation with the approval of
 * its request (attack 30); what needs no document was signed for an emergency alone. Digests are computed anew from the texts that were signed.
 */
export async function compareSignatures(reader: Reader): Promise<UnmatchedSignature[]> {
  const { rows } = await sql<{ jti: string; why: UnmatchedSignature["why"]; controller_id: string | null }>`
    select s.jti, 'not-in-ledger' as why, s.controller_id from controller_signatures s
      left join events e on e.event_id = s.event_id and e.type = any (${told}::text[]) and e.facts->>'jti' = s.jti
        and e.facts->>'digest' = 'sha256:' || encode(sha256(convert_to(s.token, 'UTF8')), 'hex') and e.request_id is not distinct from s.request_id
      where e.event_id is null
    union all
    select e.facts->>'jti', 'not-signed', e.facts->>'controller' from events e
      left join controller_signatures s on s.event_id = e.event_id and s.jti = e.facts->>'jti'
      where e.type = any (${told}::text[]) and s.jti is null
    union all
    select s.jti, 'not-approved', s.controller_id from controller_signatures s
      join seal_use_requests r on r.request_id = s.request_id
      where s.kind = 'authorisation' and (exists (select from request_steps t where t.request_id = r.request_id and t.round = r.round
          and t.state <> 'voided' and (t.state <> 'approved' or t.decided_at > s.signed_at))
        or not exists (select from request_steps t where t.request_id = r.request_id and t.round = r.round and t.state = 'approved')
        or (${modeOf} = 'emergency') <> (r.emergency_until is not null))`.execute(reader);
  const entities = await reader.selectFrom("controllers").select(["controller_id", "entity_id"]).execute();
  const entityOf = new Map(entities.map((row) => [row.controller_id, row.entity_id]));
  return rows.map((row) => ({
    ...{ jti: row.jti, why: row.why, controllerId: row.controller_id },
    entityId: entityOf.get(row.controller_id ?? "") ?? null,
  }));
}

/** Compares once a day by itself, after midnight (UTC), where anything was ever signed; what does not fit is found. */
export async function compareSignaturesNightly(env: Environment): Promise<void> {
  const now = env.clock.now();
  const any = await env.db.selectFrom("controller_asks").select("ask_id").limit(1).executeTakeFirst();
  if (!any) return;
  const last = await env.db
    .selectFrom("authority_checks")
    .select("at")
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (last && dayIn("UTC", last.at.getTime()) === dayIn("UTC", now)) return;
  const unmatched = await compareSignatures(env.db);
  await transact(env.db, async (tx) => {
    await tx
      .insertInto("authority_checks")
      .values({ at: new Date(now), unmatched: unmatched.length })
      .execute();
    for (const { jti, why, controllerId, entityId } of unmatched) {
      const opened = await openFinding(tx, env, {
        ...{ control: "C01", source: `authority.${why}`, subjectKey: jti, entityId, actorId: null },
        facts: { jti, controller: controllerId },
      });
      if (opened !== null && controllerId !== null) await alarm(tx, env, controllerId, opened.findingId);
    }
    await recordEvent(tx, env, {
      ...{ type: "ControllerAuthorisationsCompared", actorId: null },
      facts: { unmatched: unmatched.length },
    });
  });
}

/** What was signed without a right to is told at once like any other alarm of the box it is for. */
async function alarm(tx: Tx, env: Environment, controllerId: string, findingId: string): Promise<void> {
  const epoch = await readEpoch(tx, controllerId);
  const chain = epoch === null ? null : await lockChain(tx, controllerId, epoch);
  if (chain === null) return;
  await raiseAlarm(tx, env, chain, {
    ...{ code: "AUTHORISATION_WITHOUT_REQUEST", seq: chain.last, times: 1, findingId },
  });
}
