import {
  addPeriod,
  type FormRange,
  intersectRanges,
  subtractRanges,
  writeFormRange,
  writeFormRanges,
} from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";
import { readHoldings } from "./post-forms.ts";
import { labelOf, type SeriesRow } from "./series.ts";

/** Working days in which missing forms are accounted for. */
const daysToSearch = 3;

/** What is looked for: blank forms, or voided sheets that were to be kept. */
const searches = {
  blank: { source: "forms.missing", kind: "account-for-forms" },
  voided: { source: "forms.voided-missing", kind: "account-for-voided-forms" },
} as const;

/** Numbers that a stock-take did not find: a finding (C05, C24), and a task for whoever keeps them. */
export async function openSearch(
  tx: Tx,
  env: Environment,
  series: SeriesRow,
  { first, last }: FormRange,
  actorId: string,
  what: keyof typeof searches = "blank",
): Promise<void> {
  const { source, kind } = searches[what];
  const facts = { range: writeFormRange(series, { first, last }), series: labelOf(series) };
  const subjectKey = `${series.series_id} ${first} ${last}`;
  await openFinding(tx, env, {
    ...{ control: "C05", source, subjectKey, entityId: series.entity_id },
    ...{ personId: series.keeper_id, facts, actorId },
  });
  const place = await readPlaceInTime(tx, series.entity_id);
  await openTask(tx, env, {
    ...{ kind, subjectKey, entityId: series.entity_id, assigneeId: series.keeper_id, facts },
    dueAt: addPeriod(env.clock.now(), { unit: "working-days", count: daysToSearch }, place),
    actorId,
  });
}

/** Numbers that should not be there: how they came back is a question, not a move. */
export async function tellUnexpected(
  tx: Tx,
  env: Environment,
  series: SeriesRow,
  { first, last }: FormRange,
  actorId: string,
): Promise<void> {
  await openFinding(tx, env, {
    ...{ control: "C05", source: "forms.unexpected", subjectKey: `${series.series_id} ${first} ${last}` },
    ...{ entityId: series.entity_id, personId: series.keeper_id, actorId },
    facts: { range: writeFormRange(series, { first, last }), series: labelOf(series) },
  });
}

/** Two counts of one stock that differ: each stock-take has at most one such question. */
export async function tellCountsDiffer(
  tx: Tx,
  env: Environment,
  series: SeriesRow,
  differing: readonly FormRange[],
  count: { countId: string; personId: string },
): Promise<void> {
  await openFinding(tx, env, {
    ...{ control: "C05", source: "forms.counts-differ", subjectKey: count.countId, entityId: series.entity_id },
    ...{ personId: series.keeper_id, actorId: count.personId },
    facts: { range: writeFormRanges(series, differing), series: labelOf(series) },
  });
}

/**
 * Ends the searches for what is no longer missing: found again, declared void, or, of voided sheets, destroyed or counted
 * now. The finding is closed by people.
 */
export async function endSettledSearches(
  tx: Tx,
  env: Environment,
  series: SeriesRow,
  actorId: string,
  counted: readonly FormRange[] = [],
): Promise<void> {
  const open = await tx
    .selectFrom("tasks")
    .select(["kind", "subject_key"])
    .where("kind", "in", [searches.blank.kind, searches.voided.kind])
    .where("state", "=", "open")
    .where("subject_key", "like", `${series.series_id} %`)
    .execute();
  if (open.length === 0) return;
  const holdings = await readHoldings(tx, series.series_id);
  const sought = {
    [searches.blank.kind]: holdings.filter((one) => one.state === "missing"),
    [searches.voided.kind]: subtractRanges(
      holdings.filter((one) => one.state === "voided"),
      counted,
    ),
  };
  for (const { kind } of Object.values(searches)) {
    const settled = open
      .filter((task) => task.kind === kind)
      .map((task) => task.subject_key)
      .filter((key) => {
        const [, first, last] = key.split(" ");
        return intersectRanges(sought[kind], [{ first: Number(first), last: Number(last) }]).length === 0;
      });
    await endTasks(tx, env, { kind, subjectKey: settled }, { state: "done", actorId });
  }
}
