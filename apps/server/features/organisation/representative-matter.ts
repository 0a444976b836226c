import { endOfDay, refuse } from "@chancery/domain";
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
import { dayIn, readGrants } from "./read-grants.ts";
import { grantLine } from "./write-grant-line.ts";

const RepresentativeData = z.object({
  /** On which day the roles lapse that the former one gave. */
  lapseOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
});
type Data = z.output<typeof RepresentativeData>;
/** His own name, and the sets at banks that hold it; every other seal is the company's and goes on. */
const named = ["legal-representative", "bank-specimen"];

async function readFormer(tx: Tx, entityId: string): Promise<string | null> {
  const entity = await tx
    .selectFrom("entities")
    .select("legal_representative_id")
    .where("entity_id", "=", entityId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return entity.legal_representative_id;
}

/**
 * Change of the legal representative: on its day his name seal and the specimen sets that hold it stop, and the roles he
 * gave get a last day, each with a task to renew it. The first one that is entered ends nothing.
 */
export const representativeChange: MatterHandler = matterHandler<Data>({
  data: RepresentativeData,
  subjects: ({ row }) => [`representative:${row.entity_id}`],
  check: async (tx, env, { row, data }) => {
    const former = await readFormer(tx, row.entity_id);
    const person = await tx
      .selectFrom("people")
      .select("person_id")
      .where("person_id", "=", row.person_id ?? "")
      .where("entity_id", "=", row.entity_id)
      .where("state", "=", "active")
      .executeTakeFirst();
    const { timeZone } = await readPlaceInTime(tx, row.entity_id);
    const from = row.effective_on ?? dayIn(timeZone, env.clock.now());
    return [
      ...(person ? [] : [refuse("person.unknown", {}, "C11")]),
      ...(former !== null && former === row.person_id ? [refuse("representative.same", {})] : []),
      ...(data.lapseOn < from ? [refuse("representative.lapse-too-early", {})] : []),
    ];
  },
  carryOut: async (tx, env, matter, actor) => {
    const { row } = matter;
    const former = await readFormer(tx, row.entity_id);
    const rows =
      former === null
        ? []
        : await tx
            .selectFrom("seals")
            .select("seal_id")
            .where("entity_id", "=", row.entity_id)
            .where("type", "in", named)
            .execute();
    const seals = await lockSeals(
      tx,
      rows.map((seal) => seal.seal_id),
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
  const given = await tx
    .selectFrom("grants")
    .select("grant_id")
    .where("granted_by", "=", former)
    .where("state", "=", "given")
    .where((eb) => eb.or([eb("to_on", "is", null), eb("to_on", ">", data.lapseOn)]))
    .forUpdate()
    .execute();
  const ids = new Set(given.map((grant) => grant.grant_id));
  const grants = (await readGrants(tx, { entityId: row.entity_id, named: true })).filter((grant) =>
    ids.has(grant.grantId),
  );
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
