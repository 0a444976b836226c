import type { RouteAnswer } from "../../api.ts";
import type { SealSummary } from "../../parts/seal-card.tsx";

export type SealWall = RouteAnswer<"GET /v1/seals">;
export type StateGroup = SealWall["states"][number]["state"];
/** The groups of states; those that are always counted, and whether there is anything in them or not. */
const ALWAYS: Readonly<Record<StateGroup, boolean>> = {
  "in-use": true,
  waiting: false,
  moving: false,
  frozen: true,
  lost: false,
  ended: true,
};
const STATE_GROUPS = Object.keys(ALWAYS) as StateGroup[];

export const WALL_VIEWS = ["wall", "table", "units"] as const;
export type WallView = (typeof WALL_VIEWS)[number];

/** What of the seals is shown, and how; as the address says it. An empty text filters nothing. */
export interface WallFilter {
  readonly view: WallView;
  readonly search: string;
  readonly kind: string;
  readonly custodian: string;
  readonly state: StateGroup | "";
}

/** The filter in an address; what is not known there is left out, so that an old link still shows seals. */
export function findWallFilter(search: Readonly<Record<string, unknown>>): WallFilter {
  // An address turns a search for digits into a number.
  const text = (value: unknown): string =>
    typeof value === "string" ? value.slice(0, 100) : typeof value === "number" ? value.toString() : "";
  return {
    view: WALL_VIEWS.find((view) => view === search.view) ?? "wall",
    search: text(search.search),
    kind: text(search.kind),
    custodian: /^per_[0-9a-f-]{36}$/.exec(text(search.custodian))?.[0] ?? "",
    state: STATE_GROUPS.find((state) => state === search.state) ?? "",
  };
}

/** The address of a filter: only what differs from the plain wall stands in it. */
export function writeWallFilter(filter: WallFilter): Readonly<Record<string, string>> {
  const { view, ...rest } = filter;
  return Object.fromEntries(
    [["view", view === "wall" ? "" : view] as const, ...Object.entries(rest)].filter(([, value]) => value !== ""),
  );
}

/** How many seals are in each group of states, under the other filters; groups without any only where they are usual. */
export function listStateCounts(
  states: SealWall["states"],
  chosen: StateGroup | "",
): readonly { readonly state: StateGroup | ""; readonly count: number }[] {
  const all = states.reduce((sum, { count }) => sum + count, 0);
  return [
    { state: "", count: all },
    ...states.filter(({ state, count }) => count > 0 || state === chosen || ALWAYS[state]),
  ];
}

export interface SealGroup<T> {
  readonly of: T;
  readonly seals: readonly SealSummary[];
}

/** Seals by entity, in the order they come. */
export function groupByEntity(seals: readonly SealSummary[]): readonly SealGroup<SealSummary["entity"]>[] {
  return [...Map.groupBy(seals, (seal) => seal.entity.entityId).values()].flatMap((group) =>
    group[0] ? [{ of: group[0].entity, seals: group }] : [],
  );
}

/** Seals of one entity by unit; those of the entity as a whole first. */
export function groupByUnit(seals: readonly SealSummary[]): readonly SealGroup<SealSummary["unit"]>[] {
  const groups = [...Map.groupBy(seals, (seal) => seal.unit?.unitId ?? "").entries()];
  return groups
    .sort(([a], [b]) => Number(a !== "") - Number(b !== ""))
    .map(([, group]) => ({ of: group[0]?.unit ?? null, seals: group }));
}

const WALL_SCALE = 2.35;
const LARGEST_MM = 58;

/** Pixels a millimetre for all faces of a page: the wall's, or less where a face is larger than its ground takes. */
export const findScale = (largestMm: number): number => (WALL_SCALE * LARGEST_MM) / Math.max(LARGEST_MM, largestMm);
