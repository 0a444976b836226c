import { endOfBody, type Grant, type Role, type SealOfUnit } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { readPeople } from "../requests/read-people.ts";
import { surrenderDueAt } from "../seals/stop-seals.ts";
import { readBodies } from "../seals/store.ts";
import { readGrants, readGrantsInForce } from "./read-grants.ts";
import { readShortHandovers, readTakeOuts } from "./unit-impact.ts";

/** His own name, and the sets at banks that hold it; every other seal is the company's and goes on. */
const named = ["legal-representative", "bank-specimen"];
/** Who asks for the change, decides it or inspects. */
const looking: readonly Role[] = ["signatory", "seal-administrator", "inspector", "system-administrator"];

/** What a change of the legal representative touches now: the preview shows it, and carrying it out goes by it. */
interface RepresentativeImpact {
  /** Null where the first one is entered: that ends nothing. */
  readonly former: string | null;
  readonly seals: readonly (Pick<SealOfUnit, "sealId" | "number" | "bodies"> & {
    readonly name: { en: string; zh: string };
    readonly state: string;
    readonly fate: "stops" | "over";
  })[];
  /** Roles that he gave and that would go on beyond the day set. */
  readonly grants: readonly Grant[];
}

export async function readRepresentativeImpact(
  reader: Reader,
  entityId: string,
  lapseOn: string,
): Promise<RepresentativeImpact> {
  const { legal_representative_id: former } = await reader
    .selectFrom("entities")
    .select("legal_representative_id")
    .where("entity_id", "=", entityId)
    .executeTakeFirstOrThrow();
  if (former === null) return { former, seals: [], grants: [] };
  const rows = await reader
    .selectFrom("seals")
    .select(["seal_id", "number", "name_en", "name_zh", "state"])
    .where("entity_id", "=", entityId)
    .where("type", "in", named)
    .orderBy("number")
    .execute();
  const bodies = await readBodies(
    reader,
    rows.map((row) => row.seal_id),
  );
  const given = await reader
    .selectFrom("grants")
    .select("grant_id")
    .where("granted_by", "=", former)
    .where("state", "=", "given")
    .where((eb) => eb.or([eb("to_on", "is", null), eb("to_on", ">", lapseOn)]))
    .execute();
  const ids = new Set(given.map((grant) => grant.grant_id));
  return {
    former,
    seals: rows.map((row) => {
      const own = bodies.filter((body) => body.seal_id === row.seal_id).map(({ kind, state }) => ({ kind, state }));
      return {
        ...{ sealId: row.seal_id, number: row.number, name: { en: row.name_en, zh: row.name_zh }, state: row.state },
        ...{ bodies: own, fate: own.some((body) => endOfBody(body) !== null) ? ("stops" as const) : ("over" as const) },
      };
    }),
    grants: (await readGrants(reader, { entityId, named: true })).filter((grant) => ids.has(grant.grantId)),
  };
}

/** The same, for who asks or decides, before anything is changed. */
export async function previewRepresentativeChange(
  env: Environment,
  personId: string,
  input: { entityId: string; lapseOn: string },
): Promise<HandlerAnswer<"POST /v1/entities/:entityId/representative-preview">> {
  const own = await readGrantsInForce(env.db, env.clock.now(), { personId, entityId: input.entityId });
  if (!own.some((grant) => looking.includes(grant.role))) throw problems.notPermitted(looking);
  const { seals, grants } = await readRepresentativeImpact(env.db, input.entityId, input.lapseOn);
  const stopping = seals.filter((seal) => seal.fate === "stops");
  const sealIds = stopping.map((seal) => seal.sealId);
  const takeOuts = await readTakeOuts(env.db, sealIds);
  const person = await readPeople(env.db, [
    ...grants.map((grant) => grant.personId),
    ...takeOuts.map((one) => one.keeperId),
  ]);
  return {
    ...{ refusals: [], delegations: [], people: [], peopleTo: null, unitsBelow: [], requests: [], matters: [] },
    seals: seals.map(({ bodies, ...seal }) => ({
      ...seal,
      pieces:
        seal.fate === "stops"
          ? bodies.filter((body) => body.kind === "physical" && endOfBody(body) === "stop").length
          : 0,
    })),
    grants: grants.flatMap(({ grantId, personId: holder, role }) => {
      const who = person(holder);
      return who ? [{ grantId, person: who, role }] : [];
    }),
    takeOuts: takeOuts.map(({ sealId, keeperId, dueAt }) => ({
      sealNumber: seals.find((seal) => seal.sealId === sealId)?.number ?? "",
      ...{ keeper: person(keeperId), dueAt: dueAt.toISOString() },
    })),
    shortHandovers: (await readShortHandovers(env.db, sealIds)).length,
    collectBy: new Date(await surrenderDueAt(env.db, env, input.entityId)).toISOString(),
  };
}
