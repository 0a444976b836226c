import { REGISTERS, refuse, wholeLine } from "@chancery/domain";
import { sql } from "kysely";
import { z } from "zod";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type MatterHandler, type MatterOf, matterHandler } from "../matters/matter-handler.ts";
import { seesMatter } from "../matters/may-see.ts";
import { getMatter, readSteps } from "../matters/store.ts";
import { readRegisterReach, readsLine } from "./reach.ts";
import { writeRegisterLine } from "./write-line.ts";

const Correction = z.object({
  lineId: z.string().regex(/^line_[0-9a-f-]{36}$/),
  /** Its book, so that whoever decides finds it. */
  register: z.enum(REGISTERS).optional(),
  /** Which of the line's facts, by its key; or the line as a whole. */
  point: z
    .string()
    .regex(/^[A-Za-z][A-Za-z-]{0,39}$/)
    .default(wholeLine),
  reads: z.string().trim().min(1).max(500),
});
type Wanted = z.output<typeof Correction>;

const findLine = (reader: Reader, { row, data }: MatterOf<Wanted>) =>
  reader
    .selectFrom("register_lines")
    .selectAll()
    .where("line_id", "=", data.lineId)
    .where("entity_id", "=", row.entity_id)
    .executeTakeFirst();

/**
 * A correction is a further line, in the book of the one it corrects and named by its number; the corrected line stays as
 * it was written. Whoever reads the one reads the other: the same seal, unit, request and people stand in both.
 */
export const correctLine: MatterHandler = matterHandler<Wanted>({
  data: Correction,
  subjects: ({ data }) => [`line:${data.lineId}`],
  // Who may not read the line does not learn of it by asking for its correction.
  check: async (tx, env, matter) => {
    const { row, data } = matter;
    const line = await findLine(tx, matter);
    const reach = await readRegisterReach(tx, row.asked_by, env.clock.now());
    if (!line || !readsLine(reach, line) || (data.register ?? line.register) !== line.register)
      return [refuse("correction.line-unknown")];
    const known =
      data.point === wholeLine || Object.hasOwn(z.record(z.string(), z.unknown()).parse(line.facts), data.point);
    return known ? [] : [refuse("correction.point-unknown")];
  },
  carryOut: async (tx, env, matter, actor) => {
    const { row, data } = matter;
    const line = await findLine(tx, matter);
    if (!line) throw refusedBy([refuse("correction.line-unknown")]);
    const decided = (await readSteps(tx, row)).flatMap((step) => step.decided_by ?? []);
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "RegisterLineCorrected", actorId: actor.personId, sealId: line.seal_id, matterId: row.matter_id },
      ...{ requestId: line.request_id, facts: { register: line.register, line: line.number, point: data.point } },
      comment: data.reads,
    });
    const register = z.enum(REGISTERS).parse(line.register);
    await writeRegisterLine(tx, env, {
      ...{ register, kind: "correction", entityId: line.entity_id, eventId, corrects: line.line_id },
      ...{ sealId: line.seal_id, bodyId: line.body_id, unitId: line.unit_id, requestId: line.request_id },
      ...{ matterId: row.matter_id, personIds: [...line.person_ids, row.asked_by, ...decided] },
      facts: {
        ...{ point: data.point, reads: data.reads, reason: row.reason, askedBy: row.asked_by },
        ...{ confirmedBy: [...new Set(decided)].join(" "), number: row.number },
      },
      words: [data.reads, row.reason, line.number],
    });
  },
});

/** Whoever may see that a line is to be corrected reads the line: nobody confirms what he cannot compare. */
export async function mayReadForCorrection(env: Environment, personId: string, lineId: string): Promise<boolean> {
  const rows = await env.db
    .selectFrom("matters")
    .select("matter_id")
    .where("kind", "=", "correct-line")
    .where("number", "is not", null)
    .where("asked_by", "!=", personId)
    .where(sql<boolean>`data->>'lineId' = ${lineId}`)
    .execute();
  for (const { matter_id: matterId } of rows)
    if (await seesMatter(env.db, personId, await getMatter(env.db, matterId), env.clock.now())) return true;
  return false;
}
