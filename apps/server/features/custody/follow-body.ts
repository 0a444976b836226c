import { finalSealStates, peopleAccount, type SealState } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { postMove, readHeldNow } from "./postings.ts";
import { closeSession, openSession } from "./sessions.ts";

interface Body {
  body_id: string;
  seal_id: string;
  kind: "physical" | "electronic";
  number: string;
}

/**
 * Custody follows a body's life: it begins when the body is put in use, with the people named for the seal, and ends when
 * the body does. Everything between is moved by handovers, take-outs and containers.
 */
export async function followBody(
  tx: Tx,
  env: Environment,
  seal: { seal_id: string; entity_id: string },
  body: Body,
  to: SealState,
  by: { actorId: string | null; matterId?: string | null },
): Promise<void> {
  const held = (await readHeldNow(tx, [body.body_id]))(body.body_id);
  if (to === "in-use" && held.custodian === null) await beginCustody(tx, env, seal, body, by);
  if (!finalSealStates.includes(to) || held.custodian === null) return;
  for (const book of ["custodian", "place"] as const)
    if (held[book] !== null && held[book].to !== "ended")
      await postMove(tx, env, { ...moveOf(body), ...by, book, to: "ended" });
  await closeSession(tx, env, body.body_id);
}

const moveOf = (body: Body) => ({ sealId: body.seal_id, bodyId: body.body_id, kind: body.kind });

async function beginCustody(
  tx: Tx,
  env: Environment,
  seal: { seal_id: string; entity_id: string },
  body: Body,
  by: { actorId: string | null; matterId?: string | null },
): Promise<void> {
  const people = await readNamedCustodians(tx, env, seal);
  const [first] = people;
  // A seal is never put in use without its custodians (C12); the rule of its life refused it before.
  if (first === undefined) throw new Error("a body was put in use and nobody is named for it");
  const { eventId } = await postMove(tx, env, {
    ...moveOf(body),
    ...by,
    book: "custodian",
    to: peopleAccount(people),
  });
  if (body.kind === "physical") {
    await postMove(tx, env, { ...moveOf(body), ...by, book: "place", to: peopleAccount([first]) });
    await openSession(tx, env, { bodyId: body.body_id, personId: first, reason: "issue" });
  }
  await writeRegisterLine(tx, env, {
    register: "custody",
    entityId: seal.entity_id,
    kind: "opening",
    eventId,
    sealId: seal.seal_id,
    bodyId: body.body_id,
    matterId: by.matterId ?? null,
    personIds: people,
    facts: { body: body.number, custodians: people.join(" ") },
  });
}

/** The first two people who hold a custodian's grant for the seal today, in the order they were named. */
async function readNamedCustodians(
  tx: Tx,
  env: Environment,
  seal: { seal_id: string; entity_id: string },
): Promise<string[]> {
  const { time_zone } = await tx
    .selectFrom("entities")
    .select("time_zone")
    .where("entity_id", "=", seal.entity_id)
    .executeTakeFirstOrThrow();
  const today = dayIn(time_zone, env.clock.now());
  const rows = await tx
    .selectFrom("grants")
    .select("person_id")
    .where("role", "=", "custodian")
    .where("scope_kind", "=", "seal")
    .where("scope_id", "=", seal.seal_id)
    .where("state", "=", "given")
    .where("from_on", "<=", today)
    .where((eb) => eb.or([eb("to_on", "is", null), eb("to_on", ">=", today)]))
    .orderBy("from_on")
    .orderBy("granted_at")
    .orderBy("grant_id")
    .execute();
  return [...new Set(rows.map((row) => row.person_id))].slice(0, 2);
}
