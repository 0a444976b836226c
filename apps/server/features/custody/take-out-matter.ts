import { Time } from "@chancery/api";
import { listTakeOutRefusals, PIECE_CONDITIONS, peopleAccount, type Refusal, refuse } from "@chancery/domain";
import { z } from "zod";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { changeSealState } from "../seals/service.ts";
import { lockSealsOfBodies } from "./custody-bodies.ts";
import { BodyIdText, PersonIdText } from "./handover-matter.ts";
import { listHeldInBox, tellTakenFromBox } from "./in-box.ts";
import { custodiansOf, postMove } from "./postings.ts";
import { closeSession, endOutAlarm } from "./sessions.ts";
import { listOverduePeople, openReturnTask, readTakeOutLimits } from "./take-outs.ts";

const TakeOutData = z.object({
  bodyId: BodyIdText,
  /** Who travels; the keeper first. */
  escort: z.array(PersonIdText).min(1).max(6),
  place: z.string().trim().min(1).max(200),
  documents: z
    .array(z.object({ title: z.string().trim().min(1).max(200), impressions: z.number().int().min(1).max(500) }))
    .max(100),
  mostImpressions: z.number().int().min(1).max(2000),
  dueAt: Time,
});
type Data = z.output<typeof TakeOutData>;
const Looked = z.object({ condition: z.enum(PIECE_CONDITIONS) });

/** Whether everybody named can confirm by himself. */
export async function listCompanyRefusals(reader: Reader, personIds: readonly string[]): Promise<Refusal[]> {
  const active = await reader
    .selectFrom("people")
    .select("person_id")
    .where("person_id", "in", personIds.length > 0 ? [...personIds] : [""])
    .where("state", "=", "active")
    .execute();
  return active.length === new Set(personIds).size ? [] : [refuse("take-out.companion-unknown", {}, "C13")];
}

/** Take-out 外借 (C13): approved, two people, issued with a photo and a look at the piece by both. */
export const takeOut: MatterHandler = matterHandler<Data>({
  data: TakeOutData,
  subjects: ({ data }) => [`custody:${data.bodyId}`],
  concerned: ({ data }) => data.escort,
  candidates: async (_tx, _env, { data }, part) => (part === "keeper" ? data.escort.slice(0, 1) : data.escort.slice(1)),
  check: async (tx, env, { row, data }) => {
    const { seals, bodies, held } = await lockSealsOfBodies(tx, [data.bodyId]);
    const body = bodies.find((one) => one.body_id === data.bodyId);
    if (!body || body.seal_id !== row.seal_id || seals[0]?.entity_id !== row.entity_id)
      return [refuse("handover.body-unknown", {})];
    return [
      ...listTakeOutRefusals(
        {
          askedBy: row.asked_by,
          kind: body.kind,
          state: body.state,
          custodians: custodiansOf(held(body.body_id)),
          escort: data.escort,
          overdue: await listOverduePeople(tx, env, data.escort),
          documents: data.documents,
          mostImpressions: data.mostImpressions,
          dueAt: Date.parse(data.dueAt),
        },
        await readTakeOutLimits(tx, env, row.entity_id),
      ),
      ...(await listCompanyRefusals(tx, data.escort)),
      ...(await listHeldInBox(tx, [body.body_id], held)),
    ];
  },
  checkConfirmation: async (_tx, _env, _matter, { facts }) =>
    Looked.safeParse(facts).success ? [] : [refuse("handover.facts-missing", {}, "C14")],
  carryOut: async (tx, env, { row, data }, actor) => {
    const { bodies, held } = await lockSealsOfBodies(tx, [data.bodyId]);
    const body = bodies.find((one) => one.body_id === data.bodyId);
    const keeperId = data.escort[0];
    if (!body || keeperId === undefined) throw new Error("a take-out was checked and has no piece or keeper");
    const by = { actorId: actor.personId, matterId: row.matter_id };
    const { eventId } = await changeSealState(
      tx,
      env,
      body.seal_id,
      "take-out",
      { ...by, reason: row.reason },
      body.body_id,
    );
    const from = held(body.body_id).place?.to ?? "origin";
    await putInHand(tx, env, body, from, keeperId, by);
    await tellTakenFromBox(tx, env, body, held(body.body_id), keeperId);
    const dueAt = Date.parse(data.dueAt);
    const listed = data.documents.reduce((sum, one) => sum + one.impressions, 0);
    await tx
      .insertInto("take_outs")
      .values({
        matter_id: row.matter_id,
        entity_id: row.entity_id,
        seal_id: body.seal_id,
        body_id: body.body_id,
        keeper_id: keeperId,
        escort: data.escort,
        place: data.place,
        most_impressions: data.mostImpressions,
        listed_impressions: listed,
        from_account: from,
        due_at: new Date(dueAt),
        issued_at: new Date(env.clock.now()),
      })
      .execute();
    await openReturnTask(
      tx,
      env,
      {
        ...{ matterId: row.matter_id, entityId: row.entity_id, sealId: body.seal_id, bodyId: body.body_id },
        ...{ keeperId, dueAt },
      },
      actor.personId,
    );
    await writeRegisterLine(tx, env, {
      register: "take-out",
      entityId: row.entity_id,
      kind: "issued",
      eventId,
      sealId: body.seal_id,
      bodyId: body.body_id,
      matterId: row.matter_id,
      personIds: data.escort,
      facts: {
        ...{ number: row.number, most: data.mostImpressions, listed, documents: data.documents.length },
        ...{ dueAt: data.dueAt, escort: data.escort.join(" ") },
      },
      words: [row.title, row.reason, data.place, ...data.documents.map((one) => one.title)],
    });
  },
});

/** The piece leaves its container for the keeper's hand; it is watched by its due time now, not by minutes. */
async function putInHand(
  tx: Tx,
  env: Environment,
  body: { body_id: string; seal_id: string; kind: "physical" | "electronic" },
  from: string,
  keeperId: string,
  by: { actorId: string | null; matterId: string },
): Promise<void> {
  await closeSession(tx, env, body.body_id);
  await endOutAlarm(tx, env, body.body_id, by.actorId);
  const to = peopleAccount([keeperId]);
  if (from !== to)
    await postMove(tx, env, {
      ...{ sealId: body.seal_id, bodyId: body.body_id, kind: body.kind, book: "place", to },
      ...by,
    });
}
