import {
  BRING_PURPOSES,
  type CustodyAccount,
  containerAccount,
  containerOf,
  isToldOf,
  listLockAwayRefusals,
  listOpeners,
  listPutAwayRefusals,
  listTagRefusals,
  peopleAccount,
  refuse,
  type SealState,
} from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import type { BodyRow, SealRow } from "../seals/store.ts";
import { maySee, readViewer } from "../seals/visible-seals.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { type BringFor, listPurposeRefusals } from "./bring-purposes.ts";
import { listPlaceRefusals, lockContainer } from "./containers.ts";
import { lockSealsOfBodies } from "./custody-bodies.ts";
import { listHeldInBox, tellTakenFromBox } from "./in-box.ts";
import { readLocks } from "./locks.ts";
import { custodiansOf, type HeldNow, postMove } from "./postings.ts";
import { closeSession, endOutAlarm, openSession } from "./sessions.ts";
import { readTags } from "./short-handovers.ts";
import { readStampingsOfPieces, resumeStamping } from "./stampings-of-piece.ts";
import { readBodiesAway } from "./take-outs.ts";

/** How long an opening waits for the holder of the other lock: both stand before the container. */
const openingLife = 15 * 60_000;
/** What may be put back whatever its state; only what is in use is brought out for work. */
const brought: readonly SealState[] = ["in-use"];

async function lockPiece(
  tx: Tx,
  env: Environment,
  actorId: string,
  bodyId: string,
): Promise<{ seal: SealRow; body: BodyRow; held: HeldNow }> {
  const { seals, bodies, held } = await lockSealsOfBodies(tx, [bodyId]);
  const body = bodies.find((one) => one.body_id === bodyId);
  const seal = seals[0];
  const viewer = await readViewer(tx, actorId, env.clock.now());
  if (!body || !seal || !maySee(viewer, { sealId: seal.seal_id, entityId: seal.entity_id })) throw problems.notFound();
  return { seal, body, held: held(bodyId) };
}

/** The container a piece lay in last: where 'lock away' puts it when no other is named. */
export async function findLastContainer(reader: Reader, bodyId: string): Promise<CustodyAccount | null> {
  const row = await reader
    .selectFrom("custody_postings")
    .select("to_account")
    .where("body_id", "=", bodyId)
    .where("book", "=", "place")
    .where("to_account", "like", "container:%")
    .orderBy("seq", "desc")
    .executeTakeFirst();
  return row ? containerAccount(row.to_account.slice("container:".length)) : null;
}

/**
 * Locks a piece away in one tap: from the hand it is in by the books into its container. Only who has it may, and the place must be
 * good enough for it (C13). Before the end of a stamping it is put away with a reason, and the stamping pauses.
 */
export async function lockAway(
  env: Environment,
  actorId: string,
  input: { bodyId: string; containerId: string | null; reason?: string },
): Promise<void> {
  const reason = input.reason?.trim() ?? "";
  await transact(env.db, async (tx) => {
    const { seal, body, held } = await lockPiece(tx, env, actorId, input.bodyId);
    const tag = (await readTags(tx, [body.body_id]))(body.body_id);
    // Away by an approval, it comes back by its return, with photo and count.
    const away = body.state === "taken-out" || (await readBodiesAway(tx, [body.body_id])).length > 0;
    if (away) throw refusedBy([refuse("custody.state", {}, "C10")]);
    const to =
      input.containerId === null ? await findLastContainer(tx, body.body_id) : containerAccount(input.containerId);
    if (to === null) throw refusedBy([refuse("custody.no-container", {}, "C13")]);
    const { kind } = await lockContainer(tx, containerOf(to) ?? "");
    const refusals = [
      ...listLockAwayRefusals({ actorId, place: held.place?.to ?? null, tag, into: kind }),
      ...(await listPlaceRefusals(tx, seal, to)),
    ];
    if (refusals.length > 0) throw refusedBy(refusals);
    const stampings = await readStampingsOfPieces(tx, actorId, [body.body_id]);
    const early = listPutAwayRefusals({ stampings, reason });
    if (early.length > 0) throw refusedBy(early);
    await postMove(tx, env, { ...moveOf(body), book: "place", to, actorId, reason });
    await closeSession(tx, env, body.body_id);
    await endOutAlarm(tx, env, body.body_id, actorId);
    await recordEvent(tx, env, {
      type: "SealLockedAway",
      actorId,
      sealId: seal.seal_id,
      facts: { body: body.body_id, container: containerOf(to) },
    });
  });
}

const moveOf = (body: BodyRow) => ({ sealId: body.seal_id, bodyId: body.body_id, kind: body.kind });

/**
 * Brings a piece out for a stamping, a matter or a check, or for something else that is told (C13). Where the container has locks in other
 * hands, it waits for them: neither opens alone. The minutes of the session begin when it is out.
 */
export async function bringOut(
  env: Environment,
  actorId: string,
  input: { bodyId: string } & BringFor,
): Promise<{ out: boolean; openingId: string | null }> {
  return transact(env.db, async (tx) => {
    const { seal, body, held } = await lockPiece(tx, env, actorId, input.bodyId);
    if (!custodiansOf(held).includes(actorId)) throw refusedBy([refuse("custody.not-of-record", {}, "C08")]);
    if (!brought.includes(body.state)) throw refusedBy([refuse("custody.state", {}, "C10")]);
    // Under its tag it is kept and not used; only the return, or a full handover, opens the bag (C14).
    const bagged = listTagRefusals((await readTags(tx, [body.body_id]))(body.body_id));
    if (bagged.length > 0) throw refusedBy(bagged);
    const containerId = held.place ? containerOf(held.place.to) : null;
    if (containerId === null) throw refusedBy([refuse("custody.not-in-container", {}, "C13")]);
    await requireOutOfBox(tx, body, held);
    await requirePurpose(tx, actorId, body, input);
    await lockContainer(tx, containerId);
    const openers = listOpeners(
      actorId,
      (await readLocks(tx, [containerId])).map((lock) => lock.holderId),
    );
    if (!openers.ok) throw refusedBy(openers.refusals);
    if (openers.others.length === 0) {
      await putInHand(tx, env, { seal, body, held }, actorId, input);
      return { out: true, openingId: null };
    }
    const now = env.clock.now();
    const waiting = await tx
      .selectFrom("container_openings")
      .select("opening_id")
      .where("body_id", "=", body.body_id)
      .where("opened_at", "is", null)
      .where("expires_at", ">", new Date(now))
      .executeTakeFirst();
    if (waiting) throw refusedBy([refuse("container.opening-waits", {}, "C13")]);
    const openingId = newId("open", now);
    await tx
      .insertInto("container_openings")
      .values({
        opening_id: openingId,
        container_id: containerId,
        body_id: body.body_id,
        ...{ reason: input.reason, purpose: input.purpose, about_id: input.aboutId },
        asked_by: actorId,
        asked_at: new Date(now),
        waits_for: [...openers.others],
        expires_at: new Date(now + openingLife),
      })
      .execute();
    await recordEvent(tx, env, {
      type: "ContainerOpeningAsked",
      actorId,
      sealId: seal.seal_id,
      facts: { opening: openingId, container: containerId, body: body.body_id, purpose: input.purpose },
      comment: input.reason,
    });
    return { out: false, openingId };
  });
}

/** Confirms an opening as the holder of another lock; with the last of them the piece is out. */
export async function confirmOpening(env: Environment, actorId: string, openingId: string): Promise<{ out: boolean }> {
  return transact(env.db, async (tx) => {
    const asked = await tx
      .selectFrom("container_openings")
      .select("body_id")
      .where("opening_id", "=", openingId)
      .executeTakeFirst();
    if (!asked) throw problems.notFound();
    // Seal before opening, as everywhere: so that two never wait for each other.
    const { seal, body, held } = await lockPiece(tx, env, actorId, asked.body_id);
    const opening = await tx
      .selectFrom("container_openings")
      .selectAll()
      .where("opening_id", "=", openingId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const there = held.place?.to === containerAccount(opening.container_id);
    if (opening.opened_at !== null || opening.expires_at.getTime() <= env.clock.now() || !there)
      throw refusedBy([refuse("container.opening-over", {}, "C13")]);
    if (!opening.waits_for.includes(actorId)) throw refusedBy([refuse("container.opening-not-yours", {}, "C11")]);
    if (!brought.includes(body.state)) throw refusedBy([refuse("custody.state", {}, "C10")]);
    if (!custodiansOf(held).includes(opening.asked_by)) throw refusedBy([refuse("container.opening-over", {}, "C13")]);
    // It may have been put into a controller since the opening was asked for.
    await requireOutOfBox(tx, body, held);
    const wanted = wantedOf(opening);
    // The request may have ended, and the matter been decided, since it was asked for.
    await requirePurpose(tx, opening.asked_by, body, wanted);
    const left = opening.waits_for.filter((one) => one !== actorId);
    await tx
      .updateTable("container_openings")
      .set({ waits_for: left, opened_at: left.length === 0 ? new Date(env.clock.now()) : null })
      .where("opening_id", "=", openingId)
      .execute();
    if (left.length > 0) return { out: false };
    await putInHand(tx, env, { seal, body, held }, opening.asked_by, wanted);
    return { out: true };
  });
}

async function putInHand(
  tx: Tx,
  env: Environment,
  { seal, body, held }: { readonly seal: SealRow; readonly body: BodyRow; readonly held: HeldNow },
  personId: string,
  { purpose, aboutId, reason }: BringFor,
): Promise<void> {
  const bodyId = body.body_id;
  await postMove(tx, env, { ...moveOf(body), book: "place", to: peopleAccount([personId]), actorId: personId });
  const { sessionId } = await openSession(tx, env, { bodyId, personId, reason, purpose, aboutId });
  await recordEvent(tx, env, {
    ...{ type: "SealBroughtOut", actorId: personId, sealId: seal.seal_id },
    ...{ matterId: purpose === "matter" ? aboutId : null, facts: { body: bodyId, purpose, about: aboutId } },
    comment: reason === "" ? null : reason,
  });
  if (purpose === "stamping" && aboutId !== null)
    await resumeStamping(tx, env, { requestId: aboutId, bodyId, sealId: seal.seal_id, actorId: personId });
  if (isToldOf(purpose))
    await openFinding(tx, env, {
      ...{ control: "C13", source: "custody.brought-out", subjectKey: sessionId, entityId: seal.entity_id },
      ...{ sealId: seal.seal_id, bodyId, personId, actorId: null, facts: { reason } },
    });
  await tellTakenFromBox(tx, env, body, held, personId);
}

/** What an opening was asked for; one of before purposes were told apart was asked for something. */
const wantedOf = (opening: { purpose: string | null; about_id: string | null; reason: string }): BringFor => ({
  purpose: BRING_PURPOSES.find((one) => one === opening.purpose) ?? "other",
  ...{ aboutId: opening.about_id, reason: opening.reason },
});

async function requirePurpose(tx: Tx, personId: string, body: BodyRow, wanted: BringFor): Promise<void> {
  const refusals = await listPurposeRefusals(tx, personId, { bodyId: body.body_id, sealId: body.seal_id }, wanted);
  if (refusals.length > 0) throw refusedBy(refusals);
}

async function requireOutOfBox(tx: Tx, body: BodyRow, held: HeldNow): Promise<void> {
  const refusals = await listHeldInBox(tx, [body.body_id], () => held);
  if (refusals.length > 0) throw refusedBy(refusals);
}
