import type { LocalName } from "../../i18n/language.ts";
import type { SealSummary } from "../../parts/seal-card.tsx";

/** The states of seals as the wall counts them; every state belongs to one group. */
export const STATE_GROUPS = ["in-use", "waiting", "moving", "frozen", "lost", "ended"] as const;
export type StateGroup = (typeof STATE_GROUPS)[number];
const GROUP_OF = {
  requested: "waiting",
  "approved-for-engraving": "waiting",
  made: "waiting",
  filed: "waiting",
  "awaiting-issue": "waiting",
  "in-use": "in-use",
  "in-handover": "moving",
  "taken-out": "moving",
  frozen: "frozen",
  lost: "lost",
  stopped: "ended",
  surrendered: "ended",
  "sealed-up": "ended",
  destroyed: "ended",
  cancelled: "ended",
  void: "ended",
} as const satisfies Record<SealSummary["state"], StateGroup>;
/** Groups that are counted even where nothing is in them. */
const ALWAYS: readonly StateGroup[] = ["in-use", "frozen", "ended"];

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
    custodian: text(search.custodian),
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

/** The seals that a filter leaves. Every word of the search is in a seal's number, names or custodians. */
export function filterSeals(seals: readonly SealSummary[], filter: WallFilter): readonly SealSummary[] {
  const words = filter.search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return seals.filter((seal) => {
    const found = [seal.number, ...bothOf(seal.name), ...seal.custodians.flatMap((person) => bothOf(person.name))]
      .join("\n")
      .toLocaleLowerCase();
    return (
      (filter.kind === "" || seal.type === filter.kind) &&
      (filter.custodian === "" || seal.custodians.some((person) => person.personId === filter.custodian)) &&
      (filter.state === "" || GROUP_OF[seal.state] === filter.state) &&
      words.every((word) => found.includes(word))
    );
  });
}

/** How many seals are in each group of states, under the other filters. */
export function countStates(
  seals: readonly SealSummary[],
  filter: WallFilter,
): readonly { readonly state: StateGroup | ""; readonly count: number }[] {
  const others = filterSeals(seals, { ...filter, state: "" });
  const count = (group: StateGroup): number => others.filter((seal) => GROUP_OF[seal.state] === group).length;
  const groups = STATE_GROUPS.map((state) => ({ state, count: count(state) })).filter(
    (group) => group.count > 0 || group.state === filter.state || ALWAYS.includes(group.state),
  );
  return [{ state: "" as const, count: others.length }, ...groups];
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

/** Custodians and kinds there are to choose from, each once. */
export function listChoices(seals: readonly SealSummary[]): {
  readonly kinds: readonly SealSummary["type"][];
  readonly custodians: readonly { readonly personId: string; readonly name: LocalName }[];
} {
  const people = new Map(seals.flatMap((seal) => seal.custodians.map((person) => [person.personId, person] as const)));
  return {
    kinds: [...new Set(seals.map((seal) => seal.type))],
    custodians: [...people.values()].sort((a, b) => a.name.en.localeCompare(b.name.en)),
  };
}

const WALL_SCALE = 2.35;
const LARGEST_MM = 58;

/** Pixels a millimetre for all faces of a page: the wall's, or less where a face is larger than its ground takes. */
export function findScale(seals: readonly Pick<SealSummary, "widthMm" | "heightMm">[]): number {
  const largest = Math.max(LARGEST_MM, ...seals.flatMap((seal) => [seal.widthMm, seal.heightMm]));
  return (WALL_SCALE * LARGEST_MM) / largest;
}

const bothOf = (name: LocalName): string[] => [name.en, name.zh];
