import { DELEGABLE_ROLES } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  Day,
  DelegationId,
  Done,
  GrantId,
  LocalName,
  PersonId,
  PersonRef,
  Profile,
  RefusalView,
  Role,
  SealId,
  Time,
} from "../shapes.ts";
import { GrantScope } from "./organisation.ts";

const SealRef = z.object({ sealId: SealId, number: z.string(), name: LocalName });
/** From the first day to the last one this person could carry a use of the seal alone; the chain says by what. */
const HoleView = z.object({
  person: PersonRef,
  seal: SealRef,
  from: Day,
  to: Day.nullable(),
  chain: z.array(
    z.object({
      duty: z.enum(["signatory", "custodian", "supervisor"]),
      by: z.enum(["grant", "delegation", "deputy"]),
      /** Id of the grant, the delegation, or the handover that is agreed. */
      id: z.string(),
      /** In whose place, for a delegation or a deputy. */
      of: PersonRef.nullable(),
    }),
  ),
});
const ProofView = z.object({ at: Time, holds: z.boolean(), holes: z.array(HoleView) });
const HeldRole = z.object({ grantId: z.string(), role: Role, scopeName: LocalName, from: Day, to: Day.nullable() });

const DelegationWanted = z.object({
  /** One's own grant; a delegated role is not passed on, and the answer says so. */
  grantId: z.union([GrantId, DelegationId]),
  scope: GrantScope,
  delegateId: PersonId,
  from: Day,
  to: Day,
});
export const DelegationView = z.object({
  delegationId: DelegationId,
  delegator: PersonRef,
  delegate: PersonRef,
  role: z.enum(DELEGABLE_ROLES),
  scope: GrantScope,
  scopeName: LocalName,
  from: Day,
  to: Day,
  reason: z.string(),
  state: z.enum(["future", "in-force", "ended"]),
  endCause: z.enum(["days-over", "grant-over", "ended"]).nullable(),
  endedBy: PersonRef.nullable(),
  givenAt: Time,
  mayEnd: z.boolean(),
});

export const separationRoutes = {
  "GET /v1/separation": {
    summary: "The separation matrix with its profile, what is loosened, conflicts, and who could act alone now",
    permission: "separation.read",
    response: z.object({
      profile: Profile,
      pairs: z.array(
        z.object({ roles: z.tuple([Role, Role]), state: z.enum(["apart", "open-to-guests", "loosened"]) }),
      ),
      /** Roles of one person that meet only because the profile lets them. */
      loosened: z.array(
        z.object({
          person: PersonRef,
          held: z.tuple([HeldRole, HeldRole]),
          /** What could go wrong, as it was stated with the later one. */
          risk: z.string().nullable(),
          /** Who consented to the later one as a second person. */
          secondPerson: PersonRef.nullable(),
          /** The last day on which they meet. */
          endsOn: Day.nullable(),
        }),
      ),
      conflicts: z.array(RefusalView),
      proof: ProofView,
      /** The last time the question was put, by somebody or by the clock. */
      lastCheck: z.object({ at: Time, askedBy: PersonRef.nullable(), holes: z.number().int() }).nullable(),
    }),
  },
  "POST /v1/separation/checks": {
    summary: "Ask who could carry a use from asking to stamping alone; the answer is kept",
    permission: "separation.read",
    response: ProofView,
  },
  "GET /v1/delegations": {
    summary: "Delegations given to and by oneself, or all of them, and what one could delegate",
    permission: "delegation.give",
    query: z.object({ view: z.enum(["mine", "all"]).default("mine") }),
    response: z.object({
      items: z.array(DelegationView),
      grants: z.array(
        z.object({
          grantId: GrantId,
          role: z.enum(DELEGABLE_ROLES),
          scope: GrantScope,
          scopeName: LocalName,
          from: Day,
          to: Day.nullable(),
          today: Day,
          /** Seals or units that may be delegated alone, of a grant for the whole entity. */
          parts: z.array(z.object({ scope: GrantScope, name: LocalName })),
        }),
      ),
      /** Days that a delegation lasts at most. */
      mostDays: z.number().int(),
    }),
  },
  "POST /v1/delegations/check": {
    summary: "Whether a delegation would pass the matrix and the proof, without giving it",
    permission: "delegation.give",
    body: DelegationWanted,
    response: z.object({ allowed: z.boolean(), refusals: z.array(RefusalView) }),
  },
  "POST /v1/delegations": {
    summary: "Let another act in one's own role for some days",
    permission: "delegation.give",
    idempotent: true,
    body: DelegationWanted.extend({ reason: z.string().trim().min(1).max(500) }),
    response: z.object({ delegationId: DelegationId }),
  },
  "POST /v1/delegations/:delegationId/end": {
    summary: "End a delegation now: either of the two, or a seal administrator",
    permission: "delegation.give",
    params: z.object({ delegationId: DelegationId }),
    body: z.object({ reason: z.string().trim().min(1).max(500) }),
    response: Done,
  },
} as const satisfies Record<string, Route>;
