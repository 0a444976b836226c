import {
  CERTIFICATE_STATES,
  DOCUMENT_CLASS_IDS,
  IMPRESSION_STATES,
  MATTER_KINDS,
  MATTER_STATES,
  NEXT_DUTIES,
  PERMISSIONS,
  PROFILES,
  ROLES,
  SEAL_STATES,
  SEAL_TYPES,
  SEAL_USE_REQUEST_STATES,
  TAKE_OUT_ENDS,
  URGENCIES,
} from "@chancery/domain";
import { z } from "zod";

/** A name in both languages; they stand side by side, neither is the translation of the other. */
export const LocalName = z.object({ en: z.string().trim().min(1).max(200), zh: z.string().trim().min(1).max(200) });
/** Years that calendars, databases and people agree on. */
const plainYear = (text: string): boolean => text >= "1900";
const notPlain = { error: "lies before the year 1900", params: { zh: "早于 1900 年" } };
export const Time = z.iso.datetime().refine(plainYear, notPlain);
export const Day = z.iso.date().refine(plainYear, notPlain);
/** `sha256:` and 64 hex digits. */
export const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const id = (prefix: string): z.ZodString => z.string().regex(new RegExp(`^${prefix}_[0-9a-f-]{36}$`));
export const AlarmId = id("alm");
export const EntityId = id("ent");
export const UnitId = id("unit");
export const PersonId = id("per");
export const GrantId = id("grant");
export const SealId = id("seal");
export const RequestId = id("req");
export const DocumentId = id("doc");
export const DocumentSeriesId = id("dsr");
export const PlacementId = id("plc");
export const StepId = id("step");
export const ImpressionId = id("imp");
export const PasskeyId = id("key");
export const StepUpId = id("stp");
export const AccountChangeId = id("acc");
export const BodyId = id("body");
export const MatterId = id("mat");
export const EvidenceId = id("ev");
export const FinalCopyId = id("fin");
export const TaskId = id("task");
export const FindingId = id("fnd");
export const SettingChangeId = id("set");
export const RegisterLineId = id("line");
export const DelegationId = id("dlg");
export const RuleBookVersionId = id("rbk");
export const RulesVersionId = id("rul");
export const TemplateId = id("tpl");
export const TemplateVersionId = id("tpv");
export const BacktestId = id("btst");
export const ImportFileId = id("imf");
export const StandingId = id("stg");
export const OldBookId = id("book");
export const ControllerId = id("ctl");
export const LookId = id("look");

export const Role = z.enum(ROLES);
export const SealType = z.enum(SEAL_TYPES);
export const SealState = z.enum(SEAL_STATES);
export const StarterClass = z.enum(DOCUMENT_CLASS_IDS);
/** A starter class, or one of the organisation's own, whose id begins with the class it is based on. */
export const DocumentClass = z.union([
  StarterClass,
  z.templateLiteral([StarterClass, "--", z.string().regex(/^[0-9a-z]{1,36}$/)]),
]);
export const Profile = z.enum(PROFILES);
export const MatterKind = z.enum(MATTER_KINDS);
export const MatterState = z.enum(MATTER_STATES);
export const RequestState = z.enum(SEAL_USE_REQUEST_STATES);
export const ImpressionState = z.enum(IMPRESSION_STATES);
export const PermissionName = z.enum(PERMISSIONS);

export const PersonRef = z.object({ personId: PersonId, name: LocalName });
export const EntityRef = z.object({ entityId: EntityId, name: LocalName, code: z.string() });
export const UnitRef = z.object({ unitId: UnitId, name: LocalName });
/** Texts in both languages, made from the domain's messages. */
export const BothTexts = z.object({ en: z.string(), zh: z.string() });
export const Facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export const RefusalView = z.object({
  code: z.string(),
  rule: z.string().nullable(),
  /** What is not possible and why, with today's facts. */
  sentence: BothTexts,
  wayOut: BothTexts.nullable(),
  facts: Facts,
});

/**
 * Proof of presence (step-up): first ask `POST /v1/step-ups` for what is to be done, then send the answer with the act
 * itself. It is bound to the digest that the step-up named and can be used once.
 */
export const Presence = z.object({
  stepUpId: StepUpId,
  proof: z.discriminatedUnion("method", [
    z.object({ method: z.literal("passkey"), response: z.record(z.string(), z.unknown()) }),
    z.object({ method: z.literal("password"), password: z.string().min(1).max(500) }),
    z.object({ method: z.literal("sample") }),
  ]),
});

export const TimelineEntry = z.object({
  eventId: z.string(),
  type: z.string(),
  at: Time,
  actor: PersonRef.nullable(),
  /** The person it is about (a grant, a reset), where that is not the actor. */
  person: PersonRef.nullable(),
  facts: Facts,
  comment: z.string().nullable(),
  /** Index of the ledger leaf; null until the sequencer has taken the event, a moment later. */
  leaf: z.number().int().nonnegative().nullable(),
  /** In whose place the actor acted, where a delegation let him. */
  standsFor: PersonRef.nullable(),
});

/** Where a seal stands on a page: millimetres from the top left of the page as it is shown. */
export const Placement = z.object({
  placementId: PlacementId,
  sealId: SealId,
  page: z.number().int().min(0),
  xMm: z.number(),
  yMm: z.number(),
});
export const BoxMm = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

const FaceShape = z.enum(["circle", "oval", "square", "rectangle"]);
export const FaceSpec = z.object({
  shape: FaceShape,
  widthMm: z.number().min(5).max(100),
  heightMm: z.number().min(5).max(100),
  arcText: z.string().max(60).optional(),
  centre: z.enum(["star", "none"]).optional(),
  centreText: z.string().max(60).optional(),
  lowerText: z.string().max(60).optional(),
  code: z.string().max(13).optional(),
});

export const SealSummary = z.object({
  sealId: SealId,
  number: z.string(),
  type: SealType,
  /** The type itself, or an own kind of the organisation, by its newest name. */
  kindId: z.string(),
  kindName: LocalName,
  name: LocalName,
  entity: EntityRef,
  unit: UnitRef.nullable(),
  state: SealState,
  important: z.boolean(),
  external: z.boolean(),
  body: z.enum(["electronic", "physical", "both"]),
  /** A piece of it came with the opening stock and no stock-take has found it yet. */
  toConfirm: z.boolean().optional(),
  /** Null where the face is an uploaded picture. */
  faceShape: FaceShape.nullable(),
  widthMm: z.number(),
  heightMm: z.number(),
  /** Who answers for it by the books of custody; before its issue, who is named for it. */
  custodians: z.array(PersonRef),
  /** Where nobody answers for it any more: since when. */
  custodyEndedAt: Time.nullable(),
  supervisors: z.array(PersonRef),
  certificateState: z.enum(CERTIFICATE_STATES),
  certificateUntil: Time.nullable(),
  /** What is next to be done for the seal, and how near it is. */
  /** When the clock of a loss ends that ends first. */
  lossDue: Time.nullable(),
  nextDuty: z.object({ duty: z.enum(NEXT_DUTIES), urgency: z.enum(URGENCIES) }),
  /** Where the seal's key lies; `none` once it is destroyed. */
  keyPlace: z.enum(["software", "none"]),
});
/** What a seal is chosen by where it is asked for: its face, and whose it is. */
export const SealChoice = SealSummary.pick({
  ...{ sealId: true, number: true, type: true, name: true, entity: true, state: true },
  ...{ important: true, external: true, body: true, faceShape: true, widthMm: true, heightMm: true },
});
export const List = <T extends z.ZodType>(
  item: T,
): z.ZodObject<{ items: z.ZodArray<T>; next: z.ZodNullable<z.ZodString> }> =>
  z.object({ items: z.array(item), next: z.string().nullable() });
export const Done = z.object({ done: z.literal(true) });

/** How a take-out was over: the piece came back, or was lost or ended while it was away. */
export const TakeOutEnd = z.object({ at: Time, as: z.enum(TAKE_OUT_ENDS) });
