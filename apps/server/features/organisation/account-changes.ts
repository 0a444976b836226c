import {
  type AccountChange,
  decideAccountConfirmation,
  mayConfirmAccounts,
  needsSecondPerson,
  type Role,
} from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { issueInvitation } from "../identity/invitations.ts";
import { readWholeRoles } from "../identity/permissions.ts";
import { endSessions } from "../identity/sessions.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { askForGrant, type GrantToGive, giveAskedGrants, giveGrant, judge, requireMayGrant } from "./grants.ts";

const mayConfirm = (role: Role): boolean => mayConfirmAccounts([role], false);

/**
 * Whether a second person is to be waited for: somebody could be it, or what is asked for would not make the first who
 * can. That first one is invited, or given his role, by one person alone, because there is nobody else yet.
 */
export async function secondPersonIsThere(
  reader: Reader,
  except: readonly string[],
  roles: readonly Role[],
): Promise<boolean> {
  if (!roles.some(mayConfirm)) return true;
  const rows = await reader
    .selectFrom("grants as g")
    .innerJoin("people as p", "p.person_id", "g.person_id")
    .select(["g.person_id", "g.role"])
    .where("g.state", "=", "given")
    .where("p.state", "=", "active")
    .execute();
  return rows.some((row) => !except.includes(row.person_id) && mayConfirm(row.role as Role));
}

/** Opens a change of an account that takes force when a second person confirms it. */
export async function openAccountChange(
  tx: Tx,
  env: Environment,
  change: { kind: AccountChange["kind"]; personId: string; actorId: string; reason: string | null },
): Promise<string> {
  const now = env.clock.now();
  const accountChangeId = newId("acc", now);
  await tx
    .insertInto("account_changes")
    .values({
      account_change_id: accountChangeId,
      kind: change.kind,
      person_id: change.personId,
      asked_by: change.actorId,
      asked_at: new Date(now),
      reason: change.reason,
      state: "waiting",
    })
    .execute();
  return accountChangeId;
}

/** Invites a person; the link is seen once, by whoever hands it over. */
export async function invite(
  tx: Tx,
  env: Environment,
  actorId: string,
  personId: string,
  reset: boolean,
): Promise<string> {
  const link = await issueInvitation(tx, env, personId, { reset });
  await recordEvent(tx, env, { type: "PersonInvited", actorId, personId, facts: { reset } });
  return link;
}

/** Gives a role, or keeps it for a second person where whoever gives it also asked for the account. */
export async function grantRole(env: Environment, grant: GrantToGive): Promise<{ grantId: string }> {
  return transact(env.db, async (tx) => {
    await requireMayGrant(tx, env, grant.actorId, grant.scope);
    const { actorId, personId, role } = grant;
    const person = await tx
      .selectFrom("people")
      .select("asked_by")
      .where("person_id", "=", personId)
      .executeTakeFirst();
    if (!person) throw problems.notFound();
    const loosened = (await judge(tx, env, grant)).loosened.length > 0;
    const second =
      needsSecondPerson({ kind: "grant", actorId, accountAskedBy: person.asked_by, loosened }) &&
      // Nobody is the first who could consent to a loosened pair: it waits until somebody is there.
      (loosened || (await secondPersonIsThere(tx, [actorId, personId], [role])));
    if (!second) return giveGrant(tx, env, grant);
    const accountChangeId = await openAccountChange(tx, env, { kind: "grant", personId, actorId, reason: null });
    return askForGrant(tx, env, grant, accountChangeId);
  });
}

/**
 * Gives a role that an approved matter names. Who approved it read the risk of a pair that only the profile allows, and
 * is the second person for it; where he may not be, the role waits for one like any other.
 */
export async function giveApprovedGrant(
  tx: Tx,
  env: Environment,
  grant: GrantToGive,
  approverId: string | null,
): Promise<void> {
  const { actorId, personId } = grant;
  if ((await judge(tx, env, grant)).loosened.length === 0) {
    await giveGrant(tx, env, grant);
    return;
  }
  const accountChangeId = await openAccountChange(tx, env, { kind: "grant", personId, actorId, reason: null });
  await askForGrant(tx, env, grant, accountChangeId);
  if (approverId === null || approverId === actorId || approverId === personId) return;
  const roles = await readWholeRoles(tx, approverId, env.clock.now());
  if (mayConfirmAccounts(roles, true)) await confirmChange(tx, env, approverId, accountChangeId);
}

/** Asks for a reset of a person's credentials; it always waits for a second person. */
export async function askForReset(
  env: Environment,
  actorId: string,
  personId: string,
  reason: string,
): Promise<{ accountChangeId: string }> {
  return transact(env.db, async (tx) => {
    const person = await tx
      .selectFrom("people")
      .select("state")
      .where("person_id", "=", personId)
      .forUpdate()
      .executeTakeFirst();
    // One who was never confirmed, or whose account was declined, has no credentials: a reset would make him some.
    if (!person || !["active", "invited", "locked"].includes(person.state)) throw problems.notFound();
    const accountChangeId = await openAccountChange(tx, env, { kind: "credential-reset", personId, actorId, reason });
    await recordEvent(tx, env, { type: "CredentialResetAsked", actorId, personId, facts: {}, comment: reason });
    return { accountChangeId };
  });
}

/** Confirms as the second person: the matrix is asked again about everything that has changed since. */
export async function confirmAccountChange(
  env: Environment,
  actorId: string,
  accountChangeId: string,
): Promise<{ invitationLink: string | null }> {
  return transact(env.db, (tx) => confirmChange(tx, env, actorId, accountChangeId));
}

async function confirmChange(
  tx: Tx,
  env: Environment,
  actorId: string,
  accountChangeId: string,
): Promise<{ invitationLink: string | null }> {
  const change = await decide(tx, env, actorId, accountChangeId, "confirmed");
  const { personId } = change;
  switch (change.kind) {
    case "grant":
      await recordEvent(tx, env, { type: "GrantConfirmed", actorId, personId, facts: {} });
      await giveAskedGrants(tx, env, accountChangeId);
      return { invitationLink: null };
    case "new-person":
      await tx.updateTable("people").set({ state: "invited" }).where("person_id", "=", personId).execute();
      await recordEvent(tx, env, { type: "PersonConfirmed", actorId, personId, facts: {} });
      await giveAskedGrants(tx, env, accountChangeId);
      return { invitationLink: await invite(tx, env, actorId, personId, false) };
    case "credential-reset":
      await tx
        .updateTable("people")
        .set({ password_hash: null, credential_reset_at: new Date(env.clock.now()) })
        .where("person_id", "=", personId)
        .execute();
      await tx.deleteFrom("passkeys").where("person_id", "=", personId).execute();
      await endSessions(tx, { personId });
      await recordEvent(tx, env, { type: "CredentialResetConfirmed", actorId, personId, facts: {} });
      return { invitationLink: await invite(tx, env, actorId, personId, true) };
  }
}

const declined = {
  "new-person": "PersonDeclined",
  grant: "GrantDeclined",
  "credential-reset": "CredentialResetDeclined",
} as const;

export async function declineAccountChange(
  env: Environment,
  actorId: string,
  accountChangeId: string,
  reason: string,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const { kind, personId } = await decide(tx, env, actorId, accountChangeId, "declined");
    const asked = tx
      .updateTable("grants")
      .set({ state: "ended", end_reason: "declined", ended_at: new Date(env.clock.now()) })
      .where("state", "<>", "ended");
    if (kind === "new-person") {
      await tx.updateTable("people").set({ state: "departed" }).where("person_id", "=", personId).execute();
      await asked.where("person_id", "=", personId).execute();
    } else await asked.where("account_change_id", "=", accountChangeId).execute();
    await recordEvent(tx, env, { type: declined[kind], actorId, personId, facts: {}, comment: reason });
  });
}

/** Whether the change waits with a grant that joins roles which only the profile lets meet. */
async function isLoosening(reader: Reader, accountChangeId: string): Promise<boolean> {
  const row = await reader
    .selectFrom("grants")
    .select("grant_id")
    .where("account_change_id", "=", accountChangeId)
    .where("risk", "is not", null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Holds the change, asks whether this person may be the second one, and marks what he decided. */
async function decide(
  tx: Tx,
  env: Environment,
  actorId: string,
  accountChangeId: string,
  state: "confirmed" | "declined",
): Promise<AccountChange> {
  const row = await tx
    .selectFrom("account_changes")
    .selectAll()
    .where("account_change_id", "=", accountChangeId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  const change = { kind: row.kind, personId: row.person_id, askedBy: row.asked_by, state: row.state };
  const roles = await readWholeRoles(tx, actorId, env.clock.now());
  const loosened = row.kind === "grant" && (await isLoosening(tx, accountChangeId));
  const decided = decideAccountConfirmation(change, {
    personId: actorId,
    mayConfirm: mayConfirmAccounts(roles, loosened),
  });
  if (!decided.ok) throw refusedBy(decided.refusals);
  await tx
    .updateTable("account_changes")
    .set({ state, decided_by: actorId, decided_at: new Date(env.clock.now()) })
    .where("account_change_id", "=", accountChangeId)
    .execute();
  return change;
}
