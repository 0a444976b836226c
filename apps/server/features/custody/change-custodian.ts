import {
  type CustodyAccount,
  decideGrant,
  joinAgain,
  leaveToOther,
  type Profile,
  peopleAccount,
  peopleOf,
  type Refusal,
  replaceCustodian,
} from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { listFormsKeptRefusals } from "../forms/series.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { getEntityOfScope, giveGrant } from "../organisation/grants.ts";
import { dayIn, readGrants, readSealsForSeparation } from "../organisation/read-grants.ts";
import { writeGrantLine } from "../organisation/write-grant-line.ts";
import { positionTask } from "../positions/open-position-task.ts";
import type { BodyRow, SealRow } from "../seals/store.ts";
import { endTasks } from "../tasks/open-task.ts";
import { tellTakenFromBox } from "./in-box.ts";
import { postMove, readHeldNow } from "./postings.ts";
import { endOutAlarm, openSession } from "./sessions.ts";

/** Who leaves custody of a seal, who comes, and for how long where it is not for good. */
export interface CustodianChange {
  readonly leaving: string;
  readonly coming: string;
  /** Last day of the new grant, YYYY-MM-DD; null where it has none. */
  readonly until: string | null;
  /** Who gives the grant: whoever approved the change. */
  readonly grantedBy: string;
  /** Seals whose grant the leaving person keeps: he held it before he stood in. */
  readonly staysNamedFor?: readonly string[];
  /** Bodies that both answer for: they are left to the one who comes, or, of a return, are both people's again. */
  readonly leftToOther?: readonly string[];
  readonly joinedAgain?: readonly string[];
  /** The pieces go along in a bag under a tag, from wherever they lay: they are in the coming hand. */
  readonly bagged?: true;
}

const ofSeal = (sealId: string) => (grant: { role: string; scope: { kind: string; id: string } }) =>
  grant.role === "custodian" && grant.scope.kind === "seal" && grant.scope.id === sealId;

/** What the matrix and the limits of custody say of the change, as if it were made now (C11, C22). */
export async function listChangeRefusals(
  reader: Reader,
  env: Environment,
  seals: readonly { seal_id: string; entity_id: string }[],
  change: CustodianChange,
): Promise<Refusal[]> {
  const installation = await reader.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
  const forSeparation = await readSealsForSeparation(reader);
  let existing = await readGrants(reader, { named: true });
  const refusals: Refusal[] = [];
  for (const seal of seals) {
    const { time_zone } = await reader
      .selectFrom("entities")
      .select("time_zone")
      .where("entity_id", "=", seal.entity_id)
      .executeTakeFirstOrThrow();
    const today = dayIn(time_zone, env.clock.now());
    if (!change.staysNamedFor?.includes(seal.seal_id))
      existing = existing.filter((grant) => !(ofSeal(seal.seal_id)(grant) && grant.personId === change.leaving));
    if (existing.some((grant) => ofSeal(seal.seal_id)(grant) && grant.personId === change.coming)) continue;
    const wanted = {
      ...{ grantId: `new ${seal.seal_id}`, personId: change.coming, role: "custodian" as const },
      ...{
        scope: { kind: "seal" as const, id: seal.seal_id },
        entityId: seal.entity_id,
        from: today,
        to: change.until,
      },
    };
    const decided = decideGrant(wanted, {
      ...{ profile: installation.profile as Profile, actorId: change.grantedBy, existing, seals: forSeparation, today },
    });
    if (!decided.ok) refusals.push(...decided.refusals);
    refusals.push(...(await listFormsKeptRefusals(reader, { personId: change.coming, sealId: seal.seal_id })));
    existing = [...existing, wanted];
  }
  return refusals;
}

/**
 * Moves custody of these bodies from one person to another: grants first, so that whoever leaves is off every list at
 * once, then the postings. A piece that was in the leaving hand is in the coming one, and has its minutes to be locked
 * away. Seals' rows are held by the caller.
 */
export async function changeCustodian(
  tx: Tx,
  env: Environment,
  seals: readonly SealRow[],
  bodies: readonly BodyRow[],
  change: CustodianChange,
  by: { actorId: string | null; matterId: string; reason: string },
): Promise<{ eventId: string }> {
  for (const seal of seals) {
    if (!change.staysNamedFor?.includes(seal.seal_id))
      await endCustodianGrants(tx, env, seal.seal_id, change.leaving, by);
    const held = (await readGrants(tx, { personId: change.coming, named: true })).some(ofSeal(seal.seal_id));
    if (!held)
      await giveGrant(tx, env, {
        actorId: change.grantedBy,
        personId: change.coming,
        role: "custodian",
        scope: { kind: "seal", id: seal.seal_id },
        to: change.until,
      });
  }
  const heldNow = await readHeldNow(
    tx,
    bodies.map((body) => body.body_id),
  );
  let eventId = "";
  for (const body of bodies) {
    const held = heldNow(body.body_id);
    const move = { sealId: body.seal_id, bodyId: body.body_id, kind: body.kind, ...by };
    const custodian = held.custodian ? accountAfter(held.custodian.to, body.body_id, change) : null;
    if (custodian !== null) ({ eventId } = await postMove(tx, env, { ...move, book: "custodian", to: custodian }));
    const hand = peopleAccount([change.coming]);
    const goesAlong = held.place && (change.bagged || peopleOf(held.place.to).includes(change.leaving));
    if (goesAlong && held.place?.to !== hand) {
      await postMove(tx, env, { ...move, book: "place", to: hand });
      // Whoever had it locks away nothing any more; if it is out too long again, the clock asks who has it now.
      await endOutAlarm(tx, env, body.body_id, by.actorId);
      await openSession(tx, env, { bodyId: body.body_id, personId: change.coming, reason: "handover" });
      await tellTakenFromBox(tx, env, body, held, change.leaving);
    }
  }
  return { eventId };
}

function accountAfter(account: CustodyAccount, bodyId: string, change: CustodianChange): CustodyAccount | null {
  const { leaving, coming } = change;
  if (change.leftToOther?.includes(bodyId)) return leaveToOther(account, leaving, coming);
  if (change.joinedAgain?.includes(bodyId)) return joinAgain(account, leaving, coming);
  return replaceCustodian(account, leaving, coming);
}

async function endCustodianGrants(
  tx: Tx,
  env: Environment,
  sealId: string,
  personId: string,
  by: { actorId: string | null; matterId: string; reason: string },
): Promise<void> {
  const ended = await tx
    .updateTable("grants")
    .set({ state: "ended", ended_at: new Date(env.clock.now()), end_reason: by.reason })
    .where("role", "=", "custodian")
    .where("scope_kind", "=", "seal")
    .where("scope_id", "=", sealId)
    .where("person_id", "=", personId)
    .where("state", "=", "given")
    .returning("grant_id")
    .execute();
  const scope = { kind: "seal", id: sealId } as const;
  const positions = { kind: positionTask, subjectKey: ended.map((one) => one.grant_id) };
  await endTasks(tx, env, positions, { state: "cancelled", actorId: by.actorId });
  for (const { grant_id } of ended) {
    const { eventId } = await recordEvent(tx, env, {
      type: "GrantEnded",
      actorId: by.actorId,
      personId,
      sealId,
      matterId: by.matterId,
      facts: { grant: grant_id, role: "custodian", scope: "seal" },
    });
    const { entityId } = await getEntityOfScope(tx, scope);
    await writeGrantLine(tx, env, "ended", eventId, {
      ...{ grantId: grant_id, entityId, personId, role: "custodian", scope },
      ...{ grantedBy: by.actorId, matterId: by.matterId },
    });
  }
}
