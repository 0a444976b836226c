import { type FormKind, joinHalves, listFormKeeperRefusals, type Refusal, refuse } from "@chancery/domain";
import type { Selectable } from "kysely";
import type { Tables } from "../../platform/database-schema.ts";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";

export type SeriesRow = Selectable<Tables["form_series"]>;

/** What a series is called in one breath, in both languages at once. */
export const labelOf = (series: Pick<SeriesRow, "name_en" | "name_zh">): string =>
  joinHalves({ en: series.name_en, zh: series.name_zh });

export interface SeriesInput {
  entityId: string;
  kind: FormKind;
  name: { en: string; zh: string };
  prefix: string;
  digits: number;
  sealId: string | null;
  keeperId: string;
  lowMark: number;
}
type Kept = Pick<SeriesInput, "entityId" | "name" | "sealId" | "keeperId">;

/** Who looks after the seals of an entity; others do not learn that a series is there. */
export async function requireAdministers(
  reader: Reader,
  env: Environment,
  personId: string,
  entityId: string,
): Promise<void> {
  const grants = await readGrantsInForce(reader, env.clock.now(), { personId, entityId });
  if (!grants.some((grant) => grant.role === "seal-administrator")) throw problems.notFound();
}

/** Opens a series. Who gives roles and custody is judged with it, one after the other, so that neither passes unseen. */
export async function openSeries(env: Environment, actorId: string, input: SeriesInput): Promise<{ seriesId: string }> {
  return transact(env.db, async (tx) => {
    await requireAdministers(tx, env, actorId, input.entityId);
    await tx.selectFrom("installation").select("profile").forUpdate().executeTakeFirstOrThrow();
    const refusals = await listKeeping(tx, env, input);
    const known = await tx
      .selectFrom("form_series")
      .select("series_id")
      .where("entity_id", "=", input.entityId)
      .where("prefix", "=", input.prefix)
      .where("digits", "=", input.digits)
      .executeTakeFirst();
    if (known) refusals.push(refuse("forms.series-known", {}, "C24"));
    if (refusals.length > 0) throw refusedBy(refusals);
    const now = env.clock.now();
    const seriesId = newId("ser", now);
    const { keeperId, sealId, kind } = input;
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "FormSeriesAdded", actorId, personId: keeperId },
      facts: { series: seriesId, kind, prefix: input.prefix, digits: input.digits, seal: sealId },
    });
    await tx
      .insertInto("form_series")
      .values({
        ...{ series_id: seriesId, entity_id: input.entityId, kind, name_en: input.name.en, name_zh: input.name.zh },
        ...{ prefix: input.prefix, digits: input.digits, seal_id: sealId, keeper_id: keeperId },
        ...{ low_mark: input.lowMark, opened_at: new Date(now), opened_by: actorId, event_id: eventId },
      })
      .execute();
    await writeRegisterLine(tx, env, {
      ...{ register: "controlled-forms", kind: "opened", entityId: input.entityId, eventId },
      personIds: [keeperId, actorId],
      facts: {
        series: labelOf({ name_en: input.name.en, name_zh: input.name.zh }),
        ...{ seriesId, formKind: kind, keeperOfForms: keeperId },
      },
      words: [input.name.en, input.name.zh, input.prefix],
    });
    return { seriesId };
  });
}

/** Changes who keeps it, which seal validates it, its names and its mark; numbers and prefix stay for ever. */
export async function changeSeries(
  env: Environment,
  actorId: string,
  seriesId: string,
  change: Omit<SeriesInput, "entityId" | "kind" | "prefix" | "digits">,
): Promise<void> {
  await transact(env.db, async (tx) => {
    await tx.selectFrom("installation").select("profile").forUpdate().executeTakeFirstOrThrow();
    const series = await holdSeries(tx, seriesId);
    await requireAdministers(tx, env, actorId, series.entity_id);
    const refusals = await listKeeping(tx, env, { ...change, entityId: series.entity_id });
    if (refusals.length > 0) throw refusedBy(refusals);
    const { name, keeperId, sealId, lowMark } = change;
    await tx
      .updateTable("form_series")
      .set({ name_en: name.en, name_zh: name.zh, keeper_id: keeperId, seal_id: sealId, low_mark: lowMark })
      .where("series_id", "=", seriesId)
      .execute();
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "FormSeriesChanged", actorId, personId: keeperId },
      facts: { series: seriesId, seal: sealId, lowMark, keeperChanged: keeperId !== series.keeper_id },
    });
    if (keeperId === series.keeper_id) return;
    await writeRegisterLine(tx, env, {
      ...{ register: "controlled-forms", kind: "keeper-changed", entityId: series.entity_id, eventId },
      personIds: [keeperId, series.keeper_id, actorId],
      facts: {
        series: labelOf({ name_en: name.en, name_zh: name.zh }),
        seriesId,
        keeperOfForms: keeperId,
        by: actorId,
      },
      words: [series.prefix],
    });
  });
}

/** Holds a series until the transaction ends: whatever moves its numbers waits here. Throws `subject.not-found`. */
export async function holdSeries(tx: Tx, seriesId: string): Promise<SeriesRow> {
  const row = await tx
    .selectFrom("form_series")
    .selectAll()
    .where("series_id", "=", seriesId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  return row;
}

/** What speaks against a keeper of a series, as his roles and custody are now. */
export async function listKeeping(reader: Reader, env: Environment, series: Kept): Promise<Refusal[]> {
  const grants = await readGrantsInForce(reader, env.clock.now(), { personId: series.keeperId });
  const refusals = listFormKeeperRefusals({
    isCertificateKeeper: grants.some(
      (grant) => grant.role === "certificate-keeper" && grant.entityId === series.entityId,
    ),
    holdsValidatingSeal: grants.some(
      (grant) => grant.role === "custodian" && grant.scope.kind === "seal" && grant.scope.id === series.sealId,
    ),
    series: labelOf({ name_en: series.name.en, name_zh: series.name.zh }),
  });
  if (series.sealId !== null) {
    const seal = await reader
      .selectFrom("seals")
      .select("seal_id")
      .where("seal_id", "=", series.sealId)
      .where("entity_id", "=", series.entityId)
      .executeTakeFirst();
    if (!seal) refusals.push(refuse("forms.seal-elsewhere", {}));
  }
  return refusals;
}

/** What speaks against a person's becoming custodian of a seal: blank forms that it makes valid, and which he keeps. */
export async function listFormsKeptRefusals(
  reader: Reader,
  wanted: { readonly personId: string; readonly sealId: string },
): Promise<Refusal[]> {
  const kept = await reader
    .selectFrom("form_series")
    .select(["name_en", "name_zh"])
    .where("keeper_id", "=", wanted.personId)
    .where("seal_id", "=", wanted.sealId)
    .orderBy("series_id")
    .execute();
  return kept.flatMap((row) =>
    listFormKeeperRefusals({ isCertificateKeeper: true, holdsValidatingSeal: true, series: labelOf(row) }),
  );
}
