import { listTypeRefusals, type SealType } from "@chancery/domain";
import { sql } from "kysely";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type Filing, readSealType } from "./seal-types.ts";

export interface SealTypeChange {
  type: SealType;
  /** The version that was changed. */
  version: number;
  name: { en: string; zh: string };
  important: boolean;
  external: boolean;
  filing: Filing;
  widthMm: number;
  heightMm: number;
  reason: string;
}

/** Changes a type by a new version; what was made under an older one stays as it was made. */
export async function changeSealType(
  env: Environment,
  actorId: string,
  change: SealTypeChange,
): Promise<{ version: number }> {
  return transact(env.db, async (tx) => {
    // Of two changes of one type at the same moment the second one sees the first.
    await sql`select pg_advisory_xact_lock(hashtext(${`seal-type ${change.type}`}))`.execute(tx);
    const now = await readSealType(tx, change.type);
    if (now.version !== change.version) throw problems.changedMeanwhile();
    const refusals = listTypeRefusals(change);
    if (refusals.length > 0) throw refusedBy(refusals);
    const version = now.version + 1;
    await tx
      .insertInto("seal_type_versions")
      .values({
        ...{ type: change.type, version, name_en: change.name.en, name_zh: change.name.zh },
        ...{ important: change.important, external: change.external, filing: change.filing },
        ...{ width_mm: change.widthMm, height_mm: change.heightMm },
        ...{ changed_by: actorId, changed_at: new Date(env.clock.now()), reason: change.reason },
      })
      .execute();
    await recordEvent(tx, env, {
      type: "SealTypeChanged",
      actorId,
      facts: {
        ...{ type: change.type, version, important: change.important, external: change.external },
        ...{ filing: change.filing, widthMm: change.widthMm, heightMm: change.heightMm },
      },
      comment: change.reason,
    });
    return { version };
  });
}
