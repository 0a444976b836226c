import { readSettingValues, type Settings } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { dayIn } from "../organisation/read-grants.ts";

/** The settings in force on a day: what the organisation chose, unless a loosened value has run out. */
export async function readSettings(reader: Reader, now: number): Promise<Settings> {
  const today = dayIn("UTC", now);
  const rows = await reader.selectFrom("settings").select(["key", "value", "ends_on"]).execute();
  const chosen = rows.filter((row) => row.ends_on === null || row.ends_on >= today);
  return readSettingValues(Object.fromEntries(chosen.map((row) => [row.key, row.value])));
}
