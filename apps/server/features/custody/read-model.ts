import {
  type CustodyAccount,
  containerOf,
  findAccountAt,
  findOutAlarm,
  listOpeners,
  listStays,
  type MatterKind,
  type PieceCondition,
  peopleOf,
  type SealState,
} from "@chancery/domain";
import { sql } from "kysely";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { titleForAll } from "../requests/may-see.ts";
import { type PersonRefView, readPeople } from "../requests/read-people.ts";
import { requireVisible } from "../seals/read-model.ts";
import { readSealCustodians } from "../seals/seal-custodians.ts";
import { readSettings } from "../settings/read-settings.ts";
import { readChecksOf } from "./bring-purposes.ts";
import { type ContainerRefView, readContainerRefs } from "./container-view.ts";
import { readLocks, readLocksOf } from "./locks.ts";
import { listMattersToConfirm } from "./matters-to-confirm.ts";
import { seesPlaceOfSeal } from "./may-see-place.ts";
import { listOpeningsFor } from "./openings.ts";
import { custodiansOf, type HeldNow, readHeldNow, readPostings } from "./postings.ts";
import { readOpenShortHandovers } from "./short-handovers.ts";
import { readReleasedForPieces, readStampingsOfPieces } from "./stampings-of-piece.ts";
import { readUnderWay } from "./under-way.ts";

type History = HandlerAnswer<"GET /v1/seals/:sealId/custody">;
type Mine = HandlerAnswer<"GET /v1/custody/mine">;
type Holdings = HandlerAnswer<"GET /v1/custody/holdings">;
type AccountView = NonNullable<History["bodies"][number]["place"]>;
type Person = (id: string) => PersonRefView | null;

const iso = (at: number): string => new Date(at).toISOString();

async function readBodiesWithSeals(reader: Reader, which: { sealId: string } | { bodyIds: readonly string[] }) {
  const query = reader
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .select(["b.body_id", "b.seal_id", "b.kind", "b.number", "b.state", "b.condition", "s.entity_id", "s.important"])
    .select(["s.number as seal_number", "s.name_en", "s.name_zh"])
    .orderBy("s.number")
    .orderBy("b.kind", "desc")
    .orderBy("b.piece");
  if ("sealId" in which) return query.where("b.seal_id", "=", which.sealId).execute();
  return which.bodyIds.length === 0 ? [] : query.where("b.body_id", "in", [...which.bodyIds]).execute();
}
type BodyWithSeal = Awaited<ReturnType<typeof readBodiesWithSeals>>[number];

const showSeal = (row: BodyWithSeal) => ({
  sealId: row.seal_id,
  number: row.seal_number,
  name: { en: row.name_en, zh: row.name_zh },
});

const showPeople = (ids: readonly string[], person: Person): PersonRefView[] => ids.flatMap((id) => person(id) ?? []);

function showAccount(
  account: CustodyAccount | null | undefined,
  person: Person,
  containers: ReadonlyMap<string, ContainerRefView>,
): AccountView | null {
  if (!account || account === "ended" || account === "origin") return null;
  const containerId = containerOf(account);
  return {
    people: showPeople(peopleOf(account), person),
    container: containerId === null ? null : (containers.get(containerId) ?? null),
  };
}

const showBody = (
  row: BodyWithSeal,
  held: HeldNow,
  person: Person,
  containers: ReadonlyMap<string, ContainerRefView>,
) => ({
  bodyId: row.body_id,
  number: row.number,
  kind: row.kind,
  state: row.state as SealState,
  condition: row.condition as PieceCondition | null,
  custodians: showPeople(custodiansOf(held), person),
  place: showAccount(held.place?.to, person, containers),
});

/** Names of everybody and everything that these accounts speak of. */
async function readNames(reader: Reader, accounts: readonly CustodyAccount[], more: readonly (string | null)[] = []) {
  const person = await readPeople(reader, [...accounts.flatMap(peopleOf), ...more]);
  const containers = await readContainerRefs(
    reader,
    accounts.flatMap((account) => containerOf(account) ?? []),
  );
  return { person: (id: string) => person(id), containers };
}

type ShortRow = Awaited<ReturnType<typeof readOpenShortHandovers>>[number];

/** A short handover that has not come back, as whoever is told of it reads it. */
const showShort = (row: ShortRow, person: Person, now: number, given: boolean) => ({
  ...{ until: row.due_at.toISOString(), overdue: row.due_at.getTime() < now },
  ...{ transferor: person(row.transferor_id), deputy: person(row.deputy_id), given },
});

/** Who keeps a seal now, each with the unit he works in. */
async function readKeepers(env: Environment, sealId: string) {
  const keepers = (await readSealCustodians(env.db, [sealId], env.clock.now()))(sealId);
  const rows = await env.db
    .selectFrom("people as p")
    .leftJoin("units as u", "u.unit_id", "p.unit_id")
    .select(["p.person_id", "u.name_en as unit_en", "u.name_zh as unit_zh"])
    .where("p.person_id", "in", ["", ...keepers.map((person) => person.personId)])
    .execute();
  return keepers.map((person) => {
    const row = rows.find((one) => one.person_id === person.personId);
    return { person, unit: row?.unit_en && row.unit_zh ? { en: row.unit_en, zh: row.unit_zh } : null };
  });
}

/**
 * Who held each body of a seal at a time, and the whole history, for who has to do with where it lies; whom to ask for it,
 * for everybody else who may see the seal.
 */
export async function readCustodyHistory(
  env: Environment,
  personId: string,
  input: { sealId: string; at?: string | undefined },
): Promise<History> {
  await requireVisible(env, personId, input.sealId);
  const at = input.at === undefined ? env.clock.now() : Date.parse(input.at);
  // The books answer for what was, to the minute that a clock beside ours may be ahead.
  if (at > env.clock.now() + 60_000)
    throw problems.inputInvalid([{ path: "at", message: "has not come yet", zh: "尚未到来" }]);
  const rows = await readBodiesWithSeals(env.db, { sealId: input.sealId });
  const [first] = rows;
  if (!first) throw problems.notFound();
  const bodyIds = rows.map((row) => row.body_id);
  const held = await readHeldNow(env.db, bodyIds);
  const keepers = await readKeepers(env, input.sealId);
  const [bridged] = await readOpenShortHandovers(env.db, bodyIds);
  const stand = await readPeople(env.db, [bridged?.transferor_id, bridged?.deputy_id]);
  const shortHandover = bridged ? showShort(bridged, stand, env.clock.now(), bridged.transferor_id === personId) : null;
  const underWayOf = await readUnderWay(env, personId, bodyIds);
  const underWay = [...new Map(bodyIds.flatMap(underWayOf).map((one) => [one.matterId, one])).values()];
  const told = { seal: showSeal(first), keepers, shortHandover, underWay };
  const place = { sealId: input.sealId, entityId: first.entity_id, bodyIds };
  if (!(await seesPlaceOfSeal(env.db, personId, place, env.clock.now())))
    return { at: iso(env.clock.now()), ...told, whole: false, bodies: [] };
  const postings = await readPostings(env.db, bodyIds);
  const { person, containers } = await readNames(
    env.db,
    postings.map((posting) => posting.to),
  );
  const kinds = await readMatterKinds(
    env.db,
    postings.flatMap((posting) => posting.matterId ?? []),
  );
  return {
    at: iso(at),
    ...told,
    whole: true,
    bodies: rows.map((row) => {
      const own = postings.filter((posting) => posting.bodyId === row.body_id);
      const book = (name: "place" | "custodian") => own.filter((posting) => posting.book === name);
      const answered = findAccountAt(book("custodian"), at);
      return {
        ...showBody(row, held(row.body_id), person, containers),
        held: {
          custodians: answered === null ? [] : showPeople(peopleOf(answered), person),
          place: showAccount(findAccountAt(book("place"), at), person, containers),
        },
        stays: (["custodian", "place"] as const).flatMap((name) =>
          listStays(book(name)).map((stay) => {
            const matterId = book(name).find((posting) => posting.seq === stay.seq)?.matterId ?? null;
            const kind = matterId === null ? undefined : kinds.get(matterId);
            return {
              book: name,
              account: showAccount(stay.account, person, containers) ?? { people: [], container: null },
              from: iso(stay.from),
              to: stay.to === null ? null : iso(stay.to),
              matter: matterId !== null && kind ? { matterId, kind } : null,
            };
          }),
        ),
      };
    }),
  };
}

async function readMatterKinds(reader: Reader, matterIds: readonly string[]): Promise<Map<string, MatterKind>> {
  if (matterIds.length === 0) return new Map();
  const rows = await reader
    .selectFrom("matters")
    .select(["matter_id", "kind"])
    .where("matter_id", "in", [...new Set(matterIds)])
    .execute();
  return new Map(rows.map((row) => [row.matter_id, row.kind as MatterKind]));
}

/** The bodies a person answers for, or has in hand, now. */
async function listBodiesHeldBy(reader: Reader, personId: string): Promise<string[]> {
  const rows = await reader
    .selectFrom("custody_postings as p")
    .select("p.body_id")
    .where(sql<boolean>`p.to_people @> array[${personId}]::text[]`)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("custody_postings as next")
            .select(sql`1`.as("one"))
            .whereRef("next.body_id", "=", "p.body_id")
            .whereRef("next.book", "=", "p.book")
            .whereRef("next.prev_seq", "=", "p.seq"),
        ),
      ),
    )
    .execute();
  return [...new Set(rows.map((row) => row.body_id))];
}

/** The bodies a person gave to a deputy for some days, which have not come back. */
async function listBodiesGivenBy(reader: Reader, personId: string): Promise<string[]> {
  const rows = await reader
    .selectFrom("short_handovers")
    .select("body_ids")
    .where("transferor_id", "=", personId)
    .where("ended_at", "is", null)
    .execute();
  return rows.flatMap((row) => row.body_ids);
}

/** What the reader answers for or has in hand, and what waits for him. */
export async function readOwnCustody(env: Environment, personId: string): Promise<Mine> {
  const now = env.clock.now();
  const heldIds = await listBodiesHeldBy(env.db, personId);
  const bodyIds = [...new Set([...heldIds, ...(await listBodiesGivenBy(env.db, personId))])];
  const rows = await readBodiesWithSeals(env.db, { bodyIds });
  const held = await readHeldNow(env.db, bodyIds);
  const postings = await readPostings(env.db, bodyIds);
  const short = await readOpenShortHandovers(env.db, bodyIds);
  const openings = await listOpeningsFor(env.db, personId, now);
  const openingBodies = await readBodiesWithSeals(env.db, { bodyIds: openings.map((row) => row.body_id) });
  const { person, containers } = await readNames(
    env.db,
    [...postings.map((one) => one.to), ...openings.map((one): CustodyAccount => `container:${one.container_id}`)],
    [...openings.map((one) => one.asked_by), ...short.flatMap((one) => [one.transferor_id, one.deputy_id])],
  );
  const some = bodyIds.length > 0 ? bodyIds : [""];
  const sessions = await env.db
    .selectFrom("custody_sessions")
    .select(["body_id", "until_at"])
    .where("closed_at", "is", null)
    .where("body_id", "in", some)
    .execute();
  const away = await env.db
    .selectFrom("take_outs")
    .select(["body_id", "matter_id", "due_at", "escort"])
    .where("ended_at", "is", null)
    .where("body_id", "in", some)
    .execute();
  const { outOfContainerMost } = await readSettings(env.db, now);
  const underWay = await readUnderWay(env, personId, bodyIds);
  const begun = await readStampingsOfPieces(env.db, personId, bodyIds);
  const stampings = [
    ...begun.map(({ state, ...one }) => ({ ...one, begun: true, released: state === "opened" })),
    ...(await readReleasedForPieces(env.db, personId, bodyIds)).map((one) => ({
      ...one,
      begun: false,
      released: true,
    })),
  ];
  const checks = await readChecksOf(env.db, heldIds);
  const locks = await readLocks(env.db, [...containers.keys()]);
  // Nobody is offered to lock a piece into what he cannot open: a deputy has a container of his own for the bag.
  const opens = (containerId: string): boolean =>
    listOpeners(
      personId,
      locks.filter((lock) => lock.containerId === containerId).map((lock) => lock.holderId),
    ).ok;
  return {
    items: rows.map((row) => {
      const own = heldIds.includes(row.body_id);
      // Whoever gave it for some days is told with whom and until when, not where it lies meanwhile.
      const now_ = own ? held(row.body_id) : { ...held(row.body_id), place: null };
      const inHand = now_.place !== null && peopleOf(now_.place.to).length > 0;
      const takenOut = away.find((one) => one.body_id === row.body_id);
      const session = sessions.find((one) => one.body_id === row.body_id)?.until_at.getTime() ?? null;
      const bridged = short.find((one) => one.body_ids.includes(row.body_id));
      const last = own ? postings.findLast((one) => one.bodyId === row.body_id && containerOf(one.to) !== null) : null;
      const lastId = last ? (containerOf(last.to) ?? "") : "";
      const answers = custodiansOf(now_).includes(personId);
      return {
        ...showBody(row, now_, person, containers),
        seal: showSeal(row),
        important: row.important,
        since: iso((now_.place ?? now_.custodian)?.at ?? now),
        alarm:
          inHand &&
          !takenOut &&
          findOutAlarm({ outSince: now_.place?.at ?? now, sessionUntil: session }, now, outOfContainerMost) !== null,
        sessionUntil: session === null ? null : iso(session),
        lastContainer: opens(lastId) ? (containers.get(lastId) ?? null) : null,
        shortHandover: bridged
          ? {
              ...{ matterId: bridged.matter_id, tag: bridged.tag },
              ...showShort(bridged, person, now, bridged.transferor_id === personId && !own),
            }
          : null,
        underWay: underWay(row.body_id),
        takeOut: takenOut
          ? {
              ...{ matterId: takenOut.matter_id, dueAt: takenOut.due_at.toISOString() },
              overdue: takenOut.due_at.getTime() < now,
              mine: takenOut.escort.includes(personId),
            }
          : null,
        stampings: stampings.filter((one) => one.bodyId === row.body_id).map(({ bodyId: _, ...one }) => one),
        checks: checks
          .filter((one) => one.body_id === row.body_id)
          .map((one) => ({ checkId: one.check_id, kind: one.kind })),
        actions: [
          ...(inHand && !takenOut ? (["lock-away"] as const) : []),
          ...(now_.place && !inHand && answers && !bridged && row.state === "in-use" ? (["bring-out"] as const) : []),
        ],
      };
    }),
    openings: openings.flatMap((one) => {
      const body = openingBodies.find((row) => row.body_id === one.body_id);
      if (!body) return [];
      return [
        {
          openingId: one.opening_id,
          seal: showSeal(body),
          container: containers.get(one.container_id) ?? null,
          askedBy: person(one.asked_by),
          reason: one.reason,
          expiresAt: one.expires_at.toISOString(),
        },
      ];
    }),
    matters: await listMattersToConfirm(env, personId),
  };
}

const overseeing: readonly string[] = ["seal-administrator", "inspector"];

/** What a person would hand over; for himself, and for those who watch over the entities of his seals. */
export async function readHoldings(env: Environment, readerId: string, personId: string): Promise<Holdings> {
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId: readerId });
  const watched = grants.filter((grant) => overseeing.includes(grant.role)).map((grant) => grant.entityId);
  if (readerId !== personId && watched.length === 0) throw problems.notFound();
  const rows = (await readBodiesWithSeals(env.db, { bodyIds: await listBodiesHeldBy(env.db, personId) })).filter(
    (row) => readerId === personId || watched.includes(row.entity_id),
  );
  const held = await readHeldNow(
    env.db,
    rows.map((row) => row.body_id),
  );
  const kept = rows.filter((row) => custodiansOf(held(row.body_id)).includes(personId));
  const locks = kept.length > 0 || readerId === personId ? await readLocksOf(env.db, personId) : [];
  const { person, containers } = await readNames(env.db, [
    ...kept.flatMap((row) => [held(row.body_id).custodian?.to ?? [], held(row.body_id).place?.to ?? []].flat()),
    ...locks.map((lock): CustodyAccount => `container:${lock.containerId}`),
  ]);
  const sealIds = [...new Set(kept.map((row) => row.seal_id))];
  return {
    bodies: kept.map((row) => ({
      ...showBody(row, held(row.body_id), person, containers),
      seal: showSeal(row),
      entityId: row.entity_id,
      important: row.important,
    })),
    locks: locks.map((lock) => ({
      lockId: lock.lockId,
      kind: lock.kind,
      label: lock.label,
      container: containers.get(lock.containerId) ?? null,
    })),
    requests: await readRequestsUnderWay(env.db, sealIds),
  };
}

/** Requests authorised or being sealed that use one of these seals. */
async function readRequestsUnderWay(reader: Reader, sealIds: readonly string[]): Promise<Holdings["requests"]> {
  if (sealIds.length === 0) return [];
  const rows = await reader
    .selectFrom("seal_use_requests as r")
    .innerJoin("request_documents as d", "d.request_id", "r.request_id")
    .select(["r.request_id", "r.number", titleForAll.as("title")])
    .distinct()
    .where("r.state", "in", ["authorised", "opened", "in-review"])
    .where((eb) =>
      eb.or(
        sealIds.map((sealId) =>
          eb(sql<boolean>`d.placements @> ${JSON.stringify([{ sealId }])}::jsonb`, "=", sql<boolean>`true`),
        ),
      ),
    )
    .orderBy("r.number")
    .limit(200)
    .execute();
  return rows.map((row) => ({ requestId: row.request_id, number: row.number, title: row.title }));
}
