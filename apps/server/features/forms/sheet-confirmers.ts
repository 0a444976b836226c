import { addPeriod, type Grant, isApartFromSheets, type ReportToConfirm, type SheetConfirmer } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readAwayUntil } from "../organisation/absences.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { listDeparted } from "../organisation/still-here.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { formWatchers } from "./knows-series.ts";
import { listKeeping, type SeriesRow } from "./series.ts";

/** A report as far as it matters who confirms it. */
export interface ReportInQuestion {
  readonly matter_id: string;
  readonly series_id: string;
  readonly numbers: readonly string[];
  readonly reported_by: string;
  readonly reported_at: Date;
  readonly request_id: string | null;
}

/** Who had a part in the sheets of a report, in their matter or in a use. */
export async function readParties(reader: Reader, report: ReportInQuestion): Promise<string[]> {
  const given = await reader
    .selectFrom("blank_sheets as b")
    .innerJoin("matters as m", "m.matter_id", "b.matter_id")
    .select(["b.taker_id", "m.asked_by"])
    .where("b.matter_id", "=", report.matter_id)
    .executeTakeFirstOrThrow();
  const uses = await reader
    .selectFrom("seal_use_requests as q")
    .select(["q.applicant_id", "q.handler_id"])
    .where((eb) =>
      eb.or([
        eb("q.request_id", "=", report.request_id ?? ""),
        eb(
          "q.request_id",
          "in",
          eb
            .selectFrom("blank_sheets_sealed as z")
            .select("z.request_id")
            .where("z.series_id", "=", report.series_id)
            .where("z.number", "in", report.numbers),
        ),
      ]),
    )
    .execute();
  const ids = [
    given.taker_id,
    given.asked_by,
    report.reported_by,
    ...uses.flatMap((use) => [use.applicant_id, use.handler_id]),
  ];
  return [...new Set(ids.filter((id): id is string => id !== null))];
}

type Kept = Pick<SeriesRow, "entity_id" | "keeper_id" | "seal_id" | "name_en" | "name_zh">;

/** A person as he stands to reports on sheets of a series. */
export async function readConfirmer(
  reader: Reader,
  env: Environment,
  series: Kept,
  personId: string,
): Promise<SheetConfirmer> {
  const grants = await readGrantsInForce(reader, env.clock.now(), { personId });
  return { ...standing(series, personId, grants), keeps: await keepsNow(reader, env, series, personId) };
}

const standing = (series: Kept, personId: string, grants: readonly Grant[]): Omit<SheetConfirmer, "keeps"> => ({
  personId,
  actsFor: [...new Set(grants.flatMap(({ delegatedBy }) => delegatedBy ?? []))],
  watches: grants.some(({ role, entityId }) => entityId === series.entity_id && formWatchers.includes(role)),
});

async function keepsNow(reader: Reader, env: Environment, series: Kept, personId: string): Promise<boolean> {
  if (series.keeper_id !== personId) return false;
  const name = { en: series.name_en, zh: series.name_zh };
  const kept = { entityId: series.entity_id, keeperId: personId, sealId: series.seal_id, name };
  return (await listKeeping(reader, env, kept)).length === 0;
}

/** Until when the keeper is the one who confirms: a working day, as for what he is handed. */
export async function readConfirmationDue(reader: Reader, entityId: string, reportedAt: Date): Promise<number> {
  const place = await readPlaceInTime(reader, entityId);
  return addPeriod(reportedAt.getTime(), { unit: "working-days", count: 1 }, place);
}

/** What a confirmation of a report asks of people: who is out of the question, and whether it is the keeper's turn. */
export async function readReportToConfirm(
  reader: Reader,
  env: Environment,
  series: Kept,
  report: ReportInQuestion,
): Promise<ReportToConfirm> {
  const parties = await readParties(reader, report);
  const now = env.clock.now();
  const keeper = await readConfirmer(reader, env, series, series.keeper_id);
  const isKeepersTurn =
    keeper.keeps &&
    isApartFromSheets(keeper, parties) &&
    (await listDeparted(reader, [series.keeper_id])).length === 0 &&
    (await readAwayUntil(reader, series.keeper_id, now)) === null &&
    now <= (await readConfirmationDue(reader, series.entity_id, report.reported_at));
  return { parties, isKeepersTurn };
}

/** To whom the confirmation of a report is a task: the keeper, or a role of which somebody without a part in it watches the forms. */
export async function findConfirmers(
  reader: Reader,
  env: Environment,
  series: Kept,
  report: ReportInQuestion,
): Promise<{ assigneeId: string } | { assigneeRole: string }> {
  const { parties, isKeepersTurn } = await readReportToConfirm(reader, env, series, report);
  if (isKeepersTurn) return { assigneeId: series.keeper_id };
  const grants = await readGrantsInForce(reader, env.clock.now(), { entityId: series.entity_id });
  const people = [...Map.groupBy(grants, ({ personId }) => personId)]
    .map(([personId, of]) => standing(series, personId, of))
    .filter((one) => one.watches && isApartFromSheets(one, parties))
    .map(({ personId }) => personId);
  const order = ["supervisor", "inspector", "seal-administrator"];
  const role = order.find((one) => grants.some((grant) => grant.role === one && people.includes(grant.personId)));
  return { assigneeRole: role ?? "seal-administrator" };
}
