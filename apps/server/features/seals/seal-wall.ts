import {
  type CertificateState,
  findSealDuty,
  groupSealState,
  SEAL_STATE_GROUPS,
  SEAL_STATES,
  type SealState,
  type SealStateGroup,
  type SealType,
} from "@chancery/domain";
import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from "kysely";
import type { HandlerAnswer, RouteInput } from "../../platform/call.ts";
import type { Tables } from "../../platform/database-schema.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import type { PersonRefView } from "../requests/read-people.ts";
import { readSealSummaries } from "./read-model.ts";
import { custodiansOfSeals } from "./seal-custodians.ts";
import {
  bodyOfSeal,
  certificateStateAt,
  custodyUnconfirmed,
  hasKeyOfSeal,
  lossClock,
  lossOverdueAt,
  newestCertificate,
  returnOverdueAt,
} from "./seal-rows.ts";
import { readTypeVersions } from "./seal-types.ts";
import { readViewer, type Viewer } from "./visible-seals.ts";

type Wall = HandlerAnswer<"GET /v1/seals">;
type Filter = RouteInput<"GET /v1/seals">["query"];
type Choice = HandlerAnswer<"GET /v1/seal-choices">["items"][number];
type WithSeal = Tables & { s: Tables["seals"]; e: Tables["entities"] };
type Where = (eb: ExpressionBuilder<WithSeal, "s" | "e">) => ExpressionWrapper<WithSeal, "s" | "e", SqlBool>;

const pageSize = 60;
/** More custodians than that are searched for by name, not looked through. */
const mostCustodians = 100;

/** One page of the seals a person sees, with how many there are of what. */
export async function readSealWall(env: Environment, personId: string, filter: Filter, size = pageSize): Promise<Wall> {
  const now = env.clock.now();
  const viewer = await readViewer(env.db, personId, now);
  const [counts, ids, custodians] = [
    await countSeals(env.db, viewer, filter, now),
    await findPage(env.db, viewer, filter, now, size + 1),
    await listCustodians(env.db, viewer, filter, now),
  ];
  const shown = ids.slice(0, size);
  return {
    items: await readSealSummaries(env.db, env, shown),
    next: ids.length > size ? (shown.at(-1) ?? null) : null,
    custodians,
    ...counts,
  };
}

/** Every seal a person sees, to choose from. */
export async function listSealChoices(env: Environment, personId: string): Promise<Choice[]> {
  const viewer = await readViewer(env.db, personId, env.clock.now());
  const rows = await visible(env.db, viewer)
    .select([
      ...([
        "s.seal_id",
        "s.number",
        "s.type",
        "s.name_en",
        "s.name_zh",
        "s.state",
        "s.important",
        "s.external",
      ] as const),
      ...([
        "s.width_mm",
        "s.height_mm",
        "s.entity_id",
        "e.name_en as entity_en",
        "e.name_zh as entity_zh",
        "e.code",
      ] as const),
      "s.face_shape",
      bodyOfSeal.as("body"),
    ])
    .orderBy("e.code")
    .orderBy("s.number")
    .execute();
  return rows.map((row) => ({
    ...{ sealId: row.seal_id, number: row.number, type: row.type as SealType },
    name: { en: row.name_en, zh: row.name_zh },
    entity: { entityId: row.entity_id, name: { en: row.entity_en, zh: row.entity_zh }, code: row.code },
    ...{ state: row.state as SealState, important: row.important, external: row.external },
    ...{ body: row.body ?? "electronic", faceShape: row.face_shape, widthMm: row.width_mm, heightMm: row.height_mm },
  }));
}

const visible = (reader: Reader, viewer: Viewer) =>
  reader.selectFrom("seals as s").innerJoin("entities as e", "e.entity_id", "s.entity_id").where(isVisible(viewer));

/** What `maySee` says of one seal, for all of them at once. */
const isVisible =
  ({ guest, entityId, grants }: Viewer): Where =>
  (eb) => {
    if (!guest && entityId === null) return eb.and([]);
    const wide = grants.filter(({ scope }) => scope.kind !== "seal").map((grant) => grant.entityId);
    const entities = [...new Set([...(guest || entityId === null ? [] : [entityId]), ...wide])];
    const seals = grants.filter(({ scope }) => scope.kind === "seal").map(({ scope }) => scope.id);
    return eb.or([
      ...(entities.length > 0 ? [eb("s.entity_id", "in", entities)] : []),
      ...(seals.length > 0 ? [eb("s.seal_id", "in", seals)] : []),
    ]);
  };

/** Whether the seal `s` fits the search and the custodian asked for. */
function fits({ search, custodianId }: Filter, now: number): Where {
  return (eb) => {
    const words = (search ?? "").split(/\s+/u).filter(Boolean);
    return eb.and([
      ...words.map((word) => {
        const like = `%${word.replaceAll(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
        return eb.or([
          eb("s.number", "ilike", like),
          eb("s.name_en", "ilike", like),
          eb("s.name_zh", "ilike", like),
          sql<boolean>`s.seal_id in (select k.seal_id from (${custodiansOfSeals(now)}) as k
            join people p on p.person_id = k.person_id where p.name_en ilike ${like} or p.name_zh ilike ${like})`,
        ]);
      }),
      ...(custodianId
        ? [
            sql<boolean>`s.seal_id in (select k.seal_id from (${custodiansOfSeals(now)}) as k where k.person_id = ${custodianId})`,
          ]
        : []),
    ]);
  };
}

/** An own kind is told from the type it is based on. */
const kindIdOfSeal = sql<string>`coalesce(s.kind_id, s.type)`;

async function countSeals(reader: Reader, viewer: Viewer, filter: Filter, now: number) {
  const rows = await visible(reader, viewer)
    .leftJoinLateral(newestCertificate, (join) => join.onTrue())
    .select((eb) => [
      "s.entity_id",
      "s.state",
      kindIdOfSeal.as("kind"),
      certificateStateAt(now).as("certificate"),
      hasKeyOfSeal.as("electronic"),
      returnOverdueAt(now).as("overdue"),
      custodyUnconfirmed.as("unconfirmed"),
      lossClock.as("loss"),
      lossOverdueAt(now).as("loss_overdue"),
      fits(filter, now)(eb).as("fits"),
      eb.fn.countAll<string>().as("count"),
      sql<number>`max(greatest(s.width_mm, s.height_mm))`.as("largest"),
    ])
    .groupBy([
      "s.entity_id",
      "s.state",
      "kind",
      "certificate",
      "electronic",
      "overdue",
      "unconfirmed",
      "loss",
      "loss_overdue",
      "fits",
    ])
    .execute();
  const parts = rows.map((row) => ({
    ...{ entityId: row.entity_id, kindId: row.kind, count: Number(row.count), largest: row.largest },
    group: groupSealState(row.state as SealState),
    urgency: findSealDuty(row.state as SealState, row.certificate as CertificateState, false, {
      ...{
        toConfirm: false,
        electronic: row.electronic,
        returnOverdue: row.overdue,
        custodyUnconfirmed: row.unconfirmed,
        goesInUse: false,
        loss: row.loss === null ? null : { duty: row.loss, overdue: row.loss_overdue },
      },
    }).urgency,
    fits: row.fits === true && (filter.kind === undefined || filter.kind === row.kind),
  }));
  const sum = (some: readonly { count: number }[]): number => some.reduce((total, { count }) => total + count, 0);
  const fitting = parts.filter((part) => part.fits);
  const found = fitting.filter(({ group }) => filter.state === undefined || filter.state === group);
  const kinds = await readKindNames(reader, new Set(parts.map((part) => part.kindId)));
  return {
    all: sum(parts),
    found: sum(found),
    states: SEAL_STATE_GROUPS.map((state) => ({ state, count: sum(fitting.filter(({ group }) => group === state)) })),
    entities: [...Map.groupBy(found, (part) => part.entityId)].map(([entityId, own]) => ({
      ...{ entityId, count: sum(own) },
      soon: sum(own.filter(({ urgency }) => urgency === "soon")),
      late: sum(own.filter(({ urgency }) => urgency === "late")),
    })),
    kinds,
    largestMm: Math.max(0, ...parts.map((part) => part.largest)),
  };
}

/** What the seals that are there can be narrowed by: the product's kinds in their order, then the organisation's own. */
async function readKindNames(reader: Reader, kindIds: ReadonlySet<string>): Promise<Wall["kinds"]> {
  const versions = await readTypeVersions(reader, [...kindIds]);
  const newest = new Map(versions.map((one) => [one.kindId, { kindId: one.kindId, name: one.name }]));
  return [...newest.values()];
}

async function findPage(reader: Reader, viewer: Viewer, filter: Filter, now: number, most: number): Promise<string[]> {
  let query = visible(reader, viewer).select("s.seal_id").where(fits(filter, now));
  if (filter.kind) query = query.where(kindIdOfSeal, "=", filter.kind);
  if (filter.state) query = query.where("s.state", "in", statesOf(filter.state));
  if (filter.after)
    query = query.where(
      sql<boolean>`(e.code, s.number) > (select pe.code, ps.number from seals ps join entities pe on pe.entity_id = ps.entity_id where ps.seal_id = ${filter.after})`,
    );
  const rows = await query.orderBy("e.code").orderBy("s.number").limit(most).execute();
  return rows.map((row) => row.seal_id);
}

const statesOf = (wanted: SealStateGroup): SealState[] =>
  SEAL_STATES.filter((state) => groupSealState(state) === wanted);

/** Whom the wall can be narrowed to: all custodians while they are few, and whoever it is narrowed to. */
async function listCustodians(
  reader: Reader,
  viewer: Viewer,
  { custodianId }: Filter,
  now: number,
): Promise<PersonRefView[]> {
  const rows = await visible(reader, viewer)
    .innerJoin(
      sql<{ seal_id: string; person_id: string }>`(${custodiansOfSeals(now)})`.as("k"),
      "k.seal_id",
      "s.seal_id",
    )
    .innerJoin("people as p", "p.person_id", "k.person_id")
    .select(["p.person_id", "p.name_en", "p.name_zh"])
    .distinct()
    .orderBy("p.name_en")
    .execute();
  const few = rows.length <= mostCustodians;
  return rows
    .filter((row) => few || row.person_id === custodianId)
    .map((row) => ({ personId: row.person_id, name: { en: row.name_en, zh: row.name_zh } }));
}
