import type { RouteAnswer } from "../../api.ts";

export type CustodyBody = RouteAnswer<"GET /v1/seals/:sealId/custody">["bodies"][number];
export type CustodyStay = CustodyBody["stays"][number];

/** One bar of a track: who or what, from when to when, and whether it is for a while only. */
export interface TrackBar {
  readonly key: string;
  readonly personId: string | null;
  readonly stay: CustodyStay;
  readonly from: number;
  readonly to: number;
  /** With a deputy, or out of its container. */
  readonly amber: boolean;
}
export interface Track {
  readonly kind: "holder" | "place";
  readonly number: number;
  readonly bars: readonly TrackBar[];
}

const isShort = (stay: CustodyStay): boolean => stay.matter?.kind === "short-handover";

/**
 * The tracks of one body: one for each of its holders, who keeps his track as long as he answers, and one for its place.
 * A stay that goes on ends at `now`.
 */
export function listTracks(body: Pick<CustodyBody, "stays">, now: number): readonly Track[] {
  const end = (stay: CustodyStay): number => (stay.to === null ? now : Date.parse(stay.to));
  const lanes: TrackBar[][] = [[], []];
  for (const stay of body.stays.filter((one) => one.book === "custodian")) {
    const people = stay.account.people.map((one) => one.personId);
    const last = lanes.map((lane) => lane.at(-1));
    const kept = last.map((bar) => (bar?.personId && people.includes(bar.personId) ? bar.personId : null));
    const coming = people.filter((person) => !kept.includes(person));
    for (const [at, lane] of lanes.entries()) {
      const stays = kept[at] ?? null;
      const person = stays ?? coming.shift();
      if (person === undefined) continue;
      const before = lane.at(-1);
      if (before && stays !== null && before.to === Date.parse(stay.from))
        lane[lane.length - 1] = { ...before, to: end(stay) };
      else
        lane.push({
          ...{ key: `${at} ${stay.from}`, personId: person, stay, from: Date.parse(stay.from), to: end(stay) },
          amber: isShort(stay),
        });
    }
  }
  const places = body.stays
    .filter((one) => one.book === "place")
    .map((stay) => ({
      ...{ key: `place ${stay.from}`, personId: stay.account.people[0]?.personId ?? null, stay },
      ...{ from: Date.parse(stay.from), to: end(stay), amber: stay.account.container === null },
    }));
  return [
    ...lanes.flatMap((bars, at) => (bars.length > 0 ? [{ kind: "holder" as const, number: at + 1, bars }] : [])),
    ...(places.length > 0 ? [{ kind: "place" as const, number: 1, bars: places }] : []),
  ];
}

/** The person a bar is about, by name. */
export function personOfBar(bar: TrackBar): CustodyStay["account"]["people"][number] | null {
  return bar.stay.account.people.find((one) => one.personId === bar.personId) ?? null;
}

/** Whether each book of the body goes on without gap or overlap from its beginning. */
export function isWhole(body: Pick<CustodyBody, "stays">): boolean {
  return (["custodian", "place"] as const).every((book) => {
    const stays = body.stays.filter((one) => one.book === book);
    return stays.every((stay, at) => at === 0 || stays[at - 1]?.to === stay.from);
  });
}

/** How far a moment lies along the whole, in per cent. */
export function shareOf(at: number, start: number, now: number): number {
  return now <= start ? 0 : Math.min(100, Math.max(0, ((at - start) / (now - start)) * 100));
}

/** The narrowest bar that is seen, in pixels: its two borders and something between them. */
const NARROWEST_PX = 4;

/** Where a bar stands on its line, whatever its width: what began just now ends with the line, and not beyond it. */
export function placeBar(from: number, to: number): { readonly left: string; readonly width: string } {
  return {
    left: `min(${from}%, 100% - ${NARROWEST_PX}px)`,
    width: `max(${to - from}%, ${NARROWEST_PX}px)`,
  };
}

/** A moment as a field for date and time takes it, in the time of the organisation, and back. */
export function toLocalInput(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" })
    .format(at)
    .replace(" ", "T");
}
export function fromLocalInput(value: string, timeZone: string): string | null {
  const asUtc = Date.parse(`${value}Z`);
  if (Number.isNaN(asUtc)) return null;
  // How far the clocks there are from UTC, asked once more at the instant found, for they may have been changed in between.
  const ahead = (at: number): number => Date.parse(`${toLocalInput(at, timeZone)}Z`) - at;
  const near = asUtc - ahead(asUtc);
  return new Date(asUtc - ahead(near)).toISOString();
}

/** Why nobody answers for a body at a time: its books had not begun, or had ended; null where somebody does. */
export function findSilence(
  stays: CustodyBody["stays"],
  at: string,
): { readonly since: string } | { readonly until: string } | null {
  const own = stays.filter((stay) => stay.book === "custodian");
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last) return null;
  if (Date.parse(at) < Date.parse(first.from)) return { since: first.from };
  return last.to !== null && Date.parse(at) >= Date.parse(last.to) ? { until: last.to } : null;
}
