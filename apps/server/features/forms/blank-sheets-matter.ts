import {
  decideFormsMove,
  decideReceipt,
  endOfDay,
  type FormRange,
  listBlankSheetRefusals,
  type Refusal,
  refuse,
  writeFormRange,
} from "@chancery/domain";
import { z } from "zod";
import type { Tx } from "../../platform/db.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { listPeopleRefusals } from "../seals/body-step.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { openTask } from "../tasks/open-task.ts";
import { readOwed } from "./blank-sheets.ts";
import { askForReceipts } from "./move-forms.ts";
import { postForms, readHoldings } from "./post-forms.ts";
import { labelOf, type SeriesRow } from "./series.ts";

const SheetsData = z.object({
  count: z.number().int(),
  /** Who takes them and brings back what they became. */
  takerId: z.string().regex(/^per_[0-9a-f-]{36}$/),
  backBy: z.iso.date(),
  /** The paper they are printed on: plain, or which letterhead. */
  paper: z.string().trim().min(1).max(120),
});
type Data = z.output<typeof SheetsData>;

/** The entity's series of blank sheets, held: of two matters the second one continues after the first one's numbers. */
async function holdSheetSeries(tx: Tx, entityId: string): Promise<SeriesRow | undefined> {
  return tx
    .selectFrom("form_series")
    .selectAll()
    .where("entity_id", "=", entityId)
    .where("kind", "=", "blank-sheet")
    .orderBy("nr")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
}

/** Blank sheets are asked for, approved by two and given out: numbered, each followed until it is settled (C05). */
export const blankSheets: MatterHandler = matterHandler<Data>({
  data: SheetsData,
  subjects: ({ data }) => [`blank-sheets:${data.takerId}`],
  concerned: ({ data }) => [data.takerId],
  check: async (tx, env, { row, data }): Promise<Refusal[]> => {
    const series = await holdSheetSeries(tx, row.entity_id);
    const { timeZone } = await readPlaceInTime(tx, row.entity_id);
    return [
      ...(series ? [] : [refuse("sheets.no-series", {}, "C05")]),
      ...(series?.keeper_id === data.takerId ? [refuse("sheets.keeper-takes", {}, "C11")] : []),
      ...listBlankSheetRefusals({
        ...{ count: data.count, backBy: data.backBy, today: dayIn(timeZone, env.clock.now()) },
        ...{ askedBy: row.asked_by, takerId: data.takerId },
        owed: await readOwed(tx, row.entity_id, env.clock.now()),
      }),
      ...(await listPeopleRefusals(tx, [data.takerId])),
    ];
  },
  carryOut: async (tx, env, { row, data }, actor) => {
    const series = await holdSheetSeries(tx, row.entity_id);
    if (!series) throw refusedBy([refuse("sheets.no-series", {}, "C05")]);
    const place = await readPlaceInTime(tx, row.entity_id);
    const known = await readHoldings(tx, series.series_id);
    const first = 1 + Math.max(0, ...known.map((one) => one.last));
    const range: FormRange = { first, last: first + data.count - 1 };
    const about = { actorId: actor.personId, matterId: row.matter_id };
    const made = decideReceipt(known, { ...range, count: data.count }, series);
    if (!made.ok) throw refusedBy(made.refusals);
    const today = dayIn(place.timeZone, env.clock.now());
    await postForms(tx, env, series, made.events, {
      ...{ ...about, event: "FormsReceived", kind: "received", words: data.paper, receivedOn: today },
      facts: () => ({ receivedFrom: `${row.number ?? ""} · ${data.paper}`, receivedOn: today }),
    });
    const issued = decideFormsMove(
      await readHoldings(tx, series.series_id, range),
      { act: "issue", toId: data.takerId, ...range },
      series,
    );
    if (!issued.ok) throw refusedBy(issued.refusals);
    const { postingIds } = await postForms(tx, env, series, issued.events, {
      ...{ ...about, personId: data.takerId, event: "FormsIssued", kind: "issued", words: row.reason },
      ...{ people: [row.asked_by], facts: () => ({ issuedTo: data.takerId, purpose: row.reason }) },
    });
    await tx
      .insertInto("blank_sheets")
      .values({
        ...{ matter_id: row.matter_id, series_id: series.series_id, first_no: range.first, last_no: range.last },
        ...{ taker_id: data.takerId, back_by: data.backBy, given_at: new Date(env.clock.now()) },
        letterhead_digest: series.letterhead_digest,
      })
      .execute();
    await askForReceipts(tx, env, series, postingIds, { toId: data.takerId, actorId: actor.personId });
    await openTask(tx, env, {
      ...{ kind: "blank-sheets-back", subjectKey: row.matter_id, entityId: row.entity_id, matterId: row.matter_id },
      facts: { range: writeFormRange(series, range), series: labelOf(series), until: data.backBy },
      ...{ assigneeId: data.takerId, dueAt: endOfDay(data.backBy, place.timeZone), actorId: actor.personId },
    });
  },
});
