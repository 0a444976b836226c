import { readSettingValues, type Settings } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { dayIn } from "../organisation/read-grants.ts";

/** A row of the settings that the organisation chose. */
export interface SettingRow {
  readonly key: string;
  readonly value: number;
  readonly ends_on: string | null;
}

/** The settings in force on a day: what the organisation chose, unless a loosened value has run out. */
export async function readSettings(reader: Reader, now: number): Promise<Settings> {
  return settingsOn(await reader.selectFrom("settings").select(["key", "value", "ends_on"]).execute(), now);
}

export function settingsOn(rows: readonly SettingRow[], now: number): Settings {
  const today = dayIn("UTC", now);
  const chosen = rows.filter((row) => row.ends_on === null || row.ends_on >= today);
  return readSettingValues(Object.fromEntries(chosen.map((row) => [row.key, row.value])));
}
