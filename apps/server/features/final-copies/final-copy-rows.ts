import {
  FINAL_COPY_STATES,
  type FinalCopyState,
  type FinalPage,
  type FinalSheet,
  finalReviewRoles,
  holdersFor,
  listParts,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { dayIn, readGrants } from "../organisation/read-grants.ts";
import type { LoadedRequest } from "../requests/load-request.ts";
import { readPlaceInTime } from "../settings/calendar.ts";

/** An approved page of a request, over all its documents in their order. */
export interface ApprovedPage {
  readonly documentId: string;
  /** From 1, within its document. */
  readonly page: number;
}
export const listApprovedPages = ({ documents }: Pick<LoadedRequest, "documents">): ApprovedPage[] =>
  documents
    .toSorted((a, b) => a.position - b.position)
    .flatMap(({ documentId, pages }) => pages.map((_, at) => ({ documentId, page: at + 1 })));

/** Scans of the copies of a request, the oldest first. */
export async function readFinalCopies(reader: Reader, requestId: string) {
  const rows = await reader
    .selectFrom("final_copies")
    .selectAll()
    .where("request_id", "=", requestId)
    .orderBy("brought_at")
    .orderBy("final_copy_id")
    .execute();
  return rows.map((row) => ({
    ...row,
    state: FINAL_COPY_STATES.find((one) => one === row.state) ?? ("refused" satisfies FinalCopyState),
    pages: row.pages as unknown as readonly FinalPage[],
  }));
}
export type FinalCopyRow = Awaited<ReturnType<typeof readFinalCopies>>[number];

export const lacksPages = ({ pages }: Pick<FinalCopyRow, "pages">): boolean =>
  pages.some(({ verdict }) => verdict === "missing");

export const readSheets = (reader: Reader, finalCopyId: string) =>
  reader
    .selectFrom("final_copy_sheets")
    .selectAll()
    .where("final_copy_id", "=", finalCopyId)
    .orderBy("sheet")
    .execute();
export type SheetRow = Awaited<ReturnType<typeof readSheets>>[number];

export const sheetOf = (row: Pick<SheetRow, "sheet" | "page" | "verdict" | "hint">): FinalSheet => ({
  ...{ sheet: row.sheet, page: row.page, verdict: row.verdict as FinalSheet["verdict"] },
  hint: row.hint as FinalSheet["hint"],
});

/** Everybody with a part in the request: none of them reviews what came back of it. */
export const partsOfRequest = ({ row, allSteps }: LoadedRequest, openedBy: string): string[] => [
  ...listParts({
    ...{ applicantId: row.applicant_id, handlerId: row.handler_id, steps: allSteps },
    ...{ releasedBy: row.released_by, confirmedBy: row.confirmed_by },
  }).map(({ personId }) => personId),
  openedBy,
];

/** Who may review: of the first reviewing role that somebody without a part holds; null where nobody does. */
export async function readFinalReviewers(
  reader: Reader,
  env: Environment,
  loaded: LoadedRequest,
  parts: readonly string[],
): Promise<{ readonly role: (typeof finalReviewRoles)[number]; readonly people: readonly string[] } | null> {
  const entityId = loaded.row.entity_id ?? "";
  const today = dayIn((await readPlaceInTime(reader, entityId)).timeZone, env.clock.now());
  const grants = await readGrants(reader, { entityId });
  for (const role of finalReviewRoles) {
    const held = loaded.sealIds.flatMap((sealId) => holdersFor(grants, role, { sealId, entityId }, today));
    const people = [...new Set(held)].filter((person) => !parts.includes(person));
    if (people.length > 0) return { role, people };
  }
  return null;
}
