import { endOfDay, joinSeal, keepsSeal, refuse } from "@chancery/domain";
import { z } from "zod";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent, recordEvents } from "../ledger/record-event.ts";
import { type MatterActor, type MatterHandler, type MatterOf, matterHandler } from "../matters/matter-handler.ts";
import { writeRegisterLines } from "../registers/write-line.ts";
import { byMatter, stopSeals } from "../seals/stop-seals.ts";
import { lockSeals } from "../seals/store.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { openTasks } from "../tasks/open-task.ts";
import { dayIn, readGrants, readSealsForSeparation } from "./read-grants.ts";
import { readRepresentativeImpact } from "./representative-impact.ts";
import { grantLine } from "./write-grant-line.ts";

const RepresentativeData = z.object({
  /** On which day the roles lapse that the former one gave. */
  lapseOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
});
type Data = z.output<typeof RepresentativeData>;
async function holdFormer(tx: Tx, entityId: string): Promise<string | null> {
  const entity = await tx
    .selectFrom("entities")
    .select("legal_representative_id")
    .where("entity_id", "=", entityId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return entity.legal_representative_id;
}

/** Seals of the entity that a person is named to keep, by number; delegated or for some days counts too. */
async function readKeptSeals(tx: Tx, entityId: string, personId: string): Promise<string[]> {
  const grants = await readGrants(tx, { personId, named: true });
  return (await readSealsForSeparation(tx))
    .filter((seal) => seal.live && seal.entityId === entityId && grants.some((grant) => keepsSeal(grant, seal.sealId)))
    .map((seal) => joinSeal({ name: seal.name ?? { en: "", zh: "" }, number: seal.number ?? seal.sealId }));
}

/**
 * Change of the legal representative: on its day his name seal and the specimen sets that hold it stop, and the roles he
 * gave get a last day, each with a task to renew it. The first one that is entered ends nothing.
 */
export const representativeChange: MatterHandler = matterHandler<Data>({
  data: RepresentativeData,
  subjects: ({ row }) => [`representative:${row.entity_id}`],
  check: async (tx, env, { row, data }) => {
    const former = await holdFormer(tx, row.entity_id);
    const person = await tx
      .selectFrom("people")
      .select("person_id")
      .where("person_id", "=", row.person_id ?? "")
      .where("entity_id", "=", row.entity_id)
      .where("state", "=", "active")
      .executeTakeFirst();
    const { timeZone } = await readPlaceInTime(tx, row.entity_id);
    const kept = await readKeptSeals(tx, row.entity_id, row.person_id ?? "");
    const from = row.effective_on ?? dayIn(timeZone, env.clock.now());
    return [
      ...(person ? [] : [refuse("person.unknown", {}, "C11")]),
      ...(former !== null && former === row.person_id ? [refuse("representative.same", {})] : []),
      ...(kept.length > 0 ? [refuse("representative.keeps-seals", { seals: kept.join("\n") }, "C11")] : []),
      ...(data.lapseOn < from ? [refuse("representative.lapse-too-early", {})] : []),
    ];
  },
  carryOut: async (tx, env, matter, actor) => {
    const { row } = matter;
    await holdFormer(tx, row.entity_id);
    const { former, seals: touched } = await readRepresentativeImpact(tx, row.entity_id, matter.data.lapseOn);
    const seals = await lockSeals(
      tx,
      touched.map((seal) => seal.sealId),
    );
    const stopped = await stopSeals(tx, env, seals, byMatter(row, actor), "given-up");
    const shortened = former === null ? 0 : await shortenGrants(tx, env, matter, former, actor);
    await tx
      .updateTable("entities")
      .set({ legal_representative_id: row.person_id })
      .where("entity_id", "=", row.entity_id)
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "LegalRepresentativeChanged", actorId: actor.personId, personId: row.person_id },
      matterId: row.matter_id,
      facts: { entityId: row.entity_id, bodies: stopped.length, grants: shortened },
    });
  },
});

/** Roles in this entity that the former one gave end with the day set, unless they end before. */
async function shortenGrants(
  tx: Tx,
  env: Environment,
  { row, data }: MatterOf<Data>,
  former: string,
  actor: MatterActor,
): Promise<number> {
  const given = await tx.selectFrom("grants").select("grant_id").where("granted_by", "=", former).forUpdate().execute();
  if (given.length === 0) return 0;
  // Asked again with the rows held.
  const { grants } = await readRepresentativeImpact(tx, row.entity_id, data.lapseOn);
  if (grants.length === 0) return 0;
  await tx
    .updateTable("grants")
    .set({ to_on: data.lapseOn })
    .where(
      "grant_id",
      "in",
      grants.map((grant) => grant.grantId),
    )
    .execute();
  const eventIds = await recordEvents(
    tx,
    env,
    grants.map((grant) => ({
      ...{
        type: "GrantShortened" as const,
        actorId: actor.personId,
        personId: grant.personId,
        matterId: row.matter_id,
      },
      sealId: grant.scope.kind === "seal" ? grant.scope.id : null,
      facts: { grant: grant.grantId, role: grant.role, to: data.lapseOn },
    })),
  );
  await writeRegisterLines(
    tx,
    env,
    grants.map((grant, at) =>
      grantLine("shortened", eventIds[at] ?? "", {
        ...{ grantId: grant.grantId, entityId: grant.entityId, personId: grant.personId, role: grant.role },
        ...{ scope: grant.scope, to: data.lapseOn, grantedBy: actor.personId, matterId: row.matter_id },
      }),
    ),
  );
  const { timeZone } = await readPlaceInTime(tx, row.entity_id);
  await openTasks(
    tx,
    env,
    grants.map((grant) => ({
      ...{ kind: "grant-renewal", subjectKey: grant.grantId, entityId: grant.entityId, personId: grant.personId },
      ...{ sealId: grant.scope.kind === "seal" ? grant.scope.id : null, matterId: row.matter_id, actorId: null },
      ...{ assigneeRole: "system-administrator", facts: { role: grant.role, until: data.lapseOn } },
      dueAt: endOfDay(data.lapseOn, timeZone),
    })),
  );
  return grants.length;
}
