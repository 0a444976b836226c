import { COUNTERPARTY_KINDS, isInForce, refuse, UNSEALED_USE_STATES } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn, readGrantsInForce } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { readPeople } from "../requests/read-people.ts";
import { readPlaceInTime } from "../settings/calendar.ts";

type Page = HandlerAnswer<"GET /v1/standing-authorisations">;
const ending: readonly string[] = ["signatory", "seal-administrator", "inspector"];

/** Standing authorisations of an entity, those in force first; for its own people, who may use them. */
export async function listStanding(env: Environment, personId: string, entityId: string): Promise<Page> {
  const now = env.clock.now();
  const grants = await readGrantsInForce(env.db, now, { personId, entityId });
  const { entity_id: home, guest } = await env.db
    .selectFrom("people")
    .select(["entity_id", "guest"])
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  if (grants.length === 0 && (home !== entityId || guest)) throw problems.notFound();
  const today = dayIn((await readPlaceInTime(env.db, entityId)).timeZone, now);
  const rows = await env.db
    .selectFrom("standing_authorisations as a")
    .innerJoin("seals as s", "s.seal_id", "a.seal_id")
    .selectAll("a")
    .select(["s.name_en", "s.name_zh"])
    .select((eb) =>
      eb
        .selectFrom("standing_uses as u")
        .select((inner) => inner.fn.countAll<string>().as("n"))
        .whereRef("u.standing_id", "=", "a.standing_id")
        .as("used"),
    )
    .select((eb) =>
      eb
        .selectFrom("standing_uses as u")
        .innerJoin("seal_use_requests as r", "r.request_id", "u.request_id")
        .select((inner) => inner.fn.countAll<string>().as("n"))
        .whereRef("u.standing_id", "=", "a.standing_id")
        .where("r.state", "in", [...UNSEALED_USE_STATES])
        .as("unsealed"),
    )
    .where("a.entity_id", "=", entityId)
    .orderBy("a.ended_at", (order) => order.desc().nullsFirst())
    .orderBy("a.to_on", "desc")
    .limit(200)
    .execute();
  const templates = await env.db
    .selectFrom("template_versions")
    .select(["template_id", "name_en", "name_zh", "number"])
    .where("template_id", "in", ["", ...rows.map((row) => row.template_id)])
    .where("number", "is not", null)
    .orderBy("number")
    .execute();
  const person = await readPeople(
    env.db,
    rows.map((row) => row.ended_by),
  );
  const mayEnd = grants.some((grant) => ending.includes(grant.role));
  return {
    items: rows.map((row) => {
      const template = templates.findLast((one) => one.template_id === row.template_id);
      const terms = { from: row.from_on, to: row.to_on };
      const inForce = isInForce({ terms: terms as never, ended: row.ended_at !== null }, today);
      return {
        ...{ standingId: row.standing_id, number: row.number, matterId: row.matter_id, templateId: row.template_id },
        template: { en: template?.name_en ?? "", zh: template?.name_zh ?? "" },
        seal: { sealId: row.seal_id, name: { en: row.name_en, zh: row.name_zh } },
        counterpartyKinds: COUNTERPARTY_KINDS.filter((kind) => row.counterparty_kinds.includes(kind)),
        ...{ limit: row.limit_amount, currency: row.currency, count: row.uses, used: Number(row.used ?? 0), ...terms },
        unsealed: Number(row.unsealed ?? 0),
        ...{ inForce, mayEnd: mayEnd && row.ended_at === null },
        ended: row.ended_at
          ? { at: row.ended_at.toISOString(), by: person(row.ended_by), reason: row.end_reason ?? "" }
          : null,
      };
    }),
  };
}

/** Ends a standing authorisation at once: what was not sealed under it is not sealed any more. */
export async function endStanding(
  env: Environment,
  personId: string,
  standingId: string,
  reason: string,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await tx
      .selectFrom("standing_authorisations")
      .selectAll()
      .where("standing_id", "=", standingId)
      .forUpdate()
      .executeTakeFirst();
    const grants = row ? await readGrantsInForce(tx, env.clock.now(), { personId, entityId: row.entity_id }) : [];
    if (!row || !grants.some((grant) => ending.includes(grant.role))) throw problems.notFound();
    if (row.ended_at !== null) throw refusedBy([refuse("standing.ended-already")]);
    await tx
      .updateTable("standing_authorisations")
      .set({ ended_at: new Date(env.clock.now()), ended_by: personId, end_reason: reason })
      .where("standing_id", "=", standingId)
      .execute();
    const { count } = await tx
      .selectFrom("standing_uses")
      .select((eb) => eb.fn.countAll<string>().as("count"))
      .where("standing_id", "=", standingId)
      .executeTakeFirstOrThrow();
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "StandingEnded", actorId: personId, sealId: row.seal_id, matterId: row.matter_id, comment: reason },
      facts: { standing: standingId, number: row.number, used: Number(count) },
    });
    await writeRegisterLine(tx, env, {
      ...{ register: "authority", kind: "standing-ended", entityId: row.entity_id, eventId },
      ...{ sealId: row.seal_id, matterId: row.matter_id, personIds: [personId] },
      facts: { number: row.number, used: Number(count), reason: reason.slice(0, 400), by: personId },
      words: [row.number, reason],
    });
  });
}
