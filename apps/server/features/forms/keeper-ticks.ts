import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { labelOf, listKeeping } from "./series.ts";

/** A series whose keeper lost his role, or came to hold its seal by a way that did not ask, is a finding (C11). */
export async function tellUnfitFormKeepers(env: Environment): Promise<void> {
  const rows = await env.db
    .selectFrom("form_series as s")
    .leftJoin("findings as f", (join) =>
      join.onRef("f.subject_key", "=", "s.series_id").on("f.source", "=", "forms.keeper").on("f.state", "=", "open"),
    )
    .selectAll("s")
    .where("f.finding_id", "is", null)
    .execute();
  for (const row of rows) {
    const kept = { entityId: row.entity_id, keeperId: row.keeper_id, sealId: row.seal_id };
    const refusals = await listKeeping(env.db, env, { ...kept, name: { en: row.name_en, zh: row.name_zh } });
    if (refusals.length === 0) continue;
    await transact(env.db, (tx) =>
      openFinding(tx, env, {
        ...{ control: "C11", source: "forms.keeper", subjectKey: row.series_id, entityId: row.entity_id },
        ...{ personId: row.keeper_id, facts: { series: labelOf(row) }, actorId: null },
      }),
    );
  }
}
