import type { RouteAnswer } from "@chancery/api/client";
import { openRequestStates } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { readSealSummaries } from "../seals/read-model.ts";
import { listSummaries } from "./summaries.ts";

/** What waits for this person, what he asked for, the seals he keeps. */
export async function readOverview(env: Environment, personId: string): Promise<RouteAnswer<"GET /v1/overview">> {
  const now = env.clock.now();
  const month = new Date(`${new Date(now).toISOString().slice(0, 7)}-01T00:00:00Z`);
  const waiting = (await listSummaries(env, personId, { view: "waiting" })).items;
  const mine = (await listSummaries(env, personId, { view: "mine" })).items;
  const kept = (await readGrantsInForce(env.db, now, { personId })).filter(
    (grant) => grant.role === "custodian" && grant.scope.kind === "seal",
  );
  const { open } = await env.db
    .selectFrom("seal_use_requests")
    .select((eb) => eb.fn.countAll<string>().as("open"))
    .where((eb) => eb.or([eb("applicant_id", "=", personId), eb("handler_id", "=", personId)]))
    .where("state", "in", [...openRequestStates])
    .executeTakeFirstOrThrow();
  const counted = await env.db
    .selectFrom("events")
    .select(["type", (eb) => eb.fn.countAll<string>().as("count")])
    .where("at", ">=", month)
    .where("type", "in", ["ImpressionSettled", "SealUseRequestRefused"])
    .groupBy("type")
    .execute();
  const count = (type: string): number => Number(counted.find((row) => row.type === type)?.count ?? 0);
  return {
    waiting: waiting.slice(0, 20),
    mine: mine.slice(0, 20),
    sealsKept: await readSealSummaries(
      env.db,
      env,
      kept.map((grant) => grant.scope.id),
    ),
    counts: {
      waiting: waiting.length,
      mine: Number(open),
      sealedThisMonth: count("ImpressionSettled"),
      refusedThisMonth: count("SealUseRequestRefused"),
    },
  };
}
