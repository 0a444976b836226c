import { type CopyState, whenCameBack } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import type { LoadedRequest } from "../requests/load-request.ts";
import { openFinding } from "../tasks/open-finding.ts";

/**
 * The scan of a copy that was reported lost has come back (C19): the loss is over in the books, and somebody settles what became of it. It
 * may have been replaced meanwhile, and then two originals exist.
 */
export async function tellCameBack(
  tx: Tx,
  env: Environment,
  loaded: Pick<LoadedRequest, "row" | "sealIds">,
  of: { readonly copy: number; readonly personId: string; readonly finalCopyId: string },
): Promise<void> {
  const { row } = loaded;
  const requestId = row.request_id;
  const said = await tx
    .selectFrom("stamped_copies")
    .select("state")
    .where("request_id", "=", requestId)
    .where("copy", "=", of.copy)
    .forUpdate()
    .executeTakeFirst();
  const to = said ? whenCameBack(said.state as CopyState) : null;
  if (to === null) return;
  const copies = String(of.copy);
  const { eventId } = await recordEvent(tx, env, {
    ...{ type: to === "found" ? "StampedCopiesRecovered" : "StampedCopiesReturned", actorId: of.personId, requestId },
    facts: { number: row.number, copies, finalCopy: of.finalCopyId },
  });
  await tx
    .updateTable("stamped_copies")
    .set({
      ...{ state: to, by_person: of.personId, at: new Date(env.clock.now()) },
      ...{ receiver: "", way: null, courier: "", reason: "" },
    })
    .where("request_id", "=", requestId)
    .where("copy", "=", of.copy)
    .execute();
  await writeRegisterLine(tx, env, {
    ...{ register: "copies", kind: to === "found" ? "found" : "brought-back", eventId, entityId: row.entity_id ?? "" },
    ...{ unitId: row.unit_id, requestId, personIds: [of.personId] },
    facts: { request: row.number, copyNumbers: copies, by: of.personId },
    words: [row.number ?? "", row.title].filter((word) => word !== ""),
  });
  await tellFoundAgain(tx, env, loaded, { copy: of.copy, replaced: to === "found", actorId: of.personId });
}

/** Somebody settles what a lost copy that has turned up means. */
export async function tellFoundAgain(
  tx: Tx,
  env: Environment,
  { row, sealIds }: Pick<LoadedRequest, "row" | "sealIds">,
  of: { readonly copy: number; readonly replaced: boolean; readonly actorId: string },
): Promise<void> {
  await openFinding(tx, env, {
    ...{ control: "C19", source: of.replaced ? "copies.two-originals" : "copies.came-back" },
    ...{ subjectKey: `${row.request_id} ${of.copy}`, entityId: row.entity_id, sealId: sealIds[0] ?? null },
    ...{ actorId: of.actorId, facts: { subject: row.number, copy: of.copy } },
  });
}
