import { finalSealStates, peopleAccount, peopleOf, type SealState } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { postMove, readHeldNow } from "./postings.ts";
import { closeSession, openSession } from "./sessions.ts";
import { endTakeOutWithPiece } from "./take-outs.ts";

interface Body {
  body_id: string;
  seal_id: string;
  kind: "physical" | "electronic";
  number: string;
  /** Where it comes from. */
  state: SealState;
}

/** States after which nobody can answer for a body any more: it is gone, or lost for good. */
const overStates: readonly SealState[] = [...finalSealStates, "void"];

/**
 * Custody follows a body's life: it begins with who received the piece, or when the body is put in use; at its issue it
 * goes to the people named for the seal, and it ends when the body does. Everything between is moved by handovers,
 * take-outs, containers and surrender.
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
  if (to === "in-use" && (held.custodian === null || body.state === "awaiting-issue"))
    await beginCustody(tx, env, seal, body, by);
  if (to === "lost" || to === "void" || to === "destroyed") await endTakeOutWithPiece(tx, env, body.body_id, to, by);
  if (!overStates.includes(to) || held.custodian === null) return;
  for (const book of ["custodian", "place"] as const)
    if (held[book] !== null && held[book].to !== "ended")
      await postMove(tx, env, { ...moveOf(body), ...by, book, to: "ended" });
  await closeSession(tx, env, body.body_id);
}

const moveOf = (body: Omit<Body, "state">) => ({ sealId: body.seal_id, bodyId: body.body_id, kind: body.kind });

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
  // A piece that lies in its container stays there; one in a hand goes to the first who answers for it.
  const { place } = (await readHeldNow(tx, [body.body_id]))(body.body_id);
  const inHand = place === null || peopleOf(place.to).length > 0;
  await giveCustody(tx, env, seal, body, { people, placeOf: inHand ? first : null, kind: "opening" }, by);
}

export interface CustodyToGive {
  /** Who answers from now on: one, or two jointly. */
  readonly people: readonly string[];
  /** In whose hand the piece is from now on; null where its place stays. */
  readonly placeOf: string | null;
  /** What the line of the register says. */
  readonly kind: "opening" | "received" | "surrendered";
}

/** Moves both books of a body to these people, with a line in the register; what is there already is not moved. */
export async function giveCustody(
  tx: Tx,
  env: Environment,
  seal: { seal_id: string; entity_id: string },
  body: Omit<Body, "state">,
  to: CustodyToGive,
  by: { actorId: string | null; matterId?: string | null },
): Promise<void> {
  const held = (await readHeldNow(tx, [body.body_id]))(body.body_id);
  const custodians = peopleAccount(to.people);
  let eventId: string | null = null;
  if (held.custodian?.to !== custodians)
    ({ eventId } = await postMove(tx, env, { ...moveOf(body), ...by, book: "custodian", to: custodians }));
  if (body.kind === "physical" && to.placeOf !== null && held.place?.to !== peopleAccount([to.placeOf])) {
    const moved = await postMove(tx, env, { ...moveOf(body), ...by, book: "place", to: peopleAccount([to.placeOf]) });
    eventId ??= moved.eventId;
    await openSession(tx, env, { bodyId: body.body_id, personId: to.placeOf, reason: "issue" });
  }
  if (eventId === null) return;
  await writeRegisterLine(tx, env, {
    register: "custody",
    kind: to.kind,
    ...{ entityId: seal.entity_id, eventId, sealId: seal.seal_id },
    ...{ bodyId: body.body_id, matterId: by.matterId ?? null, personIds: to.people },
    facts: { body: body.number, custodians: to.people.join(" ") },
  });
}

/** The first two people who hold a custodian's grant for the seal today, in the order they were named. */
export async function readNamedCustodians(
  reader: Reader,
  env: Environment,
  seal: { seal_id: string; entity_id: string },
): Promise<string[]> {
  const { time_zone } = await reader
    .selectFrom("entities")
    .select("time_zone")
    .where("entity_id", "=", seal.entity_id)
    .executeTakeFirstOrThrow();
  const today = dayIn(time_zone, env.clock.now());
  const rows = await reader
    .selectFrom("grants")
    .select("person_id")
    .where("role", "=", "custodian")
    .where("scope_kind", "=", "seal")
    .where("scope_id", "=", seal.seal_id)
    .where("state", "=", "given")
    .where("from_on", "<=", today)
    .where((eb) => eb.or([eb("to_on", "is", null), eb("to_on", ">=", today)]))
    .orderBy("from_on")
    .orderBy("nr")
    .execute();
  return [...new Set(rows.map((row) => row.person_id))].slice(0, 2);
}
