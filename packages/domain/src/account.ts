import { type Decision, refuse } from "./refusal.ts";
import type { Role } from "./vocabulary.ts";

/** After a reset of his credentials a person decides nothing on an important seal for a day. */
export const restAfterReset = 24 * 60 * 60_000;

export type AccountRequest =
  | { readonly kind: "new-person"; readonly roles: readonly Role[] }
  | { readonly kind: "credential-reset" }
  | {
      readonly kind: "grant";
      readonly actorId: string;
      readonly accountAskedBy: string | null;
      /** Whether it joins roles that only the profile lets meet. */
      readonly loosened: boolean;
    };

const confirming: readonly Role[] = ["signatory", "seal-administrator"];

/**
 * Whether these roles let somebody be the second person. An inspector consents to a loosened pair and to nothing else:
 * where the organisation is small there may be no other who neither asks for it nor holds it.
 */
export function mayConfirmAccounts(roles: readonly Role[], loosened: boolean): boolean {
  return roles.some((role) => confirming.includes(role) || (loosened && role === "inspector"));
}

/**
 * A new person with a role, and every reset of a credential, needs a second person; without a role one is enough. So
 * that nobody makes a person without a role and then gives him one alone, whoever asked for the account does not give it
 * roles without a second person either: a role comes to a person by two. So does a pair that the profile loosens.
 */
export function needsSecondPerson(request: AccountRequest): boolean {
  switch (request.kind) {
    case "new-person":
      return request.roles.length > 0;
    case "credential-reset":
      return true;
    case "grant":
      return request.loosened || request.actorId === request.accountAskedBy;
  }
}

export interface AccountChange {
  readonly kind: "new-person" | "credential-reset" | "grant";
  readonly personId: string;
  readonly askedBy: string;
  readonly state: "waiting" | "confirmed" | "declined";
}

/** Whether this person may be the second one: not who asked, not whom it concerns, with the right to confirm. */
export function decideAccountConfirmation(
  change: AccountChange,
  actor: { personId: string; mayConfirm: boolean },
): Decision<{ type: "AccountChangeConfirmed" }> {
  if (change.state !== "waiting")
    return { ok: false, refusals: [refuse("account.decided-already", { state: change.state })] };
  if (actor.personId === change.askedBy)
    return { ok: false, refusals: [refuse("account.second-person-needed", {}, "C11")] };
  if (actor.personId === change.personId)
    return { ok: false, refusals: [refuse("account.concerns-oneself", {}, "C11")] };
  if (!actor.mayConfirm) return { ok: false, refusals: [refuse("account.may-not-confirm", {}, "C11")] };
  return { ok: true, events: [{ type: "AccountChangeConfirmed" }] };
}

/**
 * Whether this person may make a new link for an invitation that nobody took up. Only who handed out the last one: the
 * account was in his hands already, so that a lost link gives nobody a way to one that was not.
 */
export function decideNewInvitation(
  invitation: { readonly state: string; readonly invitedBy: string | null },
  actorId: string,
): Decision<{ type: "InvitationRenewed" }> {
  if (invitation.state !== "invited") return { ok: false, refusals: [refuse("invitation.not-open", {})] };
  if (invitation.invitedBy !== actorId) return { ok: false, refusals: [refuse("invitation.of-another", {}, "C11")] };
  return { ok: true, events: [{ type: "InvitationRenewed" }] };
}

/** Milliseconds a person still has to wait after a reset before he decides on an important seal; 0 when free. */
export function restLeft(credentialResetAt: number | null, now: number): number {
  return credentialResetAt === null ? 0 : Math.max(0, credentialResetAt + restAfterReset - now);
}
