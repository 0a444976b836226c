import { BRING_PURPOSES, CONTAINER_KINDS, CUSTODY_BOOKS, LOCK_KINDS, PIECE_CONDITIONS } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  BodyId,
  Done,
  EntityId,
  EntityRef,
  LocalName,
  MatterId,
  MatterKind,
  MatterState,
  PersonId,
  PersonRef,
  RequestId,
  SealId,
  SealState,
  TakeOutEnd,
  Time,
} from "../shapes.ts";

const id = (prefix: string): z.ZodString => z.string().regex(new RegExp(`^${prefix}_[0-9a-f-]{36}$`));
export const ContainerId = id("con");
const CheckId = id("chk");
const LockId = id("lock");
const OpeningId = id("open");
const SealParams = z.object({ sealId: SealId });
const BodyParams = z.object({ bodyId: BodyId });

const ContainerRef = z.object({ containerId: ContainerId, name: LocalName, kind: z.enum(CONTAINER_KINDS) });
const SealRef = z.object({ sealId: SealId, number: z.string(), name: LocalName });
/** Where a piece is, or who answers for it: people (one, or two jointly) or a container; neither once it has ended. */
const Account = z.object({ people: z.array(PersonRef), container: ContainerRef.nullable() });
const Stay = z.object({
  book: z.enum(CUSTODY_BOOKS),
  account: Account,
  from: Time,
  /** Null: still. */
  to: Time.nullable(),
  /** What brought it there; null for a beginning and for what is done without a matter, as locking away. */
  matter: z.object({ matterId: MatterId, kind: MatterKind }).nullable(),
});
const Body = z.object({
  bodyId: BodyId,
  number: z.string(),
  kind: z.enum(["physical", "electronic"]),
  state: SealState,
  /** How the piece was found at its last return or handover. */
  condition: z.enum(PIECE_CONDITIONS).nullable(),
  custodians: z.array(PersonRef),
  /** Null for a key, which lies in no place, and before custody began. */
  place: Account.nullable(),
});

const ContainerFields = z.object({
  kind: z.enum(CONTAINER_KINDS),
  name: LocalName,
  address: z.string().trim().min(1).max(200),
  insideMonitoring: z.boolean(),
  camera: z.string().trim().max(60),
  goodForImportant: z.boolean(),
});
export const ContainerView = ContainerFields.extend({
  containerId: ContainerId,
  entity: EntityRef,
  closedAt: Time.nullable(),
  locks: z.array(
    z.object({
      lockId: LockId,
      kind: z.enum(LOCK_KINDS),
      label: z.string(),
      holder: PersonRef.nullable(),
      since: Time.nullable(),
    }),
  ),
  contents: z.array(z.object({ bodyId: BodyId, bodyNumber: z.string(), seal: SealRef, since: Time })),
  mayManage: z.boolean(),
});

/** A seal that is with a deputy under a tag for some days. */
const ShortHandover = z.object({
  matterId: MatterId,
  tag: z.string(),
  until: Time,
  overdue: z.boolean(),
  transferor: PersonRef.nullable(),
  deputy: PersonRef.nullable(),
  /** Given by the reader, who keeps none of it meanwhile and looks after its return. */
  given: z.boolean(),
});
/** A matter of custody that holds the body and has not ended. */
const UnderWay = z.object({ matterId: MatterId, number: z.string().nullable(), kind: MatterKind, state: MatterState });

export const PieceInCustody = Body.extend({
  seal: SealRef,
  important: z.boolean(),
  /** Since when it is where it is; for a key, since when the reader answers for it. */
  since: Time,
  /** Whether it is out of its container too long, or for no session. */
  alarm: z.boolean(),
  /** Until when the session may last that it was brought out for. */
  sessionUntil: Time.nullable(),
  lastContainer: ContainerRef.nullable(),
  shortHandover: ShortHandover.nullable(),
  /** Handovers, take-outs and returns of it that the reader may read. */
  underWay: z.array(UnderWay),
  takeOut: z.object({ matterId: MatterId, dueAt: Time, overdue: z.boolean(), mine: z.boolean() }).nullable(),
  actions: z.array(z.enum(["lock-away", "bring-out"])),
  /** Stampings with it that the reader has released or begun, and not ended: what is left of each. */
  stampings: z.array(
    z.object({
      requestId: RequestId,
      ...{ number: z.string(), title: z.string(), open: z.number().int(), total: z.number().int() },
      /** Whether its stamping has begun: then it is not put away without a word. */
      begun: z.boolean(),
      /** Whether it may be brought out for it now. */
      released: z.boolean(),
    }),
  ),
  /** Checks that have still to find it. */
  checks: z.array(z.object({ checkId: CheckId, kind: z.enum(["storage", "stock-take", "surprise"]) })),
});

const TakeOutView = z.object({
  takeOutId: MatterId,
  number: z.string().nullable(),
  /** Whether the reader may open its matter. */
  opens: z.boolean(),
  /** What it is for, where it is and who travels: for those who have to do with the seal; to others null and nobody. */
  title: z.string().nullable(),
  entityId: EntityId,
  seal: SealRef,
  bodyNumber: z.string(),
  keeper: PersonRef.nullable(),
  escort: z.array(PersonRef),
  place: z.string().nullable(),
  mostImpressions: z.number().int(),
  listedImpressions: z.number().int(),
  usedImpressions: z.number().int().nullable(),
  issuedAt: Time,
  dueAt: Time,
  overdue: z.boolean(),
  ended: TakeOutEnd.nullable(),
  /** Whether the reader travels with it, and so may ask for what comes next. */
  mine: z.boolean(),
});

/** Custody: who holds which seal, where it lies, and what is out of its place. */
export const custodyRoutes = {
  "GET /v1/seals/:sealId/custody": {
    summary: "Who held each body of the seal at a time, where it was, and its whole history",
    permission: "custody.read",
    params: SealParams,
    query: z.object({ at: Time.optional() }),
    response: z.object({
      at: Time,
      seal: SealRef,
      /** Who keeps the seal now, and where he works: for everybody who sees the seal. */
      keepers: z.array(z.object({ person: PersonRef, unit: LocalName.nullable() })),
      /** In whose place somebody keeps it for some days, and until when. */
      shortHandover: ShortHandover.omit({ tag: true, matterId: true }).nullable(),
      /** Handovers, take-outs and returns of it that the reader may read. */
      underWay: z.array(UnderWay),
      /** Whether the caller is told where it lies and lay; else there are no bodies in the answer. */
      whole: z.boolean(),
      bodies: z.array(
        Body.extend({
          /** At the time asked for; empty and null before custody began and after it ended. */
          held: z.object({ custodians: z.array(PersonRef), place: Account.nullable() }),
          stays: z.array(Stay),
        }),
      ),
    }),
  },
  "GET /v1/custody/mine": {
    summary: "Seals the caller answers for or has in hand, and what waits for his confirmation",
    permission: "custody.read",
    response: z.object({
      items: z.array(PieceInCustody),
      openings: z.array(
        z.object({
          openingId: OpeningId,
          seal: SealRef,
          container: ContainerRef.nullable(),
          askedBy: PersonRef.nullable(),
          reason: z.string(),
          expiresAt: Time,
        }),
      ),
      /** Approved handovers and take-outs in which the caller's own confirmation is still missing. */
      matters: z.array(
        z.object({
          matterId: MatterId,
          kind: MatterKind,
          state: MatterState,
          title: z.string(),
          seal: SealRef.nullable(),
        }),
      ),
    }),
  },
  "GET /v1/custody/holdings": {
    summary: "What a person would hand over: bodies, locks, and requests under way for his seals",
    permission: "custody.read",
    query: z.object({ personId: PersonId }),
    response: z.object({
      bodies: z.array(Body.extend({ seal: SealRef, entityId: EntityId, important: z.boolean() })),
      locks: z.array(
        z.object({ lockId: LockId, kind: z.enum(LOCK_KINDS), label: z.string(), container: ContainerRef.nullable() }),
      ),
      requests: z.array(z.object({ requestId: z.string(), number: z.string().nullable(), title: z.string() })),
    }),
  },
  "POST /v1/custody/bodies/:bodyId/lock-away": {
    summary: "Lock a piece away: back into its container, or into the one named",
    permission: "custody.move",
    params: BodyParams,
    body: z.object({
      containerId: ContainerId.nullable(),
      /** Why it is put away before the end of a stamping; else empty. */
      reason: z.string().trim().max(300).default(""),
    }),
    response: Done,
  },
  "POST /v1/custody/bodies/:bodyId/bring-out": {
    summary: "Bring a piece out for work; where another holds the second lock, it waits for him",
    permission: "custody.move",
    idempotent: true,
    params: BodyParams,
    body: z.object({
      purpose: z.enum(BRING_PURPOSES),
      /** The request, matter or check that it is brought out for; null for something else, which has its reason. */
      aboutId: z.string().max(60).nullable(),
      reason: z.string().trim().max(300).default(""),
    }),
    response: z.object({ out: z.boolean(), openingId: OpeningId.nullable() }),
  },
  "POST /v1/custody/openings/:openingId/confirm": {
    summary: "Confirm the opening of a container as the holder of another lock",
    permission: "custody.read",
    params: z.object({ openingId: OpeningId }),
    response: z.object({ out: z.boolean() }),
  },
  "GET /v1/containers": {
    summary: "Containers the caller has to do with: their locks, who holds each, and what lies in them",
    permission: "custody.read",
    response: z.object({ items: z.array(ContainerView) }),
  },
  "POST /v1/containers": {
    summary: "Add a container with its locks",
    permission: "container.manage",
    idempotent: true,
    body: ContainerFields.extend({
      entityId: EntityId,
      locks: z.array(z.object({ kind: z.enum(LOCK_KINDS), label: z.string().trim().min(1).max(60) })).max(4),
    }),
    response: z.object({ containerId: ContainerId }),
  },
  "PUT /v1/containers/:containerId": {
    summary: "Change what is known of a container, or close it",
    permission: "container.manage",
    params: z.object({ containerId: ContainerId }),
    body: ContainerFields.extend({ closed: z.boolean() }),
    response: Done,
  },
  "PUT /v1/containers/:containerId/locks/:lockId/holder": {
    summary: "Give a lock to a person, or take it back",
    permission: "container.manage",
    params: z.object({ containerId: ContainerId, lockId: LockId }),
    body: z.object({ personId: PersonId.nullable() }),
    response: Done,
  },
  "GET /v1/take-outs": {
    summary: "Take-outs, those still away first",
    permission: "custody.read",
    query: z.object({ away: z.enum(["yes"]).optional() }),
    response: z.object({ items: z.array(TakeOutView) }),
  },
} as const satisfies Record<string, Route>;
