import type { GrantScope, Role } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { recordEvents } from "../ledger/record-event.ts";
import type { MatterRow } from "../matters/store.ts";
import { grantLine } from "../organisation/write-grant-line.ts";
import { writeRegisterLines } from "../registers/write-line.ts";

export interface GrantOfStock {
  readonly personId: string;
  readonly role: Role;
  readonly scope: GrantScope;
  readonly from: string;
  readonly to: string | null;
  /** Words of the sheet: what it is for. */
  readonly purpose: string | null;
}

/** How many rows go to the database at once. */
const atOnce = 500;

/**
 * Gives the roles of a matter that a second person has decided. The matrix and the proof were asked about all of them
 * together in this transaction, with the installation's row held.
 */
export async function giveGrantsOfStock(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  grants: readonly GrantOfStock[],
): Promise<void> {
  const now = env.clock.now();
  const given = grants.map((grant) => ({ ...grant, grantId: newId("grant", now) }));
  for (let at = 0; at < given.length; at += atOnce)
    await tx
      .insertInto("grants")
      .values(
        given.slice(at, at + atOnce).map((grant) => ({
          ...{ grant_id: grant.grantId, person_id: grant.personId, role: grant.role, state: "given" as const },
          ...{ scope_kind: grant.scope.kind, scope_id: grant.scope.id, from_on: grant.from, to_on: grant.to },
          ...{ granted_by: row.asked_by, granted_at: new Date(now), account_change_id: null, risk: null },
        })),
      )
      .execute();
  const eventIds = await recordEvents(
    tx,
    env,
    given.map((grant) => ({
      ...{ type: "GrantGiven" as const, actorId: row.asked_by, personId: grant.personId, matterId: row.matter_id },
      sealId: grant.scope.kind === "seal" ? grant.scope.id : null,
      facts: {
        ...{ grant: grant.grantId, role: grant.role, scopeKind: grant.scope.kind, scope: grant.scope.id },
        ...{ from: grant.from, to: grant.to },
      },
      comment: grant.purpose,
    })),
  );
  await writeRegisterLines(
    tx,
    env,
    given.map((grant, at) => ({
      ...grantLine("given", eventIds[at] ?? "", {
        ...{ grantId: grant.grantId, entityId: row.entity_id, personId: grant.personId, role: grant.role },
        ...{ scope: grant.scope, from: grant.from, to: grant.to, grantedBy: row.asked_by, matterId: row.matter_id },
      }),
      words: [row.title, ...(grant.purpose ? [grant.purpose] : [])],
    })),
  );
}
