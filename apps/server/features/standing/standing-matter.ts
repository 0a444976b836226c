import {
  COUNTERPARTY_KINDS,
  grouped,
  joinHalves,
  listFields,
  listTermFaults,
  type Refusal,
  refuse,
} from "@chancery/domain";
import { z } from "zod";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import type { MatterRow } from "../matters/store.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { textOfTemplate } from "../templates/template-rows.ts";

const Day = z.iso.date();
const StandingData = z.object({
  templateId: z.string().regex(/^tpl_[0-9a-f-]{36}$/),
  counterpartyKinds: z.array(z.enum(COUNTERPARTY_KINDS)).min(1).max(COUNTERPARTY_KINDS.length),
  limit: z.number().min(0).max(1e12).multipleOf(0.01),
  currency: z.string().regex(/^[A-Z]{3}$/),
  count: z.number().int().min(1).max(10_000),
  from: Day,
  to: Day,
});
type Data = z.output<typeof StandingData>;

async function readTemplateInForce(tx: Tx, data: Data, entityId: string) {
  return tx
    .selectFrom("template_versions")
    .select(["name_en", "name_zh", "texts", "marks"])
    .where("template_id", "=", data.templateId)
    .where("entity_id", "=", entityId)
    .where("in_force_at", "is not", null)
    .where("ended_at", "is", null)
    .executeTakeFirst();
}

async function check(tx: Tx, env: Environment, row: MatterRow, data: Data): Promise<Refusal[]> {
  const { timeZone } = await readPlaceInTime(tx, row.entity_id);
  const today = dayIn(timeZone, env.clock.now());
  const refusals = listTermFaults({ ...data, sealId: row.seal_id ?? "" }, today);
  const template = await readTemplateInForce(tx, data, row.entity_id);
  if (!template) refusals.push(refuse("standing.template", {}, "C03"));
  // Such a field is read at each use, and here nobody reads.
  const toRead = template && listFields(textOfTemplate(template)).find(({ kind }) => kind === "words");
  if (toRead) refusals.push(refuse("standing.words", { field: toRead.name }, "C03"));
  const seal = await tx
    .selectFrom("seals")
    .select("seal_id")
    .where("seal_id", "=", row.seal_id ?? "")
    .where("entity_id", "=", row.entity_id)
    .executeTakeFirst();
  if (!seal) refusals.push(refuse("standing.seal", {}));
  return refusals;
}

/** What follows one template is agreed to once, for so many uses; it takes force when its last step is approved. */
export const standingAuthorisation: MatterHandler = matterHandler<Data>({
  data: StandingData,
  subjects: ({ row, data }) => [`standing:${row.seal_id} ${data.templateId}`],
  check: (tx, env, { row, data }) => check(tx, env, row, data),
  carryOut: async (tx, env, { row, data }, actor) => {
    const now = env.clock.now();
    const standingId = newId("stg", now);
    const number = row.number ?? "";
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "StandingGiven", actorId: actor.personId, matterId: row.matter_id, sealId: row.seal_id },
      facts: {
        standing: standingId,
        number,
        template: data.templateId,
        uses: data.count,
        from: data.from,
        to: data.to,
      },
    });
    await tx
      .insertInto("standing_authorisations")
      .values({
        ...{ standing_id: standingId, matter_id: row.matter_id, number, entity_id: row.entity_id },
        ...{
          seal_id: row.seal_id ?? "",
          template_id: data.templateId,
          counterparty_kinds: [...data.counterpartyKinds],
        },
        ...{ limit_amount: data.limit.toFixed(2), currency: data.currency, uses: data.count },
        ...{ from_on: data.from, to_on: data.to, given_at: new Date(now), event_id: eventId },
      })
      .execute();
    const template = await readTemplateInForce(tx, data, row.entity_id);
    const name = template ? joinHalves({ en: template.name_en, zh: template.name_zh }) : "";
    await writeRegisterLine(tx, env, {
      ...{ register: "authority", kind: "standing-given", entityId: row.entity_id, eventId },
      ...{ sealId: row.seal_id, matterId: row.matter_id, personIds: [row.asked_by] },
      facts: {
        ...{ number, template: name, most: data.count, limit: `${grouped(data.limit)} ${data.currency}` },
        ...{ from: data.from, to: data.to, by: row.asked_by },
      },
      words: [number, name],
    });
  },
});
