import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvents } from "../ledger/record-event.ts";
import { positionTask } from "../positions/open-position-task.ts";
import { type LineToWrite, writeRegisterLines } from "../registers/write-line.ts";
import { endTasks } from "../tasks/open-task.ts";
import { grantLine } from "./write-grant-line.ts";

export interface EndedBy {
  readonly actorId: string | null;
  readonly reason: string;
  readonly matterId?: string | null;
}

/** Ends grants today, given or still waiting for a second person; what is ended already stays as it is. */
export async function endGrants(
  tx: Tx,
  env: Environment,
  grantIds: readonly string[],
  by: EndedBy,
): Promise<{ grantId: string; personId: string; role: string }[]> {
  if (grantIds.length === 0) return [];
  const rows = await tx
    .selectFrom("grants as g")
    .leftJoin("units as u", "u.unit_id", "g.scope_id")
    .leftJoin("seals as s", "s.seal_id", "g.scope_id")
    .selectAll("g")
    .select(["u.entity_id as unit_entity", "s.entity_id as seal_entity"])
    .where("g.grant_id", "in", [...grantIds])
    .where("g.state", "in", ["given", "waiting"])
    .orderBy("g.grant_id")
    .forUpdate("g")
    .execute();
  if (rows.length === 0) return [];
  await tx
    .updateTable("grants")
    .set({ state: "ended", ended_at: new Date(env.clock.now()), end_reason: by.reason })
    .where(
      "grant_id",
      "in",
      rows.map((row) => row.grant_id),
    )
    .execute();
  await endTasks(
    tx,
    env,
    { kind: positionTask, subjectKey: rows.map((row) => row.grant_id) },
    { state: "cancelled", actorId: by.actorId },
  );
  const eventIds = await recordEvents(
    tx,
    env,
    rows.map((row) => ({
      ...{ type: "GrantEnded" as const, actorId: by.actorId, personId: row.person_id, matterId: by.matterId ?? null },
      sealId: row.scope_kind === "seal" ? row.scope_id : null,
      facts: { grant: row.grant_id, role: row.role, scopeKind: row.scope_kind, scope: row.scope_id },
      comment: by.reason === "" ? null : by.reason,
    })),
  );
  await writeRegisterLines(
    tx,
    env,
    rows.flatMap((row, at): LineToWrite[] => {
      // What was only asked for was never in the register.
      if (row.state === "waiting") return [];
      return [
        grantLine("ended", eventIds[at] ?? "", {
          ...{ grantId: row.grant_id, entityId: row.unit_entity ?? row.seal_entity ?? row.scope_id },
          ...{ personId: row.person_id, role: row.role, scope: { kind: row.scope_kind, id: row.scope_id } },
          ...{ grantedBy: by.actorId, matterId: by.matterId ?? null },
        }),
      ];
    }),
  );
  return rows.map((row) => ({ grantId: row.grant_id, personId: row.person_id, role: row.role }));
}
