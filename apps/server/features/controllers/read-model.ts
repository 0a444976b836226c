import { isPairingOver, listStampHindrances } from "@chancery/domain";
import { parseCertificate } from "@chancery/pki";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { readMailStatus } from "../alarms/send-alarm-mail.ts";
import { readMostSilence } from "../controller-settings/read-settings.ts";
import { readPeople } from "../requests/read-people.ts";
import { type AdapterFacts, ownProtocol, readAdapters } from "../vendor-clouds/read-clouds.ts";
import { type JournalFacts, readJournals } from "./journal-view.ts";
import { type ControllerReach, readControllerReach } from "./reach.ts";

type View = HandlerAnswer<"GET /v1/controllers/:controllerId">;
type Row = Awaited<ReturnType<typeof readRows>>[number];

type GatewayView = HandlerAnswer<"GET /v1/controllers">["gateway"];
/** How the way to controllers is, and whether the authority that signs for them is at work. */
type Way = GatewayView & { readonly signs: boolean };
/** Where nobody told how the gateway is. */
const away: Way = { state: "off", address: null, signs: false };

const order = ["awaiting-confirmation", "awaiting-device", "enrolled", "revoked"] as const;

/** The controllers of the entities a person reads them in: first those that wait for somebody. */
export async function listControllers(
  env: Environment,
  personId: string,
  gateway: Way = away,
): Promise<HandlerAnswer<"GET /v1/controllers">> {
  const reach = await readControllerReach(env.db, personId, env.clock.now());
  const rows = await readRows(env, [...reach.reads], null);
  const items = await showRows(env, { personId, reach, gateway }, rows);
  return {
    items: items.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state)),
    gateway: { state: gateway.state, address: gateway.address },
    mail: await readMailStatus(env),
  };
}

export async function showController(
  env: Environment,
  personId: string,
  controllerId: string,
  gateway: Way = away,
): Promise<View> {
  const reach = await readControllerReach(env.db, personId, env.clock.now());
  const rows = await readRows(env, [...reach.reads], controllerId);
  const [view] = await showRows(env, { personId, reach, gateway }, rows);
  if (!view) throw problems.notFound();
  return view;
}

async function readRows(env: Environment, entityIds: readonly string[], controllerId: string | null) {
  if (entityIds.length === 0) return [];
  let select = env.db
    .selectFrom("controllers as c")
    .innerJoin("entities as e", "e.entity_id", "c.entity_id")
    .leftJoin("containers as k", "k.container_id", "c.container_id")
    // The newest pairing, over or not: a code that was declined says so until another one is made.
    .leftJoin("controller_pairings as p", (join) =>
      join.onRef("p.pairing_id", "=", (eb) =>
        eb
          .selectFrom("controller_pairings as n")
          .select("n.pairing_id")
          .whereRef("n.controller_id", "=", "c.controller_id")
          .orderBy("n.pairing_id", "desc")
          .limit(1),
      ),
    )
    // The newest certificate; the one it follows is on its way out.
    .leftJoin("controller_certificates as z", (join) =>
      join.onRef("z.serial", "=", (eb) =>
        eb
          .selectFrom("controller_certificates as y")
          .select("y.serial")
          .whereRef("y.controller_id", "=", "c.controller_id")
          .orderBy("y.not_after", "desc")
          .limit(1),
      ),
    )
    .selectAll("c")
    .select(["e.name_en as entity_en", "e.name_zh as entity_zh", "e.code", "k.name_en as place_en"])
    .select(["k.name_zh as place_zh", "p.made_by", "p.made_at", "p.expires_at", "p.tries_left", "p.key_alg"])
    .select(["p.state as pairing_state", "p.presented_at", "p.model as said_model", "p.firmware", "p.counters"])
    .select(["p.comparison_tries_left", "p.confirmed_by", "p.confirmed_at", "z.der", "z.sha256"])
    .where("c.entity_id", "in", entityIds)
    .orderBy("c.registered_at", "desc")
    .orderBy("c.controller_id");
  if (controllerId !== null) select = select.where("c.controller_id", "=", controllerId);
  return select.execute();
}

async function showRows(
  env: Environment,
  reader: { readonly personId: string; readonly reach: ControllerReach; readonly gateway: Way },
  rows: readonly Row[],
): Promise<View[]> {
  const { personId, reach, gateway } = reader;
  const journals = await readJournals(
    env.db,
    rows.map((row) => row.controller_id),
  );
  const adapters = await readAdapters(
    env.db,
    rows.map((row) => row.controller_id),
  );
  const mostSilence = await readMostSilence(
    env.db,
    rows.map((row) => row.controller_id),
  );
  const person = await readPeople(env.db, [
    ...rows.flatMap((row) => [row.registered_by, row.made_by, row.confirmed_by, row.revoked_by]),
    ...[...adapters.values()].map(({ confirmed }) => confirmed?.by),
  ]);
  return rows.map((row) => ({
    controllerId: row.controller_id,
    adapter: adapters.get(row.controller_id)?.view ?? ownProtocol,
    entity: { entityId: row.entity_id, name: { en: row.entity_en, zh: row.entity_zh }, code: row.code },
    name: { en: row.name_en, zh: row.name_zh },
    ...{ serial: adapters.get(row.controller_id)?.hidesNumber ? "" : row.serial, model: row.model, state: row.state },
    container:
      row.container_id !== null
        ? { containerId: row.container_id, name: { en: row.place_en ?? "", zh: row.place_zh ?? "" } }
        : null,
    registered: { by: person(row.registered_by), at: row.registered_at.toISOString() },
    pairing: showPairing(env, row, person),
    enrolled: showEnrolled(row, person, adapters.get(row.controller_id)),
    journal: journals.get(row.controller_id)?.view ?? null,
    hindrances: (
      adapters.get(row.controller_id)?.hindrances ??
      listHindrances(env, row, journals.get(row.controller_id), { gateway, maySilent: mostSilence(row.controller_id) })
    ).map(toRefusalView),
    revoked:
      row.revoked_at !== null
        ? { by: person(row.revoked_by), at: row.revoked_at.toISOString(), reason: row.revocation_reason ?? "" }
        : null,
    mayManage: reach.manages.has(row.entity_id),
    mayConfirm:
      row.state === "awaiting-confirmation" &&
      reach.manages.has(row.entity_id) &&
      personId !== row.registered_by &&
      personId !== row.made_by,
    mayRevoke: row.state !== "revoked" && reach.revokes.has(row.entity_id),
  }));
}

function listHindrances(
  env: Environment,
  row: Row,
  journal: JournalFacts | undefined,
  { gateway, maySilent }: { readonly gateway: Way; readonly maySilent: number },
) {
  return listStampHindrances(
    {
      ...{ state: row.state, gateway: gateway.state, quarantined: (journal?.view.quarantined ?? null) !== null },
      ...{ maySilent, online: journal?.view.online ?? false, battery: journal?.view.battery ?? null },
      heardAt: journal?.view.heardAt ? Date.parse(journal.view.heardAt) : null,
      ...(journal?.box ?? { tampered: false, locked: false, mounted: false }),
      ...{ waiting: journal?.view.waiting ?? 0, signs: gateway.signs },
    },
    env.clock.now(),
  );
}

type Person = Awaited<ReturnType<typeof readPeople>>;

function showPairing(env: Environment, row: Row, person: Person): View["pairing"] {
  const waits = row.state === "awaiting-device" || row.state === "awaiting-confirmation";
  if (!waits || row.made_at === null || row.expires_at === null) return null;
  const counts = row.pairing_state === "open" || row.pairing_state === "presented";
  const times = { expiresAt: row.expires_at.getTime(), triesLeft: row.tries_left ?? 0 };
  return {
    ...{ by: person(row.made_by), at: row.made_at.toISOString(), expiresAt: row.expires_at.toISOString() },
    over: !counts || isPairingOver(times, env.clock.now()),
    triesLeft: times.triesLeft,
    presented:
      row.pairing_state === "presented" && row.presented_at !== null
        ? {
            ...{ at: row.presented_at.toISOString(), model: row.said_model ?? "", firmware: row.firmware ?? "" },
            counters: (row.counters ?? []).map(Number),
            comparisonsLeft: row.comparison_tries_left ?? 0,
          }
        : null,
  };
}

function showEnrolled(row: Row, person: Person, adapter: AdapterFacts | undefined): View["enrolled"] {
  if (adapter)
    return adapter.confirmed && { by: person(adapter.confirmed.by), at: adapter.confirmed.at.toISOString(), key: null };
  if (row.confirmed_at === null || row.der === null || row.key_alg === null) return null;
  const certificate = parseCertificate(new Uint8Array(row.der));
  if (!certificate.ok) throw new Error(`the certificate of ${row.controller_id} is unreadable: ${certificate.code}`);
  return {
    ...{ by: person(row.confirmed_by), at: row.confirmed_at.toISOString() },
    key: {
      ...{ algorithm: row.key_alg, firmware: row.firmware ?? "" },
      certificate: {
        serial: Buffer.from(certificate.value.serial).toString("hex"),
        sha256: row.sha256 ?? "",
        notAfter: new Date(certificate.value.notAfter).toISOString(),
      },
    },
  };
}
