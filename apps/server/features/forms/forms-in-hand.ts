import { joinHalves } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { endTasks } from "../tasks/open-task.ts";
import type { SeriesRow } from "./series.ts";

const keyOf = (seriesId: string, personId: string): string => `${seriesId}:${personId}`;

const inHand = (tx: Tx) =>
  tx
    .selectFrom("form_holdings as h")
    .innerJoin("form_series as s", "s.series_id", "h.series_id")
    .where("h.until", "is", null)
    .where("h.state", "=", "issued");

/** Forms that were issued to a person and are still with him, a line for each series. */
export async function listFormsInHand(tx: Tx, personId: string) {
  const rows = await inHand(tx)
    .select(["s.series_id", "s.entity_id", "s.name_en", "s.name_zh", "h.first_no", "h.last_no"])
    .where("h.holder_id", "=", personId)
    .execute();
  return [...Map.groupBy(rows, (row) => row.series_id)].flatMap(([seriesId, held]) => {
    const [{ entity_id: entityId, name_en: en, name_zh: zh } = { entity_id: "", name_en: "", name_zh: "" }] = held;
    const count = held.reduce((sum, row) => sum + Number(row.last_no) - Number(row.first_no) + 1, 0);
    const series = joinHalves({ en, zh });
    return [{ subjectKey: keyOf(seriesId, personId), entityId, facts: { series, count } }];
  });
}

/** Nobody is asked any longer for forms of a series that a leaver no longer has. */
export async function endTasksOfForms(
  tx: Tx,
  env: Environment,
  series: SeriesRow,
  holders: readonly (string | null | undefined)[],
  actorId: string | null,
): Promise<void> {
  const had = [...new Set(holders.filter((id): id is string => typeof id === "string"))];
  if (had.length === 0) return;
  const still = await inHand(tx)
    .select("h.holder_id")
    .where("h.series_id", "=", series.series_id)
    .where("h.holder_id", "in", had)
    .execute();
  const empty = had.filter((id) => !still.some((row) => row.holder_id === id));
  const subjectKey = empty.map((id) => keyOf(series.series_id, id));
  await endTasks(tx, env, { kind: "take-back-forms", subjectKey }, { state: "done", actorId });
}
