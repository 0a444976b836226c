import type { Reader } from "../../platform/db.ts";

/** What an alarm adds to who may close its finding (C18). */
type AlarmHindrance = "own" | "alarm-open" | null;

/**
 * Why somebody does not close the finding of an alarm now: nobody does before it was acknowledged, nor who kept a seal of the
 * box, or holds a grant for one of them. Answers null for a finding of no alarm.
 */
export async function readAlarmHindrances(
  reader: Reader,
  findingIds: readonly string[],
): Promise<(findingId: string, personId: string, heldSeals: ReadonlySet<string>) => AlarmHindrance> {
  const alarms = await reader
    .selectFrom("alarms")
    .select(["alarm_id", "finding_id", "state", "keepers"])
    .where("finding_id", "in", ["", ...findingIds])
    .execute();
  const seals = await reader
    .selectFrom("alarm_seals")
    .selectAll()
    .where("alarm_id", "in", ["", ...alarms.map((row) => row.alarm_id)])
    .execute();
  return (findingId, personId, heldSeals) => {
    const own = alarms.filter((row) => row.finding_id === findingId);
    const keeps = own.some(
      (row) =>
        row.keepers.includes(personId) ||
        seals.some((seal) => seal.alarm_id === row.alarm_id && heldSeals.has(seal.seal_id)),
    );
    if (keeps) return "own";
    return own.some((row) => row.state === "open") ? "alarm-open" : null;
  };
}
