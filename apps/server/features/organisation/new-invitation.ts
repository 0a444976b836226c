import { decideNewInvitation } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { issueInvitation } from "../identity/invitations.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { eventsInOrder } from "../ledger/timeline.ts";
import { openTasks } from "../tasks/open-task.ts";
import { readGrantsInForce } from "./read-grants.ts";

/** Who handed out the last link of each of these people: an invitation, or a new link for one. */
export async function readInviters(reader: Reader, personIds: readonly string[]): Promise<Map<string, string | null>> {
  if (personIds.length === 0) return new Map();
  const rows = await eventsInOrder(reader)
    .select(["e.person_id", "e.actor_id"])
    .where("e.type", "in", ["PersonInvited", "InvitationRenewed"])
    .where("e.person_id", "in", personIds)
    .execute();
  return new Map(rows.map((row) => [row.person_id ?? "", row.actor_id]));
}

/**
 * Makes a new link for an invitation that nobody took up; the old one no longer serves. Only who handed out the last link
 * may, so that nobody comes by an account that was not already in his hands; the others who keep or confirm accounts are told.
 */
export async function inviteAgain(
  env: Environment,
  actorId: string,
  personId: string,
): Promise<{ invitationLink: string }> {
  return transact(env.db, async (tx) => {
    const person = await tx
      .selectFrom("people")
      .select(["state", "entity_id"])
      .where("person_id", "=", personId)
      .forUpdate()
      .executeTakeFirst();
    if (!person) throw problems.notFound();
    const invitedBy = (await readInviters(tx, [personId])).get(personId) ?? null;
    const decided = decideNewInvitation({ state: person.state, invitedBy }, actorId);
    if (!decided.ok) throw refusedBy(decided.refusals);
    const invitationLink = await issueInvitation(tx, env, personId, { reset: false });
    const { eventId } = await recordEvent(tx, env, { type: "InvitationRenewed", actorId, personId, facts: {} });
    await tell(tx, env, { actorId, personId, entityId: person.entity_id, eventId });
    return { invitationLink };
  });
}

const told: readonly string[] = ["system-administrator", "signatory", "seal-administrator", "inspector"];

async function tell(
  tx: Tx,
  env: Environment,
  renewed: { actorId: string; personId: string; entityId: string | null; eventId: string },
): Promise<void> {
  const { actorId, personId, entityId, eventId } = renewed;
  const held = await readGrantsInForce(tx, env.clock.now(), {});
  const watching = held.filter((grant) => told.includes(grant.role) && grant.scope.kind === "entity");
  const others = new Set(watching.map((grant) => grant.personId));
  await openTasks(
    tx,
    env,
    [...others]
      .filter((one) => one !== actorId && one !== personId)
      .map((assigneeId) => ({
        ...{ kind: "invitation-renewed", subjectKey: `${eventId} ${assigneeId}`, entityId, personId, assigneeId },
        ...{ facts: {}, dueAt: null, actorId },
      })),
  );
}
