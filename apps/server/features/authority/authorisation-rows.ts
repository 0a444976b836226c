import type { AuthorisationEvent, AuthorisationState } from "@chancery/seallink";
import { stepAuthorisation } from "@chancery/seallink";
import type { Reader, Tx } from "../../platform/db.ts";

/** States in which an authorisation may still let a seal out. */
export const livingStates = [
  ...(["signed", "sent", "accepted", "in-use", "rejected", "revoking"] as const),
] satisfies readonly AuthorisationState[];

export const isLiving = (state: AuthorisationState): boolean => livingStates.some((one) => one === state);

/** The authorisations of a request, the newest first, with what was signed. */
export const readAuthorisations = (reader: Reader, requestId: string) =>
  reader
    .selectFrom("controller_authorisations as a")
    .innerJoin("controller_signatures as s", "s.jti", "a.jti")
    .select(["a.jti", "a.controller_id", "a.request_id", "a.body_id", "a.most", "a.state", "a.sent_at"])
    .select(["s.exp", "s.epoch", "s.asn", "s.signed_at"])
    .select((eb) =>
      eb
        .selectFrom("controller_strokes as k")
        .select((inner) => inner.fn.countAll<string>().as("n"))
        .whereRef("k.jti", "=", "a.jti")
        .where("k.out", "<>", "aborted")
        .as("strokes"),
    )
    .where("a.request_id", "=", requestId)
    .orderBy("s.signed_at", "desc")
    .orderBy("s.asn", "desc")
    .execute();
export type AuthorisationRow = Awaited<ReturnType<typeof readAuthorisations>>[number];

/** Moves an authorisation by what happened to it; what cannot happen to it in its state changes nothing. */
export async function stepRow(
  tx: Tx,
  row: { readonly jti: string; readonly state: AuthorisationState },
  event: AuthorisationEvent,
  also: { readonly sent_at?: Date } = {},
): Promise<AuthorisationState> {
  const next = stepAuthorisation(row.state, event);
  if (!next.ok) return row.state;
  await tx
    .updateTable("controller_authorisations")
    .set({ state: next.value.state, ...also })
    .where("jti", "=", row.jti)
    .execute();
  return next.value.state;
}
