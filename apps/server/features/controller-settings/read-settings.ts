import type { BoxSettings } from "@chancery/domain";
import { defaultSettings } from "@chancery/seallink";
import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";

/** Settings as they are kept: each that a row does not name, because it is older than the setting, is a box's own default. */
export function settingsOf(kept: Readonly<Record<string, unknown>>): BoxSettings {
  return { ...defaultSettings, ...kept } as BoxSettings;
}

/** What a controller is asked to be set to: the newest version that was agreed to, before one where that is named. */
export async function readDesired(
  reader: Reader,
  controllerId: string,
  before: number | null = null,
): Promise<{ readonly version: number; readonly settings: BoxSettings; readonly at: Date | null }> {
  let select = reader
    .selectFrom("controller_setting_changes")
    .select(["version", "desired", "decided_at"])
    .where("controller_id", "=", controllerId)
    .where("version", "is not", null)
    .orderBy("version", "desc")
    .limit(1);
  if (before !== null) select = select.where("version", "<", before);
  const row = await select.executeTakeFirst();
  return { version: row?.version ?? 0, settings: settingsOf(row?.desired ?? {}), at: row?.decided_at ?? null };
}

/**
 * The newest settings that were signed for a box, where it has not said that it took them. A box in quarantine is told to stop, and
 * nothing else.
 */
export async function takeSettings(reader: Reader, controllerId: string): Promise<string | null> {
  const { rows } = await sql<{ token: string }>`
    select s.token from controller_signatures s
      join controllers c on c.controller_id = s.controller_id and c.state = 'enrolled'
      join controller_asks k on k.ask_id = s.ask_id
      join controller_setting_changes n on n.change_id = k.body->>'changeId'
      join controller_chains h on h.controller_id = s.controller_id and not h.closed and h.quarantined is null
      left join controller_twins t on t.controller_id = s.controller_id
    where s.controller_id = ${controllerId} and s.kind = 'settings' and coalesce(t.version, 0) < n.version
      and n.version = (select max(l.version) from controller_setting_changes l where l.controller_id = s.controller_id)
    limit 1`.execute(reader);
  return rows[0]?.token ?? null;
}
