import { decideFormsMove, type FormMatterKind, type Refusal, refuse } from "@chancery/domain";
import { z } from "zod";
import type { Tx } from "../../platform/db.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import { correctLine } from "../registers/correct-line.ts";
import { listPeopleRefusals } from "../seals/body-step.ts";
import { blankSheets } from "./blank-sheets-matter.ts";
import { endSettledSearches } from "./missing-forms.ts";
import { postForms, readHoldings } from "./post-forms.ts";
import { listSpokenFor } from "./read-numbers.ts";

const FormNumber = z.number().int().min(0).max(99_999_999_999);
const PersonId = z.string().regex(/^per_[0-9a-f-]{36}$/);
const Destruction = z.object({
  seriesId: z.string().regex(/^ser_[0-9a-f-]{36}$/),
  first: FormNumber,
  last: FormNumber,
  executors: z.array(PersonId).length(2),
  /** How: shredded, burnt, pulped. */
  method: z.string().trim().max(200),
});
type Destroyed = z.output<typeof Destruction>;

/** The series of a matter, held; undefined where its entity has none of that name. */
async function holdSeriesOf(tx: Tx, entityId: string, seriesId: string) {
  return tx
    .selectFrom("form_series")
    .selectAll()
    .where("series_id", "=", seriesId)
    .where("entity_id", "=", entityId)
    .forUpdate()
    .executeTakeFirst();
}

async function decideDestruction(tx: Tx, entityId: string, { seriesId, first, last }: Destroyed) {
  const series = await holdSeriesOf(tx, entityId, seriesId);
  if (!series) return { ok: false, refusals: [refuse("forms.series-unknown")] } as const;
  const holdings = await readHoldings(tx, seriesId, { first, last });
  const waiting = await listSpokenFor(tx, series, [{ first, last }], null);
  const reported = waiting.filter(({ code }) => code === "sheets.report-waiting");
  if (reported.length > 0) return { ok: false, refusals: reported } as const;
  const decided = decideFormsMove(holdings, { act: "destroy", first, last }, series);
  return decided.ok ? ({ ok: true, series, moves: decided.events } as const) : decided;
}

/** Destruction of blank or voided forms by two, neither of whom asked for it. */
const destroyForms: MatterHandler = matterHandler<Destroyed>({
  data: Destruction,
  subjects: ({ data }) => [`forms:${data.seriesId}`],
  concerned: ({ data }) => data.executors,
  candidates: async (_tx, _env, { data }) => data.executors,
  check: async (tx, _env, { row, data }): Promise<Refusal[]> => {
    const decided = await decideDestruction(tx, row.entity_id, data);
    const apart = new Set([...data.executors, row.asked_by]).size === 3;
    const hands = decided.ok ? decided.moves.flatMap(({ from }) => from?.holderId ?? []) : [];
    const takes = data.executors.some((personId) => hands.includes(personId));
    return [
      ...(decided.ok ? [] : decided.refusals),
      ...(apart ? [] : [refuse("forms.executors-meet", {}, "C11")]),
      ...(takes ? [refuse("sheets.executor-takes", {}, "C11")] : []),
      ...(await listPeopleRefusals(tx, data.executors)),
    ];
  },
  carryOut: async (tx, env, { row, data }, actor) => {
    const decided = await decideDestruction(tx, row.entity_id, data);
    if (!decided.ok) throw refusedBy(decided.refusals);
    await postForms(tx, env, decided.series, decided.moves, {
      ...{ actorId: actor.personId, matterId: row.matter_id, event: "FormsDestroyed", kind: "destroyed" },
      ...{ words: data.method, people: data.executors },
      facts: (moved) => ({
        ...{ formState: moved.from?.state ?? null, executors: data.executors.join(" "), number: row.number },
      }),
    });
    await endSettledSearches(tx, env, decided.series, actor.personId ?? row.asked_by);
  },
});

export const formMatterHandlers: Readonly<Record<FormMatterKind, MatterHandler>> = {
  "destroy-forms": destroyForms,
  "blank-sheets": blankSheets,
  "correct-line": correctLine,
};
