import type { GrantScope } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { type LineToWrite, writeRegisterLine } from "../registers/write-line.ts";

export interface GrantOfLine {
  grantId: string;
  entityId: string;
  personId: string;
  role: string;
  scope: GrantScope;
  from?: string;
  to?: string | null;
  /** Who gave it, or ended it. */
  grantedBy: string | null;
  matterId?: string | null;
}

/** The line of the register of authorities that a grant given or ended makes. */
export function grantLine(
  kind: "given" | "confirmed" | "shortened" | "ended",
  eventId: string,
  grant: GrantOfLine,
): LineToWrite {
  const { scope } = grant;
  return {
    ...{ register: "authority", kind, eventId, entityId: grant.entityId },
    sealId: scope.kind === "seal" ? scope.id : null,
    unitId: scope.kind === "unit" ? scope.id : null,
    matterId: grant.matterId ?? null,
    personIds: [grant.personId, ...(grant.grantedBy ? [grant.grantedBy] : [])],
    facts: {
      ...{ grant: grant.grantId, role: grant.role, scopeKind: scope.kind },
      ...{ from: grant.from ?? null, to: grant.to ?? null },
      ...{ holder: grant.personId, by: grant.grantedBy },
    },
  };
}

export async function writeGrantLine(
  tx: Tx,
  env: Environment,
  kind: "given" | "ended",
  eventId: string,
  grant: GrantOfLine,
): Promise<void> {
  await writeRegisterLine(tx, env, grantLine(kind, eventId, grant));
}
