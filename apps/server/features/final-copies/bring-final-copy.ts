import { decideFinalCopy } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { requireSeesEvidence } from "../evidence/service.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readCopies } from "../stamped-copies/copy-rows.ts";
import { peopleOfCopies } from "../stamped-copies/move-copies.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { requireStamping } from "../stamping/report.ts";
import { lacksPages, readFinalCopies } from "./final-copy-rows.ts";

/** Takes the scan of a copy that came back, or pages that it lacked, and has it compared in the background. */
export async function bringFinalCopy(
  env: Environment,
  personId: string,
  requestId: string,
  said: { readonly copy: number; readonly evidenceIds: readonly string[] },
): Promise<{ finalCopyId: string }> {
  const evidenceIds = [...new Set(said.evidenceIds)];
  const digests: string[] = [];
  for (const evidenceId of evidenceIds) digests.push((await requireSeesEvidence(env, personId, evidenceId)).digest);
  return transact(env.db, async (tx) => {
    const view = await readGateFacts(tx, env, requestId, { lock: true });
    const stamping = await requireStamping(tx, view);
    const last = (await readFinalCopies(tx, requestId)).findLast(({ copy }) => copy === said.copy) ?? null;
    const before = last
      ? await tx.selectFrom("final_copy_files").select("nth").where("final_copy_id", "=", last.final_copy_id).execute()
      : [];
    const decided = decideFinalCopy({
      ...{ actorId: personId, keepers: peopleOfCopies(view, stamping).keepers, copy: said.copy },
      ...{ requestState: view.loaded.row.state, known: await readCopies(tx, requestId), files: evidenceIds.length },
      ...{ filesBefore: before.length, last: last && { state: last.state, lacksPages: lacksPages(last) } },
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const adds = decided.events[0]?.adds === true && last !== null;
    const now = new Date(env.clock.now());
    const finalCopyId = adds ? last.final_copy_id : newId("fin", env.clock.now());
    if (adds)
      await tx
        .updateTable("final_copies")
        .set({ state: "reading", sheets: null })
        .where("final_copy_id", "=", finalCopyId)
        .execute();
    else
      await tx
        .insertInto("final_copies")
        .values({
          ...{ final_copy_id: finalCopyId, request_id: requestId, copy: said.copy, state: "reading" },
          ...{ brought_by: personId, brought_at: now, pages: "[]" },
        })
        .execute();
    await tx
      .insertInto("final_copy_files")
      .values(
        evidenceIds.map((evidenceId, at) => ({
          ...{ final_copy_id: finalCopyId, nth: (adds ? before.length : 0) + at + 1, evidence_id: evidenceId },
          ...{ brought_by: personId, brought_at: now },
        })),
      )
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "FinalCopyReturned", actorId: personId, requestId },
      facts: {
        ...{ number: view.loaded.row.number, copy: said.copy, finalCopy: finalCopyId, adds },
        ...Object.fromEntries(digests.map((digest, at) => [`file${at + 1}`, digest])),
      },
    });
    await env.enqueue(tx, "read-final-copy", { finalCopyId }, `read-final-copy ${finalCopyId}`);
    return { finalCopyId };
  });
}
