import { directCaps, listMissingCaps, type Refusal, refuse, vendorCloudCaps } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readControllerReach } from "../controllers/reach.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { readPeople } from "../requests/read-people.ts";

type CloudView = HandlerAnswer<"GET /v1/vendor-clouds">["items"][number];
type AdapterView = HandlerAnswer<"GET /v1/controllers/:controllerId">["adapter"];

const order = ["awaiting-confirmation", "in-use", "ended"] as const;

/** The clouds of the entities a person reads controllers in: first those that wait for a second person. */
export async function listClouds(env: Environment, personId: string): Promise<{ items: CloudView[] }> {
  const now = env.clock.now();
  const reach = await readControllerReach(env.db, personId, now);
  const rows = await env.db
    .selectFrom("vendor_clouds as l")
    .innerJoin("entities as e", "e.entity_id", "l.entity_id")
    .selectAll("l")
    .select(["e.name_en as entity_en", "e.name_zh as entity_zh", "e.code"])
    .where("l.entity_id", "in", ["", ...reach.reads])
    .orderBy("l.registered_at", "desc")
    .execute();
  const known = await env.db
    .selectFrom("vendor_people")
    .select(["cloud_id", "person_id", "mobile"])
    .where("cloud_id", "in", ["", ...rows.map((row) => row.cloud_id)])
    .execute();
  const grants = (await readGrantsInForce(env.db, now, {})).filter(({ entityId }) => reach.manages.has(entityId));
  const person = await readPeople(env.db, [
    ...rows.flatMap((row) => [row.registered_by, row.confirmed_by, row.ended_by]),
    ...known.map((one) => one.person_id),
    ...grants.map((grant) => grant.personId),
  ]);
  const act = (by: string | null, at: Date | null) => at && { by: person(by), at: at.toISOString() };
  const items: CloudView[] = [];
  for (const row of rows) {
    const manages = reach.manages.has(row.entity_id);
    const own = known.filter((one) => one.cloud_id === row.cloud_id);
    const others = new Set(grants.filter(({ entityId }) => entityId === row.entity_id).map((grant) => grant.personId));
    items.push({
      ...{ cloudId: row.cloud_id, name: { en: row.name_en, zh: row.name_zh }, address: row.address },
      entity: { entityId: row.entity_id, name: { en: row.entity_en, zh: row.entity_zh }, code: row.code },
      ...{ timeZone: row.time_zone, signsCalls: row.signs_calls, state: row.state },
      registered: { by: person(row.registered_by), at: row.registered_at.toISOString() },
      confirmed: act(row.confirmed_by, row.confirmed_at),
      ended: row.ended_at && {
        ...{ by: person(row.ended_by), at: row.ended_at.toISOString() },
        reason: row.end_reason ?? "",
      },
      ...(await readAnswers(env.db, row.cloud_id)),
      people: own.flatMap((one) => {
        const who = person(one.person_id);
        return who ? [{ person: who, mobileEnd: manages ? one.mobile.slice(-4) : "" }] : [];
      }),
      others: manages
        ? [...others].filter((id) => !own.some((one) => one.person_id === id)).flatMap((id) => person(id) ?? [])
        : [],
      mayManage: manages && row.state === "in-use",
      mayConfirm: manages && row.state === "awaiting-confirmation" && row.registered_by !== personId,
      mayEnd: reach.revokes.has(row.entity_id) && row.state !== "ended",
    });
  }
  return { items: items.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state)) };
}

/** When a cloud last answered, and what the newest question came to where it failed. */
async function readAnswers(reader: Reader, cloudId: string): Promise<Pick<CloudView, "answeredAt" | "fault">> {
  const row = await reader
    .selectFrom("vendor_authorisations")
    .select((eb) => eb.fn.max("answered_at").as("at"))
    .where("cloud_id", "=", cloudId)
    .executeTakeFirst();
  const failing = await reader
    .selectFrom("vendor_authorisations")
    .select("fault")
    .where("cloud_id", "=", cloudId)
    .where("fault", "is not", null)
    .orderBy("asked_cloud_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return { answeredAt: row?.at?.toISOString() ?? null, fault: failing?.fault ?? null };
}

export interface AdapterFacts {
  readonly view: AdapterView;
  /** Whether its number still waits to be typed by a second person, and is not shown. */
  readonly hidesNumber: boolean;
  readonly confirmed: { readonly by: string | null; readonly at: Date } | null;
  /** Why it cannot stamp now, where a cloud answers for it. */
  readonly hindrances: readonly Refusal[];
}

/** How each of these controllers is reached; those that are not among the answer are of our own protocol. */
export async function readAdapters(
  reader: Reader,
  controllerIds: readonly string[],
): Promise<ReadonlyMap<string, AdapterFacts>> {
  const rows = await reader
    .selectFrom("vendor_controllers as v")
    .innerJoin("vendor_clouds as l", "l.cloud_id", "v.cloud_id")
    .innerJoin("controllers as c", "c.controller_id", "v.controller_id")
    .select(["v.controller_id", "v.cloud_id", "v.tries_left", "v.confirmed_by", "v.confirmed_at"])
    .select(["l.name_en", "l.name_zh", "l.state as cloud_state", "c.state"])
    .where("v.controller_id", "in", ["", ...controllerIds])
    .execute();
  return new Map(
    rows.map((row): [string, AdapterFacts] => [
      row.controller_id,
      {
        view: {
          ...{ kind: "vendor-cloud", missing: listMissingCaps(vendorCloudCaps), slots: vendorCloudCaps.slots },
          cloud: { cloudId: row.cloud_id, name: { en: row.name_en, zh: row.name_zh } },
          entriesLeft: row.state === "awaiting-confirmation" ? row.tries_left : null,
        },
        hidesNumber: row.state === "awaiting-confirmation",
        confirmed: row.confirmed_at && { by: row.confirmed_by, at: row.confirmed_at },
        hindrances:
          row.state === "enrolled" && row.cloud_state !== "in-use" ? [refuse("vendor.not-in-use", {}, "C18")] : [],
      },
    ]),
  );
}

export const ownProtocol: AdapterView = {
  ...{ kind: "direct", missing: listMissingCaps(directCaps), slots: directCaps.slots, cloud: null, entriesLeft: null },
};
