import {
  CONTROL_IDS,
  KIND_HOLDERS,
  KIND_PRESSERS,
  KIND_SHAPES,
  LEAST_CONTAINERS,
  PIECE_CONDITIONS,
  SEAL_STATE_GROUPS,
} from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  BodyId,
  BothTexts,
  Day,
  DocumentClass,
  Done,
  EntityId,
  FaceSpec,
  List,
  LocalName,
  MatterId,
  MatterKind,
  PersonId,
  PersonRef,
  Presence,
  RefusalView,
  Role,
  SealChoice,
  SealId,
  SealState,
  SealSummary,
  SealType,
  StarterClass,
  Time,
  TimelineEntry,
  UnitId,
} from "../shapes.ts";

const Fact = z.object({ sealId: SealId });
const GlyphOutlineJson = z.object({
  advance: z.number(),
  /** Path commands in em units, y up: M x y, L x y, Q x1 y1 x y, C x1 y1 x2 y2 x y, Z. */
  path: z.array(z.array(z.union([z.string(), z.number()]))),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
});

/** What of a seal is filed with the authority before it is used. */
const Filing = z.enum(["none", "pieces", "all"]);
/** The type itself, or an own kind of the organisation. */
const KindId = z.union([SealType, z.string().regex(/^kind_[0-9a-f-]{36}$/)]);
/** What an organisation says of a kind of seal. */
const KindFields = z.object({
  name: LocalName,
  important: z.boolean(),
  external: z.boolean(),
  filing: Filing,
  shape: z.enum(KIND_SHAPES),
  widthMm: z.number().min(5).max(100),
  heightMm: z.number().min(5).max(100),
  /** Starter classes of documents that its seals may stand on. */
  classes: z.array(StarterClass),
  leastContainer: z.enum(LEAST_CONTAINERS),
  holders: z.enum(KIND_HOLDERS),
  pressers: z.enum(KIND_PRESSERS),
  dualControl: z.boolean(),
});
const SealTypeView = KindFields.extend({
  kindId: z.string(),
  /** What it is, or what it is based on. */
  type: SealType,
  version: z.number().int(),
});
const SealTypeChangeId = z.string().regex(/^stc_[0-9a-f-]{36}$/);
const SealTypeWaiting = SealTypeView.extend({
  sealTypeChangeId: SealTypeChangeId,
  reason: z.string(),
  askedBy: PersonRef.nullable(),
  mayConfirm: z.boolean(),
});
/** One body of a seal: a numbered piece, or the key with its certificate. */
const SealBodyView = z.object({
  bodyId: BodyId,
  number: z.string(),
  kind: z.enum(["physical", "electronic"]),
  state: SealState,
  material: z.string().nullable(),
  madeBy: z.string().nullable(),
  filingNumber: z.string().nullable(),
  filedOn: Day.nullable(),
  /** Whether a specimen is kept that the reader may look at. */
  specimenShown: z.boolean(),
  engravedOn: Day.nullable(),
  remark: z.string().nullable(),
  /** Came with the opening stock, and no stock-take has found it yet. */
  toConfirm: z.boolean(),
  /** Waits for nothing but people who confirm their positions, and goes in use with the last of them. */
  goesInUse: z.boolean(),
  /** How the piece was found at its last return or handover. */
  condition: z.enum(PIECE_CONDITIONS).nullable(),
  /** From a short handover or a take-out that has not come back. */
  returnDue: z
    .object({
      from: z.enum(["short-handover", "take-out"]),
      dueAt: Time,
      overdue: z.boolean(),
      /** Who keeps it meanwhile; null where it is taken out. */
      deputy: PersonRef.nullable(),
    })
    .nullable(),
  /** The steps of its life, for the step bar. */
  life: z.array(z.object({ state: SealState, at: Time.nullable(), current: z.boolean() })),
});
const OtherSeal = z.object({ sealId: SealId, number: z.string(), name: LocalName, state: SealState });

export const sealRoutes = {
  "GET /v1/seals": {
    summary: "Seals the caller may see, by entity and number, with what they can be narrowed by; page by page",
    permission: "seal.read",
    query: z.object({
      /** Each word stands in the seal's number, its names, or a custodian's. */
      search: z.string().max(100).optional(),
      kind: z.string().max(60).optional(),
      custodianId: PersonId.optional(),
      state: z.enum(SEAL_STATE_GROUPS).optional(),
      /** The last seal of the page before. */
      after: SealId.optional(),
    }),
    response: List(SealSummary).extend({
      /** How many the caller may see, and how many of them fit. */
      all: z.number().int(),
      found: z.number().int(),
      /** How many fit in each group of states, were no state asked for. */
      states: z.array(z.object({ state: z.enum(SEAL_STATE_GROUPS), count: z.number().int() })),
      /** How many fit in each entity, and how many of their duties are near or late. */
      entities: z.array(
        z.object({ entityId: EntityId, count: z.number().int(), soon: z.number().int(), late: z.number().int() }),
      ),
      /** What there is to narrow by; custodians only while they are few enough to be looked through. */
      kinds: z.array(z.object({ kindId: z.string(), name: LocalName })),
      custodians: z.array(PersonRef),
      /** The longest side of any face, mm, so that all can be drawn to one scale. */
      largestMm: z.number(),
    }),
  },
  "GET /v1/seal-choices": {
    summary: "All seals the caller may see, as far as they are chosen by",
    permission: "seal.read",
    response: z.object({ items: z.array(SealChoice) }),
  },
  "GET /v1/seal-numbers": {
    summary: "Numbers that no new seal can have: of seals that are or were there, and of those that are asked for",
    permission: "seal.register",
    response: z.object({ items: z.array(z.object({ entityId: EntityId, number: z.string() })) }),
  },
  "GET /v1/seal-types": {
    summary:
      "Kinds of seals as they are now, with their rules, their earlier versions and what waits for a second person",
    permission: "seal.read",
    response: z.object({
      items: z.array(
        SealTypeView.extend({
          /** Added by the organisation. */
          own: z.boolean(),
          /** The organisation's own classes of documents that take it. */
          ownClasses: z.array(DocumentClass),
          face: FaceSpec,
          /** Oldest first, without the newest. */
          earlier: z.array(SealTypeView),
          waiting: SealTypeWaiting.nullable(),
        }),
      ),
      /** Kinds that are asked for and not there yet. */
      asked: z.array(SealTypeWaiting),
    }),
  },
  "POST /v1/seal-type-changes": {
    summary:
      "Ask for a new kind of seal, or for the next version of one; it takes force when a second person confirms it",
    permission: "seal-type.change",
    idempotent: true,
    body: KindFields.extend({
      /** Null for a new kind. */
      kindId: KindId.nullable(),
      type: SealType,
      /** The version that is changed, so that of two changes at once one is told; 0 for a new kind. */
      version: z.number().int().min(0),
      reason: z.string().trim().min(1).max(500),
    }),
    response: z.object({ sealTypeChangeId: SealTypeChangeId }),
  },
  "POST /v1/seal-type-changes/:sealTypeChangeId/decide": {
    summary: "Confirm or decline a change of a kind of seal, as a second person",
    permission: "settings.confirm",
    idempotent: true,
    params: z.object({ sealTypeChangeId: SealTypeChangeId }),
    body: z.object({ confirm: z.boolean() }),
    response: Done,
  },
  "POST /v1/seals/check": {
    summary: "What registering a seal would answer about its people; nothing is written",
    permission: "seal.register",
    body: z.object({
      type: SealType,
      kindId: KindId.nullish(),
      entityId: EntityId,
      unitId: UnitId.nullish(),
      custodians: z.array(PersonId).max(2),
      supervisor: PersonId.nullable(),
      supervisorTo: Day.nullish(),
      supervisorRisk: z.string().trim().max(500).nullish(),
      certificateKeeper: PersonId.nullable(),
    }),
    response: z.object({
      /** Who would hold each duty, also by a grant for the whole entity, and how many the seal needs. */
      crew: z.array(z.object({ role: Role, needed: z.number().int(), people: z.array(PersonRef) })),
      refusals: z.array(z.object({ personId: PersonId, role: Role, refusal: RefusalView })),
      /** Duties that join roles only because the profile lets them: each needs a last day and a stated risk. */
      loosened: z.array(z.object({ personId: PersonId, role: Role, heldRoles: z.array(Role) })),
      /** What would still keep the seal from being put in use. */
      missing: z.array(RefusalView),
    }),
  },
  "GET /v1/seals/:sealId": {
    summary: "One seal",
    permission: "seal.read",
    params: Fact,
    response: SealSummary.extend({
      signatories: z.array(PersonRef),
      certificateKeepers: z.array(PersonRef),
      /** Of those named, whose positions are not confirmed: they may do nothing with the seal yet. */
      unconfirmed: z.array(z.object({ role: Role, personId: PersonId })),
      registeredAt: Time,
      certificate: z
        .object({
          subject: z.string(),
          serial: z.string(),
          notBefore: Time,
          notAfter: Time,
          sha256: z.string(),
          algorithm: z.string(),
        })
        .nullable(),
      uses: z.object({ settled: z.number().int(), reserved: z.number().int() }),
      frozenReason: z.string().nullable(),
      typeVersion: z.number().int(),
      bodies: z.array(SealBodyView),
      replaces: OtherSeal.nullable(),
      replacedBy: OtherSeal.nullable(),
      /** Matters of custody that hold a piece now, as far as the reader may read them: a handover, a take-out, a return. */
      custodyUnderWay: z.array(z.object({ matterId: MatterId, number: z.string().nullable(), kind: MatterKind })),
      /** Matters that may follow now, what leads on first; each with the bodies it would be about. */
      next: z.array(
        z.object({
          kind: MatterKind,
          name: LocalName,
          bodyIds: z.array(BodyId),
          mayAsk: z.boolean(),
          first: z.boolean(),
          /** Matters of this kind that are under way for the seal, as far as the reader may read them, with their bodies. */
          underWay: z.array(z.object({ matterId: MatterId, number: z.string(), bodyIds: z.array(BodyId) })),
        }),
      ),
      actions: z.array(
        z.object({
          act: z.enum(["freeze", "unfreeze", "report-loss"]),
          allowed: z.boolean(),
          /** Whether the act is carried out only with a fresh proof of presence. */
          needsPresence: z.boolean(),
          refusals: z.array(RefusalView),
        }),
      ),
      timeline: z.array(TimelineEntry),
    }),
  },
  "POST /v1/seals/:sealId/freeze": {
    summary: "Freeze: nothing may be sealed until unfrozen",
    permission: "seal.freeze",
    params: Fact,
    body: z.object({ reason: z.string().trim().min(1).max(500), presence: Presence.optional() }),
    response: Done,
  },
  "POST /v1/seals/:sealId/unfreeze": {
    summary: "Unfreeze",
    permission: "seal.unfreeze",
    params: Fact,
    body: z.object({ reason: z.string().trim().min(1).max(500), presence: Presence.optional() }),
    response: Done,
  },
  "POST /v1/seals/:sealId/report-loss": {
    summary: "Report a piece lost: every other body is frozen at once, and the clocks of the loss begin",
    permission: "seal.freeze",
    idempotent: true,
    params: Fact,
    body: z.object({ bodyId: BodyId, reason: z.string().trim().min(1).max(500) }),
    response: Done,
  },
  "GET /v1/seal-bodies/:bodyId/specimen.png": {
    summary: "The specimen impression of a piece, cleaned, for who keeps the seal or compares papers with it",
    permission: "seal.read",
    params: z.object({ bodyId: BodyId }),
    response: "binary",
    mediaType: "image/png",
  },
  "GET /v1/seals/:sealId/face.svg": {
    summary: "The face as outlines",
    permission: "seal.read",
    params: Fact,
    response: "binary",
    mediaType: "image/svg+xml",
  },
  "GET /v1/seals/:sealId/face.png": {
    summary: "The face as a picture",
    permission: "seal.read",
    params: Fact,
    response: "binary",
    mediaType: "image/png",
  },
  "GET /v1/seals/:sealId/certificate.pem": {
    summary: "The seal's certificate with its chain",
    permission: "seal.read",
    params: Fact,
    response: "text",
    mediaType: "application/x-pem-file",
  },
  "GET /v1/matters/:matterId/face.svg": {
    summary: "The face of a seal that is asked for, as whoever decides it sees it",
    permission: "matter.read",
    params: z.object({ matterId: MatterId }),
    response: "binary",
    mediaType: "image/svg+xml",
  },
  "GET /v1/seal-glyphs": {
    summary: "Outlines of characters, to draw a face while typing",
    permission: "session",
    query: z.object({ text: z.string().min(1).max(200) }),
    response: z.object({ glyphs: z.record(z.string(), GlyphOutlineJson), missing: z.array(z.string()) }),
  },
  "POST /v1/seal-face-images": {
    summary: "Upload a picture of an impression; it is made transparent",
    permission: "seal.register",
    upload: true,
    response: z.object({ imageId: z.string(), widthPx: z.number().int(), heightPx: z.number().int() }),
  },
  "GET /v1/seal-face-images/:imageId": {
    summary: "The cleaned picture",
    permission: "seal.register",
    params: z.object({ imageId: z.string().max(80) }),
    response: "binary",
    mediaType: "image/png",
  },
  "GET /v1/certification-authority/root.pem": {
    summary: "The root certificate of the internal certification authority, for verifiers",
    permission: "public",
    response: "text",
    mediaType: "application/x-pem-file",
  },
  "GET /v1/certification-authority/issuing.pem": {
    summary: "The issuing certificate",
    permission: "public",
    response: "text",
    mediaType: "application/x-pem-file",
  },
  "GET /v1/certification-authority/revocations.crl": {
    summary: "The certificate revocation list (DER)",
    permission: "public",
    response: "binary",
    mediaType: "application/pkix-crl",
  },
  "GET /v1/controls": {
    summary: "The controls C01 to C24",
    permission: "session",
    response: z.object({
      items: z.array(z.object({ id: z.enum(CONTROL_IDS), title: BothTexts, rule: BothTexts, severity: z.string() })),
    }),
  },
} as const satisfies Record<string, Route>;
