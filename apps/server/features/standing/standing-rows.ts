import { COUNTERPARTY_KINDS, type StandingState, type TemplateReference } from "@chancery/domain";
import type { Selectable } from "kysely";
import type { Tables } from "../../platform/database-schema.ts";
import type { Reader } from "../../platform/db.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { readPlaceInTime } from "../settings/calendar.ts";

export type StandingRow = Selectable<Tables["standing_authorisations"]>;

/** A standing authorisation as a use is held against it; the request's own use is not counted. */
export async function readStanding(
  reader: Reader,
  standingId: string,
  requestId: string,
): Promise<(StandingState & { readonly row: StandingRow; readonly counted: boolean }) | null> {
  const row = await reader
    .selectFrom("standing_authorisations")
    .selectAll()
    .where("standing_id", "=", standingId)
    .executeTakeFirst();
  if (!row) return null;
  // Whoever agreed read the version that was in force when it was handed in.
  const { submitted_at: submittedAt } = await reader
    .selectFrom("matters")
    .select("submitted_at")
    .where("matter_id", "=", row.matter_id)
    .executeTakeFirstOrThrow();
  const uses = await reader
    .selectFrom("standing_uses")
    .select("request_id")
    .where("standing_id", "=", standingId)
    .execute();
  const template = await reader
    .selectFrom("template_versions")
    .select("in_force_at")
    .where("template_id", "=", row.template_id)
    .where("in_force_at", "is not", null)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return {
    row,
    entityId: row.entity_id,
    terms: {
      ...{ templateId: row.template_id, sealId: row.seal_id, limit: Number(row.limit_amount), currency: row.currency },
      counterpartyKinds: COUNTERPARTY_KINDS.filter((kind) => row.counterparty_kinds.includes(kind)),
      ...{ count: row.uses, from: row.from_on, to: row.to_on },
    },
    ended: row.ended_at !== null,
    used: uses.filter((use) => use.request_id !== requestId).length,
    counted: uses.some((use) => use.request_id === requestId),
    templateInForce: template !== undefined,
    templateReplaced: template?.in_force_at != null && template.in_force_at > (submittedAt ?? row.given_at),
  };
}

/** For each document the template it follows, as the comparison with the templates of now found it. */
export async function readReferences(
  reader: Reader,
  documentIds: readonly string[],
  followed: readonly { readonly documentId: string; readonly versionId: string; readonly verdict: string }[],
): Promise<(TemplateReference | null)[]> {
  const versionIds = [...new Set(followed.map((one) => one.versionId))];
  const versions =
    versionIds.length === 0
      ? []
      : await reader
          .selectFrom("template_versions")
          .select(["version_id", "template_id"])
          .where("version_id", "in", versionIds)
          .execute();
  return documentIds.map((documentId) => {
    const one = followed.find((other) => other.documentId === documentId);
    const version = versions.find((other) => other.version_id === one?.versionId);
    if (!one || !version) return null;
    const verdict = one.verdict === "same" || one.verdict === "same-but-fields" ? one.verdict : "changed";
    return { templateId: version.template_id, verdict };
  });
}

/** The standing authorisation a request is used under, whether it is over, and which of its uses it is; null before it was counted. */
export async function showStandingUse(reader: Reader, standingId: string | null, requestId: string, now: number) {
  if (standingId === null) return null;
  const state = await readStanding(reader, standingId, requestId);
  if (!state) return null;
  const use = await reader
    .selectFrom("standing_uses")
    .select("nr")
    .where("standing_id", "=", standingId)
    .where("request_id", "=", requestId)
    .executeTakeFirst();
  const { timeZone } = await readPlaceInTime(reader, state.entityId);
  const endedAt = state.row.ended_at?.toISOString() ?? null;
  const isOver = state.ended || state.terms.to < dayIn(timeZone, now);
  return {
    ...{ standingId, number: state.row.number, nr: use?.nr ?? null, count: state.terms.count },
    over: isOver ? { endedAt, to: state.terms.to } : null,
  };
}
