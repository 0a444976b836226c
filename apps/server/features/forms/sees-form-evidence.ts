import type { Environment } from "../../platform/environment.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { formWatchers } from "./knows-series.ts";

/** Whether a file shows what became of forms that the person keeps or watches over: he answers for it, and has to look at it. */
export async function seesFormEvidence(env: Environment, personId: string, evidenceId: string): Promise<boolean> {
  const series = await env.db
    .selectFrom("form_series as s")
    .select(["s.entity_id", "s.keeper_id"])
    .where((eb) =>
      eb(
        "s.series_id",
        "in",
        eb
          .selectFrom("form_postings as p")
          .select("p.series_id")
          .where("p.evidence_id", "=", evidenceId)
          .union(eb.selectFrom("sheet_reports as r").select("r.series_id").where("r.evidence_id", "=", evidenceId)),
      ),
    )
    .execute();
  if (series.some((one) => one.keeper_id === personId)) return true;
  if (series.length === 0) return false;
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId });
  return series.some((one) =>
    grants.some((grant) => grant.entityId === one.entity_id && formWatchers.includes(grant.role)),
  );
}
