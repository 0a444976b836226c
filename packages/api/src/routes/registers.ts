import { REGISTERS, STAMP_DEBTS } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  BothTexts,
  Day,
  Digest,
  Done,
  EntityId,
  EntityRef,
  Facts,
  List,
  LocalName,
  MatterId,
  PersonId,
  PersonRef,
  RegisterLineId,
  RequestId,
  SealId,
  Time,
  UnitId,
  UnitRef,
} from "../shapes.ts";

const id = (prefix: string): z.ZodString => z.string().regex(new RegExp(`^${prefix}_[0-9a-f-]{36}$`));
const RegisterName = z.enum(REGISTERS);
const RegisterParams = z.object({ register: RegisterName });
const ViewId = id("view");
const ExportId = id("exp");

/** What narrows a register; days are those of the line's entity. Each part of a search stands in the line as it is. */
const Filter = z.object({
  entityId: EntityId.optional(),
  sealId: SealId.optional(),
  personId: PersonId.optional(),
  unitId: UnitId.optional(),
  kind: z.string().min(1).max(60).optional(),
  from: Day.optional(),
  to: Day.optional(),
  search: z.string().trim().min(1).max(100).optional(),
});

const LineRef = z.object({ lineId: RegisterLineId, number: z.string() });
const Line = z.object({
  lineId: RegisterLineId,
  register: RegisterName,
  number: z.string(),
  at: Time,
  entity: EntityRef,
  kind: z.string(),
  /** What it says, in plain words. */
  title: LocalName,
  facts: z.array(z.object({ key: z.string(), name: BothTexts, value: BothTexts })),
  /** Of a line that is still open: what is owed before it is complete. */
  owed: z.array(z.enum(STAMP_DEBTS)),
  seal: z.object({ sealId: SealId, number: z.string(), name: LocalName }).nullable(),
  unit: UnitRef.nullable(),
  /** Everybody named in it. */
  people: z.array(PersonRef),
  matter: z.object({ matterId: MatterId, number: z.string().nullable() }).nullable(),
  request: z
    .object({
      requestId: RequestId,
      number: z.string().nullable(),
      /** Empty where the request is confidential and the reader does not open it. */
      title: z.string(),
      /** Whether the reader may open it: who reads the line need not see the request. */
      open: z.boolean(),
    })
    .nullable(),
  /** The line that this one corrects, and those that correct it. */
  corrects: LineRef.nullable(),
  correctedBy: z.array(LineRef),
  /** What the ledger says: the leaf is null until the sequencer has taken it, a moment later. */
  event: z.object({
    eventId: z.string(),
    type: z.string(),
    at: Time,
    facts: Facts,
    leaf: z.number().int().nonnegative().nullable(),
  }),
});

const View = z.object({ viewId: ViewId, register: RegisterName, name: z.string(), filter: Filter });
const Export = z.object({
  exportId: ExportId,
  register: RegisterName,
  format: z.enum(["csv", "xlsx", "book"]),
  /** A file is kept for a day. */
  state: z.enum(["making", "ready", "broken", "gone"]),
  /** Lines written so far, and how many there are. */
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  fileName: z.string(),
  sizeBytes: z.number().int().nullable(),
  digest: Digest.nullable(),
  askedAt: Time,
});

/** Registers 台账: what people read; each line tells of an event of the ledger, none can be edited. */
export const registerRoutes = {
  "GET /v1/registers": {
    summary: "The registers, how many lines the caller sees in each, and the last of them",
    permission: "register.read",
    response: z.object({
      items: z.array(
        z.object({
          register: RegisterName,
          name: LocalName,
          /** Null where the lines are too many to be counted for one who does not watch the entity. */
          count: z.number().int().nonnegative().nullable(),
          /** The newest of them; not told where they are not counted. */
          last: z.object({ number: z.string(), at: Time, title: LocalName }).nullable(),
          /** What its lines can be. */
          kinds: z.array(z.object({ kind: z.string(), name: LocalName })),
        }),
      ),
    }),
  },
  "GET /v1/registers/:register/lines": {
    summary: "Lines of a register, newest first",
    permission: "register.read",
    params: RegisterParams,
    query: Filter.extend({ after: z.string().max(80).optional() }),
    response: List(Line),
  },
  "GET /v1/registers/:register/lines/:lineId": {
    summary: "One line with what the ledger says of it",
    permission: "register.read",
    params: RegisterParams.extend({ lineId: RegisterLineId }),
    response: Line,
  },
  "GET /v1/register-views": {
    summary: "The caller's saved views",
    permission: "register.read",
    query: z.object({ register: RegisterName }),
    response: z.object({ items: z.array(View) }),
  },
  "POST /v1/register-views": {
    summary: "Save what a register is narrowed by, under a name; the same name replaces it",
    permission: "register.read",
    body: View.omit({ viewId: true }).extend({ name: z.string().trim().min(1).max(60) }),
    response: View,
  },
  "DELETE /v1/register-views/:viewId": {
    summary: "Drop a saved view",
    permission: "register.read",
    params: z.object({ viewId: ViewId }),
    response: Done,
  },
  "GET /v1/register-exports": {
    summary: "The caller's exports of a register, of the last day, the newest first",
    permission: "register.read",
    query: z.object({ register: RegisterName }),
    response: z.object({ items: z.array(Export) }),
  },
  "POST /v1/register-exports": {
    summary: "Make a sheet or a printable book of what the caller sees of a register",
    permission: "register.read",
    idempotent: true,
    limitPerMinute: 20,
    body: z.object({
      register: RegisterName,
      format: Export.shape.format,
      language: z.enum(["en", "zh"]),
      filter: Filter,
    }),
    response: Export,
  },
  "GET /v1/register-exports/:exportId": {
    summary: "How far the caller's export has come",
    permission: "register.read",
    params: z.object({ exportId: ExportId }),
    response: Export,
  },
  "GET /v1/register-exports/:exportId/file": {
    summary: "The file of the caller's export, as a download; its format stands in the view of it",
    permission: "register.read",
    params: z.object({ exportId: ExportId }),
    response: "binary",
    mediaType: "application/octet-stream",
  },
} as const satisfies Record<string, Route>;
