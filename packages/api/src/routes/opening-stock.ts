import { OLD_BOOK_REGISTERS, SHEET_KINDS, STOCK_PARTS } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  BothTexts,
  Day,
  Digest,
  EntityId,
  EntityRef,
  EvidenceId,
  ImportFileId,
  List,
  LocalName,
  MatterId,
  MatterState,
  OldBookId,
  PersonId,
  PersonRef,
  RefusalView,
  Time,
} from "../shapes.ts";

const SheetKind = z.enum(SHEET_KINDS);
const StockPart = z.enum(STOCK_PARTS);
const Files = z.array(ImportFileId).min(1).max(600);

const ImportPreview = z.object({
  files: z.array(
    z.object({ fileId: ImportFileId, name: z.string(), kind: z.enum(["sheet", "picture"]), digest: Digest }),
  ),
  sheets: z.array(
    z.object({
      file: z.string(),
      title: z.string(),
      /** Null where its heads are none of the known ones. */
      kind: SheetKind.nullable(),
      kindName: LocalName.nullable(),
      lines: z.number().int(),
      unknownHeads: z.array(z.string()),
      refusal: RefusalView.nullable(),
    }),
  ),
  /** What is decided together: units, people and containers; then the seals that rest on them. */
  parts: z.array(
    z.object({
      part: StockPart,
      lines: z.number().int(),
      make: z.number().int(),
      there: z.number().int(),
      refused: z.number().int(),
      /** How many units, people, roles, containers and seals its lines make. */
      things: z.number().int(),
      /** Why it cannot be sent as it stands. */
      refusals: z.array(RefusalView),
    }),
  ),
  lines: z.array(
    z.object({
      file: z.string(),
      sheet: z.string(),
      row: z.number().int(),
      kind: SheetKind,
      part: StockPart,
      subject: z.string(),
      verdict: z.enum(["make", "there", "refused"]),
      /** Whether it rests on units, people or containers that are not there yet. */
      waits: z.boolean(),
      makes: z.array(BothTexts),
      /** Who is to keep the seals that it makes. */
      custodians: z.array(LocalName),
      /** The specimens it is made with, one for each piece that has one. */
      pictures: z.array(EvidenceId),
      faults: z.array(z.object({ column: LocalName.nullable(), refusal: RefusalView })),
    }),
  ),
});

/** What an organisation brings with it: its sheets, decided on and carried out whole, and its old books. */
export const openingStockRoutes = {
  "GET /v1/import-templates/:kind": {
    summary: "An empty sheet with heads, an example line and the words that may stand in it",
    permission: "stock.import",
    params: z.object({ kind: z.enum([...SHEET_KINDS, "workbook"]) }),
    query: z.object({ language: z.enum(["en", "zh"]), format: z.enum(["xlsx", "csv"]) }),
    response: "binary",
    mediaType: "application/octet-stream",
  },
  "POST /v1/import-files": {
    summary: "Hand in a sheet (XLSX, CSV; 10 MB at most) or the picture of a specimen (30 MB)",
    permission: "stock.import",
    upload: true,
    limitPerMinute: 600,
    response: z.object({
      fileId: ImportFileId,
      kind: z.enum(["sheet", "picture"]),
      name: z.string(),
      digest: Digest,
      sizeBytes: z.number().int(),
      sheets: z.array(z.object({ title: z.string(), lines: z.number().int() })),
    }),
  },
  "POST /v1/imports/preview": {
    summary: "Every line of one's files with what it would make, or its errors by column; nothing is stored",
    permission: "stock.import",
    body: z.object({ entityId: EntityId, fileIds: Files }),
    response: ImportPreview,
  },
  "POST /v1/imports": {
    summary: "Send a part of the sheets for decision; refused while one of its lines has an error",
    permission: "stock.import",
    idempotent: true,
    body: z.object({
      entityId: EntityId,
      part: StockPart,
      fileIds: Files,
      title: z.string().trim().min(1).max(200),
      reason: z.string().trim().min(1).max(2000),
    }),
    response: z.object({ matterId: MatterId, number: z.string(), state: MatterState }),
  },
  "GET /v1/imports/:matterId": {
    summary: "What the matter of an import would make now, for everybody who sees the matter",
    permission: "matter.read",
    params: z.object({ matterId: MatterId }),
    response: ImportPreview,
  },
  "POST /v1/imports/:matterId/invitations": {
    summary: "The links for people of one's import who have none yet; each is shown once",
    permission: "stock.import",
    params: z.object({ matterId: MatterId }),
    response: z.object({
      items: z.array(z.object({ personId: PersonId, name: LocalName, login: z.string(), link: z.string() })),
    }),
  },
  "GET /v1/old-books": {
    summary: "Old books that were closed, of entities the caller watches over",
    permission: "register.read",
    response: List(
      z.object({
        bookId: OldBookId,
        entity: EntityRef,
        registerName: LocalName,
        title: z.string(),
        from: Day,
        to: Day,
        lastNumber: z.string(),
        place: z.string(),
        closedBy: PersonRef.nullable(),
        closedAt: Time,
        evidenceIds: z.array(EvidenceId),
      }),
    ),
  },
  "POST /v1/old-books": {
    summary: "Close an old book with its last number; its scans were given as evidence before",
    permission: "stock.import",
    idempotent: true,
    body: z.object({
      entityId: EntityId,
      register: z.enum(OLD_BOOK_REGISTERS),
      title: z.string().trim().min(1).max(200),
      from: Day,
      to: Day,
      lastNumber: z.string().trim().min(1).max(60),
      place: z.string().trim().min(1).max(200),
      evidenceIds: z.array(EvidenceId).min(1).max(50),
    }),
    response: z.object({ bookId: OldBookId }),
  },
} as const satisfies Record<string, Route>;
