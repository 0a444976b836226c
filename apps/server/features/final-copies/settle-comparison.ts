import { addPeriod, type FinalCopyState, type FinalPage } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { type LoadedRequest, loadRequest } from "../requests/load-request.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { tellCameBack } from "../stamped-copies/came-back.ts";
import { followCopies } from "../stamped-copies/follow-copies.ts";
import { readStamping } from "../stamping/open-stamping.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { openTask } from "../tasks/open-task.ts";
import { partsOfRequest, readFinalReviewers } from "./final-copy-rows.ts";
import { reviewTask } from "./follow-final-copy.ts";

export interface Compared {
  readonly verdict: string;
  readonly pages: readonly FinalPage[];
  readonly state: FinalCopyState;
  readonly finding: boolean;
}

/** Working days in which legal review says what a final copy is that differs. */
const reviewWithinDays = 5;

const lineOf: Readonly<Record<string, "final-same" | "final-differs" | "final-unclear">> = {
  same: "final-same",
  differs: "final-differs",
  unclear: "final-unclear",
};

/** What was found of the scan is kept, told in ledger and register, and followed: filed, pages asked for, or finding and review. */
export async function settleComparison(env: Environment, finalCopyId: string, found: Compared): Promise<void> {
  await transact(env.db, async (tx) => {
    const known = await tx
      .selectFrom("final_copies")
      .select("request_id")
      .where("final_copy_id", "=", finalCopyId)
      .executeTakeFirstOrThrow();
    const loaded = await loadRequest(tx, known.request_id, true);
    const row = await tx
      .updateTable("final_copies")
      .set({
        ...{ state: found.state, verdict: found.verdict, pages: JSON.stringify(found.pages) },
        compared_at: new Date(env.clock.now()),
      })
      .where("final_copy_id", "=", finalCopyId)
      .where("state", "=", "reading")
      .returning(["copy", "brought_by"])
      .executeTakeFirst();
    // Another run of the job was first.
    if (!row) return;
    const { requestId, number } = { requestId: known.request_id, number: loaded.row.number };
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "FinalCopyCompared", actorId: null, requestId },
      facts: {
        ...{ number, copy: row.copy, finalCopy: finalCopyId, verdict: found.verdict },
        pages: writeFinalPages(found.pages),
      },
    });
    const kind = lineOf[found.verdict];
    if (kind)
      await writeRegisterLine(tx, env, {
        ...{ register: "copies", kind, eventId, entityId: loaded.row.entity_id ?? "" },
        ...{ unitId: loaded.row.unit_id, requestId, personIds: [row.brought_by] },
        facts: {
          ...{ request: number, copyNumbers: String(row.copy), by: row.brought_by },
          pages: found.pages.filter(({ page }) => page !== null).length,
        },
        words: [number ?? "", loaded.row.title].filter((word) => word !== ""),
      });
    if (found.finding)
      await openFinding(tx, env, {
        ...{ control: "C17", source: "final-copy.differs", subjectKey: finalCopyId, entityId: loaded.row.entity_id },
        ...{ sealId: loaded.sealIds[0] ?? null, actorId: null },
        facts: { subject: number, copy: row.copy, pages: writeFinalPages(found.pages) },
      });
    // What shows another paper brings nothing back.
    if (found.state !== "refused")
      await tellCameBack(tx, env, loaded, { copy: row.copy, personId: row.brought_by, finalCopyId });
    if (found.state === "review") await askForReview(tx, env, loaded, row.brought_by);
    await followCopies(tx, env, requestId, null);
  });
}

async function askForReview(tx: Tx, env: Environment, loaded: LoadedRequest, broughtBy: string): Promise<void> {
  const { row, sealIds } = loaded;
  const stamping = await readStamping(tx, row.request_id);
  const parts = [...partsOfRequest(loaded, stamping?.opened_by ?? ""), broughtBy];
  const reviewers = await readFinalReviewers(tx, env, loaded, parts);
  const place = await readPlaceInTime(tx, row.entity_id ?? "");
  await openTask(tx, env, {
    ...{ kind: reviewTask, subjectKey: row.request_id, entityId: row.entity_id, sealId: sealIds[0] ?? null },
    ...{ assigneeRole: reviewers?.role ?? "inspector", facts: { subject: row.number }, actorId: null },
    dueAt: addPeriod(env.clock.now(), { unit: "working-days", count: reviewWithinDays }, place),
  });
}

/** Pages that are not as approved, in few words of both languages' letters: `2 differs, 3 missing`. */
const writeFinalPages = (pages: readonly FinalPage[]): string =>
  pages
    .filter(({ verdict }) => verdict !== "same" && verdict !== "signed")
    .slice(0, 20)
    .map(({ page, sheet, verdict }) => (page === null ? `(${sheet}) ${verdict}` : `${page + 1} ${verdict}`))
    .join(", ");
