import { type BoxSettings, findMostSilence } from "@chancery/domain";
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

/** How long each of these may be silent, in milliseconds, by its own settings. */
export async function readMostSilence(
  reader: Reader,
  controllerIds: readonly string[],
): Promise<(controllerId: string) => number> {
  const { rows } = await sql<{ controller_id: string; desired: object | null; reported: object | null }>`
    select c.controller_id, n.desired, t.reported from controllers c
      left join controller_twins t on t.controller_id = c.controller_id
      left join lateral (select desired from controller_setting_changes n where n.controller_id = c.controller_id and n.version is not null
        order by n.version desc limit 1) n on true
    where c.controller_id = any(${[...controllerIds]})`.execute(reader);
  const most = new Map(
    rows.map(({ controller_id: id, desired, reported }) => [
      id,
      findMostSilence({
        desired: settingsOf({ ...desired }).maxOffline,
        reported: reported === null ? null : settingsOf({ ...reported }).maxOffline,
      }),
    ]),
  );
  return (controllerId) =>
    most.get(controllerId) ?? findMostSilence({ desired: defaultSettings.maxOffline, reported: null });
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
