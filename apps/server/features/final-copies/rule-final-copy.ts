import { decideFinalRuling, type FinalRuling } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { followCopies } from "../stamped-copies/follow-copies.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { requireStamping } from "../stamping/report.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { endTasks } from "../tasks/open-task.ts";
import { lacksPages, partsOfRequest, readFinalCopies, readFinalReviewers } from "./final-copy-rows.ts";
import { reviewTask } from "./follow-final-copy.ts";

const lineOf = {
  "as-approved": "final-as-approved",
  "agreed-change": "final-agreed",
  "not-agreed": "final-not-agreed",
} as const satisfies Readonly<Record<FinalRuling, string>>;

/** Somebody without a part in the request says what its final copy is; a change that nobody agreed to is a finding (C17). */
export async function ruleFinalCopy(
  env: Environment,
  personId: string,
  of: { readonly requestId: string; readonly finalCopyId: string },
  said: { readonly ruling: FinalRuling; readonly reason: string },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const view = await readGateFacts(tx, env, of.requestId, { lock: true });
    const stamping = await requireStamping(tx, view);
    const all = await readFinalCopies(tx, of.requestId);
    const final = all.find((one) => one.final_copy_id === of.finalCopyId);
    if (!final) throw problems.notFound();
    const { loaded } = view;
    const parts = [...partsOfRequest(loaded, stamping.opened_by), final.brought_by];
    const decided = decideFinalRuling({
      ...{ ...said, actorId: personId, state: final.state, lacksPages: lacksPages(final), parts },
      reviewers: (await readFinalReviewers(tx, env, loaded, parts))?.people ?? [],
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const [ruled] = decided.events;
    if (!ruled) return;
    const { requestId } = of;
    const { number } = loaded.row;
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "FinalCopyRuled", actorId: personId, requestId, comment: said.reason },
      facts: { number, copy: final.copy, finalCopy: of.finalCopyId, ruling: said.ruling },
    });
    await tx
      .updateTable("final_copies")
      .set({
        ...{ state: ruled.state, ruling: said.ruling, reason: said.reason, ruled_by: personId },
        ruled_at: new Date(env.clock.now()),
      })
      .where("final_copy_id", "=", of.finalCopyId)
      .execute();
    await writeRegisterLine(tx, env, {
      ...{ register: "copies", kind: lineOf[said.ruling], eventId, entityId: loaded.row.entity_id ?? "" },
      ...{ unitId: loaded.row.unit_id, requestId, personIds: [personId] },
      facts: { request: number, copyNumbers: String(final.copy), reason: said.reason, by: personId },
      words: [number ?? "", loaded.row.title].filter((word) => word !== ""),
    });
    if (ruled.finding)
      await openFinding(tx, env, {
        ...{ control: "C17", source: "final-copy.not-agreed", subjectKey: of.finalCopyId, actorId: personId },
        ...{ entityId: loaded.row.entity_id, sealId: loaded.sealIds[0] ?? null },
        facts: { subject: number, copy: final.copy },
      });
    if (!all.some((one) => one.state === "review" && one.final_copy_id !== of.finalCopyId))
      await endTasks(tx, env, { kind: reviewTask, subjectKey: requestId }, { state: "done", actorId: personId });
    await followCopies(tx, env, requestId, personId);
  });
}
