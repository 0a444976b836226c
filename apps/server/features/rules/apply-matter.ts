import {
  type LeftAlone,
  listNamingRefusals,
  MOST_NAMED_REQUESTS,
  type Refusal,
  refuse,
  whyLeftAlone,
} from "@chancery/domain";
import { z } from "zod";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { followOtherSide } from "../joint/follow-other-side.ts";
import { holdWithOtherSides } from "../joint/joint-rows.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import { bringBack } from "../requests/bring-back.ts";
import { loadRequest } from "../requests/load-request.ts";
import { readHeadEntity, readRulesInForce } from "./read-rules.ts";
import { readNameable, subjectOf, toRunning } from "./running-requests.ts";

const ApplyData = z.object({
  /** The rules that are to hold: those in force when it was asked. */
  versionId: z.string().max(60),
  requestIds: z
    .array(z.string().regex(/^req_[0-9a-f-]{36}$/))
    .min(1)
    .max(MOST_NAMED_REQUESTS)
    .refine((ids) => new Set(ids).size === ids.length, {
      error: "name one twice",
      params: { zh: "有重复" },
    }),
});

/** The rules in force take the place of what these running requests were promised: each comes back to its applicant. */
export const applyRules: MatterHandler = matterHandler<z.output<typeof ApplyData>>({
  data: ApplyData,
  subjects: ({ data }) => data.requestIds.map(subjectOf),
  // Who asks for a use, or handles it, neither names it nor decides that it comes back.
  concerned: async ({ data }, reader) => {
    const rows = await reader
      .selectFrom("seal_use_requests")
      .select(["applicant_id", "handler_id"])
      .where("request_id", "in", data.requestIds)
      .execute();
    return rows.flatMap((row) => [row.applicant_id, ...(row.handler_id === null ? [] : [row.handler_id])]);
  },
  check: async (tx, env, { row, data }) => {
    const refusals: Refusal[] = [];
    const head = await readHeadEntity(tx);
    if (row.entity_id !== head.entityId) refusals.push(refuse("rules.other-entity", { entity: head.code }, "C11"));
    const isDecided = row.state === "in-review" || row.state === "approved";
    // Requests before the rules, as whoever submits holds them. What is merely asked for holds nothing.
    if (isDecided) {
      await holdWithOtherSides(tx, data.requestIds);
      await tx.selectFrom("installation").select("state").forShare().executeTakeFirstOrThrow();
    }
    const inForce = (await readRulesInForce(tx)).versionId;
    if (data.versionId !== inForce) refusals.push(refuse("rules.other-in-force", {}));
    // What was named stays named: what went on since is left alone when it is carried out.
    if (isDecided) return refusals;
    const named = await readNameable(tx, env, row.asked_by, data.requestIds);
    if (named.length < data.requestIds.length) refusals.push(refuse("rules.request-unknown", {}));
    return [
      ...refusals,
      ...named.flatMap((request) => listNamingRefusals(toRunning(request), row.asked_by, inForce).slice(0, 1)),
    ];
  },
  carryOut: async (tx, env, { row, data }, actor) => {
    const { versionId, number } = await readRulesInForce(tx);
    const by = { actorId: actor.personId, comment: row.reason, matterId: row.matter_id };
    const left: string[] = [];
    const returned = new Set<string>();
    for (const requestId of data.requestIds.toSorted()) {
      if (returned.has(requestId)) continue;
      const why = await returnOne(tx, env, requestId, { ...by, versionId, number });
      if (Array.isArray(why)) for (const one of why) returned.add(one);
      else left.push(`${requestId}:${why}`);
    }
    await recordEvent(tx, env, {
      ...{ type: "RulesApplied", actorId: actor.personId, matterId: row.matter_id },
      facts: {
        ...{ rules: versionId, version: number, returned: data.requestIds.length - left.length },
        left: left.join(" "),
      },
    });
  },
});

/** Brings one request back, and of a joint one the other side with it; answers which came back, or why it is left alone. */
async function returnOne(
  tx: Tx,
  env: Environment,
  requestId: string,
  by: { actorId: string | null; comment: string; matterId: string; versionId: string; number: number },
): Promise<string[] | LeftAlone> {
  const loaded = await loadRequest(tx, requestId);
  const { row, joint } = loaded;
  const why = whyLeftAlone({ state: row.state, rulesVersion: row.rules_version }, by.versionId);
  if (why !== null) return why;
  await bringBack(tx, env, row, "return");
  await recordEvent(tx, env, {
    ...{ type: "SealUseStepReturned", actorId: by.actorId, requestId, matterId: by.matterId, comment: by.comment },
    facts: { number: row.number, digest: row.digest, rules: by.versionId, version: by.number },
  });
  await followOtherSide(tx, env, loaded, "returned", by);
  return [requestId, ...(joint ? [joint.other.requestId] : [])];
}
