import { HANDOVER_CAUSES, LOCK_KINDS, SETTING_KEYS } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  BodyId,
  BothTexts,
  Day,
  Digest,
  Done,
  EntityId,
  EntityRef,
  EvidenceId,
  Facts,
  FindingId,
  List,
  LocalName,
  MatterId,
  MatterKind,
  MatterState,
  PersonId,
  PersonRef,
  Presence,
  RefusalView,
  RequestId,
  Role,
  SealId,
  SettingChangeId,
  StepId,
  TakeOutEnd,
  TaskId,
  Time,
  TimelineEntry,
  UnitId,
} from "../shapes.ts";
import { NamedRequests } from "./running-requests.ts";

export const EvidenceView = z.object({
  evidenceId: EvidenceId,
  digest: Digest,
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number().int(),
  widthPx: z.number().int().nullable(),
  heightPx: z.number().int().nullable(),
  hasPreview: z.boolean(),
  takenAt: Time.nullable(),
  uploadedBy: PersonRef.nullable(),
  uploadedAt: Time,
});

const SealRef = z.object({ sealId: SealId, number: z.string(), name: LocalName });
export const MatterSummary = z.object({
  matterId: MatterId,
  number: z.string().nullable(),
  kind: MatterKind,
  kindName: LocalName,
  state: MatterState,
  title: z.string(),
  entity: EntityRef,
  seal: SealRef.nullable(),
  person: PersonRef.nullable(),
  askedBy: PersonRef.nullable(),
  waitingFor: z.array(PersonRef),
  /** Whether the reader is one of those it waits for. */
  /** What the reader is asked for now: his decision, or the part he is named to confirm. */
  waitsForMe: z.enum(["decide", "confirm"]).nullable(),
  effectiveOn: Day.nullable(),
  updatedAt: Time,
  submittedAt: Time.nullable(),
});
export const MatterDetail = MatterSummary.extend({
  reason: z.string(),
  unitId: UnitId.nullable(),
  /** What the kind asks for, as it was given; its shape belongs to the kind. */
  data: z.record(z.string(), z.unknown()),
  /** The numbers a matter of controlled forms is about, as they are printed, for everybody who may read the matter. */
  forms: z.object({ seriesId: z.string(), name: LocalName, written: z.string() }).nullable(),
  /** What a change of a unit or of the legal representative did, once it was carried out; null for other matters. */
  touched: z
    .object({
      stopped: z.array(SealRef),
      moved: z.array(SealRef),
      grants: z.number().int(),
      people: z.number().int(),
      requests: z.number().int(),
    })
    .nullable(),
  /** Running requests that are to take the rules in force; null for other matters. */
  runningRequests: NamedRequests.nullable(),
  /** What a handover passes on, by name: pieces, keys and codes, requests under way. */
  handedOver: z
    .object({
      bodies: z.array(
        z.object({ bodyId: BodyId, number: z.string(), kind: z.enum(["physical", "electronic"]), seal: SealRef }),
      ),
      locks: z.array(
        z.object({
          lockId: z.string(),
          kind: z.enum(LOCK_KINDS),
          label: z.string(),
          container: LocalName.nullable(),
        }),
      ),
      /** A request whose title is empty is confidential. */
      requests: z.array(z.object({ requestId: z.string(), number: z.string().nullable(), title: z.string() })),
    })
    .nullable(),
  /** The take-out that an extension, a paper found on the spot or a return is about, as it stands now. */
  takeOut: z
    .object({
      takeOutId: MatterId,
      number: z.string().nullable(),
      title: z.string(),
      seal: SealRef,
      bodyNumber: z.string(),
      escort: z.array(PersonRef),
      place: z.string(),
      papers: z.array(z.object({ title: z.string(), impressions: z.number().int() })),
      mostImpressions: z.number().int(),
      listedImpressions: z.number().int(),
      dueAt: Time,
      overdue: z.boolean(),
      ended: TakeOutEnd.nullable(),
      /** The container it is put in when it is back: the one named, else the one it was taken from. */
      goesTo: LocalName.nullable(),
    })
    .nullable(),
  digest: Digest.nullable(),
  /** Whether anybody decides a matter of this kind; where nobody does, it goes from being asked to being carried out. */
  decidedByOthers: z.boolean(),
  steps: z.array(
    z.object({
      stepId: StepId,
      role: Role,
      presence: z.boolean(),
      state: z.enum(["waiting", "current", "approved", "rejected", "returned", "voided"]),
      candidates: z.array(PersonRef),
      decidedBy: PersonRef.nullable(),
      decidedAt: Time.nullable(),
      comment: z.string().nullable(),
      method: z.string().nullable(),
    }),
  ),
  evidence: z.array(
    z.object({
      slot: z.string(),
      name: LocalName,
      needed: z.enum(["to-submit", "to-carry-out", "afterwards"]),
      accepts: z.enum(["picture", "document", "any"]),
      /** Who does not confirm without it, where that is earlier than `needed` says. */
      neededBy: LocalName.nullable(),
      /** Whether it takes a file now. */
      open: z.boolean(),
      files: z.array(EvidenceView),
      /** Those the reader may take out again: the matter was not submitted with them yet. */
      removable: z.array(EvidenceId),
    }),
  ),
  confirmations: z.array(
    z.object({
      part: z.string(),
      name: LocalName,
      count: z.number().int(),
      /** Who may confirm this part; empty where anybody fit may. */
      candidates: z.array(PersonRef),
      confirmed: z.array(z.object({ person: PersonRef, at: Time, method: z.string() })),
    }),
  ),
  /** What keeps an approved matter from being carried out, each with the way out. */
  missing: z.array(RefusalView),
  actions: z.array(
    z.enum(["edit", "submit", "approve", "reject", "return", "withdraw", "cancel", "confirm", "carry-out"]),
  ),
  /** The parts the reader may confirm now. */
  mayConfirm: z.array(z.string()),
  tasks: z.array(z.lazy(() => TaskView)),
  timeline: z.array(TimelineEntry),
});
export const MatterBody = z.object({
  kind: MatterKind,
  entityId: EntityId,
  unitId: UnitId.nullable(),
  sealId: SealId.nullable(),
  bodyId: z.string().max(60).nullable(),
  personId: PersonId.nullable(),
  title: z.string().trim().min(1).max(200),
  reason: z.string().trim().max(2000),
  data: z.record(z.string(), z.unknown()),
  effectiveOn: Day.nullable(),
});
const MatterParams = z.object({ matterId: MatterId });

export const TaskView = z.object({
  taskId: TaskId,
  kind: z.string(),
  state: z.enum(["open", "done", "cancelled"]),
  title: BothTexts,
  wayOut: BothTexts.nullable(),
  entity: EntityRef.nullable(),
  seal: SealRef.nullable(),
  person: PersonRef.nullable(),
  matterId: MatterId.nullable(),
  /** The request it asks to look at. */
  requestId: RequestId.nullable(),
  /** For tasks that ask for a handover: the one of its seal that is under way already, and the cause a new one would have. */
  handover: z.object({ matterId: MatterId.nullable(), cause: z.enum(HANDOVER_CAUSES).nullable() }).nullable(),
  assignee: PersonRef.nullable(),
  assigneeRole: Role.nullable(),
  dueAt: Time.nullable(),
  overdue: z.boolean(),
  openedAt: Time,
  endedAt: Time.nullable(),
  endedBy: PersonRef.nullable(),
  evidenceId: EvidenceId.nullable(),
  note: z.string().nullable(),
  facts: Facts,
  /** Whether the reader is asked to do it. */
  mayDo: z.boolean(),
  /** Whether it ends by his word; any other ends by the act it asks for. */
  endsByWord: z.boolean(),
});

const SettingView = z.object({
  key: z.enum(SETTING_KEYS),
  name: LocalName,
  unit: z.string(),
  value: z.number().int(),
  default: z.number().int(),
  least: z.number().int(),
  most: z.number().int(),
  control: z.string().nullable(),
  /** Which way the rule is loosened. */
  looser: z.enum(["higher", "lower"]),
  loosened: z.boolean(),
  risk: LocalName,
  endsOn: Day.nullable(),
  waiting: z
    .object({
      settingChangeId: SettingChangeId,
      value: z.number().int(),
      endsOn: Day.nullable(),
      reason: z.string(),
      askedBy: PersonRef.nullable(),
      mayConfirm: z.boolean(),
    })
    .nullable(),
});

/** Matters, their evidence, tasks, findings, settings and calendars: what every area of keeping shares. */
export const keepingRoutes = {
  "GET /v1/matter-kinds": {
    summary: "Kinds of matters: who asks, who decides, what belongs to them",
    permission: "matter.read",
    response: z.object({
      items: z.array(
        z.object({
          kind: MatterKind,
          name: LocalName,
          askedBy: z.array(Role),
          steps: z.array(z.object({ role: Role, presence: z.boolean() })),
          mayAsk: z.boolean(),
        }),
      ),
    }),
  },
  "GET /v1/matters": {
    summary: "Matters the caller may see",
    permission: "matter.read",
    query: z.object({
      view: z.enum(["waiting", "mine", "all"]),
      state: MatterState.optional(),
      kind: MatterKind.optional(),
      sealId: SealId.optional(),
      personId: PersonId.optional(),
      search: z.string().max(100).optional(),
      after: z.string().max(100).optional(),
    }),
    response: List(MatterSummary),
  },
  "POST /v1/matters": {
    summary: "Begin a matter as a draft",
    permission: "matter.ask",
    idempotent: true,
    body: MatterBody,
    response: z.object({ matterId: MatterId }),
  },
  "PUT /v1/matters/:matterId": {
    summary: "Change a draft, a returned or a withdrawn matter",
    permission: "matter.ask",
    params: MatterParams,
    body: MatterBody.omit({ kind: true }),
    response: Done,
  },
  "POST /v1/matters/:matterId/check": {
    summary: "What submitting would answer: refusals and who decides",
    permission: "matter.ask",
    params: MatterParams,
    response: z.object({
      ready: z.boolean(),
      refusals: z.array(RefusalView),
      steps: z.array(z.object({ role: Role, candidates: z.array(PersonRef) })),
    }),
  },
  "POST /v1/matters/:matterId/submit": {
    summary: "Submit: the number is given, the subject is reserved",
    permission: "matter.ask",
    idempotent: true,
    params: MatterParams,
    response: z.object({ number: z.string(), state: MatterState }),
  },
  "GET /v1/matters/:matterId": {
    summary: "One matter, whole",
    permission: "matter.read",
    params: MatterParams,
    response: MatterDetail,
  },
  "POST /v1/matters/:matterId/decisions": {
    summary: "Approve, reject or return the current step",
    permission: "matter.decide",
    idempotent: true,
    params: MatterParams,
    body: z.object({
      stepId: StepId,
      decision: z.enum(["approve", "reject", "return"]),
      comment: z.string().trim().max(2000),
      digest: Digest,
      presence: Presence.optional(),
    }),
    response: z.object({ state: MatterState }),
  },
  "POST /v1/matters/:matterId/withdraw": {
    summary: "Withdraw",
    permission: "matter.ask",
    params: MatterParams,
    body: z.object({ reason: z.string().trim().max(500) }),
    response: Done,
  },
  "POST /v1/matters/:matterId/cancel": {
    summary: "End a draft, or an approved matter that can no longer be carried out",
    permission: "matter.ask",
    params: MatterParams,
    body: z.object({ reason: z.string().trim().min(1).max(500) }),
    response: Done,
  },
  "POST /v1/matters/:matterId/evidence": {
    summary: "Put a file into a slot of the matter",
    permission: "evidence.add",
    params: MatterParams,
    body: z.object({ slot: z.string().max(60), evidenceId: EvidenceId }),
    response: Done,
  },
  "DELETE /v1/matters/:matterId/evidence/:slot/:evidenceId": {
    summary: "Take a file out of a slot again, before the matter is submitted with it",
    permission: "evidence.add",
    params: z.object({ matterId: MatterId, slot: z.string().max(60), evidenceId: EvidenceId }),
    response: Done,
  },
  "POST /v1/matters/:matterId/confirm": {
    summary: "Confirm one's part with one's own proof of presence",
    permission: "matter.read",
    idempotent: true,
    params: MatterParams,
    body: z.object({ part: z.string().max(40), digest: Digest, facts: Facts, presence: Presence }),
    response: z.object({ state: MatterState }),
  },
  "POST /v1/matters/:matterId/carry-out": {
    summary: "Carry an approved matter out",
    permission: "matter.read",
    idempotent: true,
    params: MatterParams,
    body: z.object({ digest: Digest, presence: Presence.optional() }),
    response: z.object({ state: MatterState }),
  },
  "POST /v1/evidence": {
    summary: "Upload a photo, scan or PDF as evidence; original bytes are kept, 30 MB at most",
    permission: "evidence.add",
    upload: true,
    limitPerMinute: 60,
    response: EvidenceView,
  },
  "GET /v1/evidence/:evidenceId": {
    summary: "What is known of a file given as evidence",
    permission: "matter.read",
    params: z.object({ evidenceId: EvidenceId }),
    response: EvidenceView,
  },
  "GET /v1/evidence/:evidenceId/file": {
    summary:
      "The file as a download; a photo without its place and camera, except for inspectors, seal administrators and who took it",
    permission: "matter.read",
    params: z.object({ evidenceId: EvidenceId }),
    response: "binary",
    mediaType: "application/octet-stream",
  },
  "GET /v1/evidence/:evidenceId/preview": {
    summary: "A small upright picture of it",
    permission: "matter.read",
    params: z.object({ evidenceId: EvidenceId }),
    response: "binary",
    mediaType: "image/jpeg",
  },
  "GET /v1/tasks": {
    summary: "Tasks with their clocks: the caller's own, or all he may see",
    permission: "task.read",
    query: z.object({
      view: z.enum(["mine", "all"]),
      state: z.enum(["open", "done", "cancelled"]).optional(),
      overdue: z.enum(["yes"]).optional(),
      kind: z.string().max(60).optional(),
      sealId: SealId.optional(),
      unitId: UnitId.optional(),
      after: z.string().max(100).optional(),
    }),
    response: List(TaskView),
  },
  "POST /v1/tasks/:taskId/done": {
    summary: "Say that a task is done, with its evidence",
    permission: "task.read",
    params: z.object({ taskId: TaskId }),
    body: z.object({ note: z.string().trim().max(1000), evidenceId: EvidenceId.nullable() }),
    response: Done,
  },
  "GET /v1/findings": {
    summary: "Findings, newest first",
    permission: "audit.read",
    query: z.object({
      state: z.enum(["open", "closed"]).optional(),
      control: z.string().max(5).optional(),
      sealId: SealId.optional(),
      after: z.string().max(100).optional(),
    }),
    response: List(
      z.object({
        findingId: FindingId,
        control: z.string(),
        controlTitle: LocalName,
        state: z.enum(["open", "closed"]),
        sentence: BothTexts,
        wayOut: BothTexts.nullable(),
        seal: SealRef.nullable(),
        person: PersonRef.nullable(),
        openedAt: Time,
        dueAt: Time.nullable(),
        closedAt: Time.nullable(),
        closedBy: PersonRef.nullable(),
        closingNote: z.string().nullable(),
        /** Who explains it before another person closes it, by when, and what he said; null where nobody has to. */
        explanation: z
          .object({ explainer: PersonRef.nullable(), dueAt: Time.nullable(), reason: z.string().nullable() })
          .nullable(),
        /** The request it is about, where it is about one. */
        requestId: RequestId.nullable(),
        /** Whether the caller may close it now. */
        mayClose: z.boolean(),
      }),
    ),
  },
  "POST /v1/findings/:findingId/close": {
    summary: "Close a finding with what was done about it; never about one's own seal",
    permission: "finding.close",
    params: z.object({ findingId: FindingId }),
    body: z.object({ note: z.string().trim().min(1).max(2000) }),
    response: Done,
  },
  "GET /v1/settings": {
    summary: "Settings of the rules, with defaults, limits and what waits for a second person",
    permission: "session",
    response: z.object({ items: z.array(SettingView) }),
  },
  "POST /v1/setting-changes": {
    summary: "Ask for a change of a setting; it takes force when a second person confirms",
    permission: "settings.manage",
    idempotent: true,
    body: z.object({
      key: z.enum(SETTING_KEYS),
      value: z.number().int(),
      endsOn: Day.nullable(),
      reason: z.string().trim().min(1).max(500),
    }),
    response: z.object({ settingChangeId: SettingChangeId }),
  },
  "POST /v1/setting-changes/:settingChangeId/decide": {
    summary: "Confirm or decline a change, as the second person",
    permission: "settings.confirm",
    params: z.object({ settingChangeId: SettingChangeId }),
    body: z.object({ confirm: z.boolean() }),
    response: Done,
  },
  "GET /v1/calendars/:entityId": {
    summary: "The working calendar of an entity",
    permission: "organisation.read",
    params: z.object({ entityId: EntityId }),
    response: z.object({
      timeZone: z.string(),
      weekend: z.array(z.number().int()),
      days: z.array(z.object({ day: Day, kind: z.enum(["holiday", "make-up"]), name: z.string() })),
    }),
  },
  "PUT /v1/calendars/:entityId": {
    summary: "Replace the working calendar of an entity",
    permission: "organisation.manage",
    params: z.object({ entityId: EntityId }),
    body: z.object({
      weekend: z.array(z.number().int().min(1).max(7)).max(6),
      days: z
        .array(z.object({ day: Day, kind: z.enum(["holiday", "make-up"]), name: z.string().trim().max(60) }))
        .max(400),
    }),
    response: Done,
  },
} as const satisfies Record<string, Route>;
