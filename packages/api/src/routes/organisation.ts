import { z } from "zod";
import type { Route } from "../route.ts";
import {
  AccountChangeId,
  Day,
  DelegationId,
  Done,
  EntityId,
  GrantId,
  LocalName,
  MatterState,
  PersonId,
  PersonRef,
  Profile,
  RefusalView,
  Role,
  SealId,
  Time,
  UnitId,
} from "../shapes.ts";

export const GrantScope = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("entity"), entityId: EntityId }),
  z.object({ kind: z.literal("unit"), unitId: UnitId }),
  z.object({ kind: z.literal("seal"), sealId: SealId }),
]);
export const GrantView = z.object({
  /** Null while its holder has not confirmed the position: it gives nothing before. */
  confirmedAt: Time.nullable(),
  grantId: GrantId,
  person: PersonRef,
  role: Role,
  scope: GrantScope,
  scopeName: LocalName,
  from: Day,
  to: Day.nullable(),
  state: z.enum(["waiting", "in-force", "future", "ended"]),
  grantedBy: PersonRef.nullable(),
  grantedAt: Time,
  /** The risk stated for roles that only the profile lets meet; null where none do. */
  risk: z.string().nullable(),
  leaf: z.number().int().nullable(),
});
export const PersonView = z.object({
  personId: PersonId,
  name: LocalName,
  login: z.string(),
  guest: z.boolean(),
  unitId: UnitId.nullable(),
  entityId: EntityId.nullable(),
  state: z.enum(["awaiting-confirmation", "invited", "active", "locked", "departed"]),
  roles: z.array(Role),
  hasPasskey: z.boolean(),
  lastSignInAt: Time.nullable(),
  /** Whether the reader handed out the link that this person has not taken up, and may make a new one. */
  mayInviteAgain: z.boolean(),
  /** The last day of the leave that the person is on today. */
  awayUntil: Day.nullable(),
});
const UnitView = z.object({
  unitId: UnitId,
  entityId: EntityId,
  parentUnitId: UnitId.nullable(),
  name: LocalName,
  head: PersonRef.nullable(),
  people: z.number().int(),
});
const NewGrant = z.object({
  personId: PersonId,
  role: Role,
  scope: GrantScope,
  from: Day,
  to: Day.nullable(),
  /** Needed where the grant joins roles that only the organisation's profile lets meet: what could go wrong. */
  risk: z.string().trim().max(500).nullable().optional(),
});

/** What is asked of a unit; the matter of the same kind carries the same data. */
const UnitChange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("close-unit"), peopleTo: UnitId.nullable() }),
  z.object({ kind: z.literal("merge-unit"), intoUnitId: UnitId, keptSealIds: z.array(SealId).max(500) }),
  z.object({ kind: z.literal("rename-unit"), name: LocalName, keptSealIds: z.array(SealId).max(500) }),
]);
const UnitChangePreview = z.object({
  /** Why it may not be asked for as it stands. */
  refusals: z.array(RefusalView),
  seals: z.array(
    z.object({
      sealId: SealId,
      number: z.string(),
      name: LocalName,
      state: z.string(),
      /** It stops, goes on, or is out of use already. */
      fate: z.enum(["stops", "kept", "over"]),
      /** How many pieces have to be handed in. */
      pieces: z.number().int(),
    }),
  ),
  grants: z.array(z.object({ grantId: GrantId, person: PersonRef, role: Role })),
  /** Delegations that end with the roles they come from. */
  delegations: z.array(z.object({ delegationId: DelegationId, delegator: PersonRef, delegate: PersonRef, to: Day })),
  people: z.array(PersonRef),
  /** Where its people go; null where they stay. */
  peopleTo: LocalName.nullable(),
  unitsBelow: z.array(LocalName),
  requests: z.array(z.object({ number: z.string().nullable(), state: z.string() })),
  matters: z.array(z.object({ number: z.string().nullable(), kindName: LocalName, state: MatterState })),
  takeOuts: z.array(z.object({ sealNumber: z.string(), keeper: PersonRef.nullable(), dueAt: Time })),
  /** Open short handovers that end; who has the seals hands them in. */
  shortHandovers: z.number().int(),
  /** By when a piece has to be handed in, if it took effect now. */
  collectBy: Time,
});

export const organisationRoutes = {
  "GET /v1/organisation": {
    summary: "Entities and the tree of units",
    permission: "organisation.read",
    response: z.object({
      name: LocalName,
      profile: Profile,
      sample: z.boolean(),
      entities: z.array(
        z.object({
          entityId: EntityId,
          name: LocalName,
          code: z.string(),
          timeZone: z.string(),
          legalRepresentative: PersonRef.nullable(),
        }),
      ),
      units: z.array(UnitView),
    }),
  },
  "POST /v1/entities": {
    summary: "Add an entity",
    permission: "organisation.manage",
    body: z.object({ name: LocalName, code: z.string().regex(/^[A-Z][A-Z0-9]{1,7}$/), timeZone: z.string().max(60) }),
    response: z.object({ entityId: EntityId }),
  },
  "POST /v1/units": {
    summary: "Add a unit",
    permission: "organisation.manage",
    body: z.object({ entityId: EntityId, parentUnitId: UnitId.nullable(), name: LocalName }),
    response: z.object({ unitId: UnitId }),
  },
  "POST /v1/units/:unitId/change-preview": {
    summary: "What closing, merging or renaming a unit would touch, and why it may not be",
    permission: "organisation.read",
    params: z.object({ unitId: UnitId }),
    body: UnitChange,
    response: UnitChangePreview,
  },
  "POST /v1/entities/:entityId/representative-preview": {
    summary: "What a change of the legal representative would touch: seals that stop, and roles that get a last day",
    permission: "organisation.read",
    params: z.object({ entityId: EntityId }),
    /** The day on which the roles lapse that the former one gave. */
    body: z.object({ lapseOn: Day }),
    response: UnitChangePreview,
  },
  "GET /v1/people": {
    summary: "People",
    permission: "organisation.read",
    response: z.object({ items: z.array(PersonView) }),
  },
  "POST /v1/people": {
    summary: "Ask for a new person; one with a role takes force when a second person confirms",
    permission: "person.manage",
    body: z.object({
      name: LocalName,
      login: z.string().trim().min(2).max(100),
      guest: z.boolean(),
      unitId: UnitId.nullable(),
      entityId: EntityId,
      grants: z.array(NewGrant.omit({ personId: true })).max(20),
    }),
    response: z.object({
      personId: PersonId,
      accountChangeId: AccountChangeId.nullable(),
      invitationLink: z.string().nullable(),
    }),
  },
  "POST /v1/people/:personId/credential-reset": {
    summary: "Ask for a reset of a person's credentials",
    permission: "person.manage",
    params: z.object({ personId: PersonId }),
    body: z.object({ reason: z.string().trim().min(1).max(500) }),
    response: z.object({ accountChangeId: AccountChangeId }),
  },
  "POST /v1/people/:personId/invitation": {
    summary: "A new link for an invitation that nobody took up; the old one no longer serves",
    permission: "person.manage",
    params: z.object({ personId: PersonId }),
    response: z.object({ invitationLink: z.string() }),
  },
  "GET /v1/account-changes": {
    summary: "New people and credential resets that wait for a second person",
    permission: "organisation.read",
    response: z.object({
      items: z.array(
        z.object({
          accountChangeId: AccountChangeId,
          kind: z.enum(["new-person", "credential-reset", "grant"]),
          person: PersonRef,
          askedBy: PersonRef,
          askedAt: Time,
          reason: z.string().nullable(),
          grants: z.array(
            z.object({ role: Role, scopeName: LocalName, to: Day.nullable(), risk: z.string().nullable() }),
          ),
          mayConfirm: z.boolean(),
          why: RefusalView.nullable(),
        }),
      ),
    }),
  },
  "POST /v1/account-changes/:accountChangeId/confirm": {
    summary: "Confirm, as the second person",
    permission: "person.confirm",
    params: z.object({ accountChangeId: AccountChangeId }),
    response: z.object({ invitationLink: z.string().nullable() }),
  },
  "POST /v1/account-changes/:accountChangeId/decline": {
    summary: "Decline, as the second person",
    permission: "person.confirm",
    params: z.object({ accountChangeId: AccountChangeId }),
    body: z.object({ reason: z.string().trim().min(1).max(500) }),
    response: Done,
  },
  "GET /v1/grants": {
    summary: "Grants of roles",
    permission: "organisation.read",
    query: z.object({ personId: PersonId.optional(), sealId: SealId.optional() }),
    response: z.object({ items: z.array(GrantView) }),
  },
  "POST /v1/grants/check": {
    summary: "Whether a grant would pass the separation matrix, without giving it",
    permission: "grant.manage",
    body: NewGrant,
    response: z.object({
      allowed: z.boolean(),
      refusals: z.array(RefusalView),
      /** Roles of the person that meet this one only because the profile allows it: a risk, a last day and a second person are asked for. */
      loosened: z.array(Role),
    }),
  },
  "POST /v1/grants": {
    summary: "Grant a role",
    permission: "grant.manage",
    idempotent: true,
    body: NewGrant,
    response: z.object({ grantId: GrantId }),
  },
  "POST /v1/grants/:grantId/end": {
    summary: "End a grant today",
    permission: "grant.manage",
    params: z.object({ grantId: GrantId }),
    body: z.object({ reason: z.string().trim().min(1).max(500) }),
    response: Done,
  },
} as const satisfies Record<string, Route>;
