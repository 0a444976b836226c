import { keepsSeal } from "./custody.ts";
import type { Duty } from "./duties.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Grant, SealForSeparation } from "./separation-matrix.ts";
import { addDays } from "./working-days.ts";

/** One duty of a chain and what gives it: a grant, somebody's delegation, or a deputy's place while the custodian is away. */
export interface ChainLink {
  readonly duty: Extract<Duty, "signatory" | "custodian" | "supervisor">;
  readonly by: "grant" | "delegation" | "deputy";
  /** Of the grant, the delegation or the deputy's naming. */
  readonly id: string;
}

/** From the first day to the last one this person holds every duty that a use of the seal needs. */
export interface LoneChain {
  readonly personId: string;
  readonly sealId: string;
  readonly from: string;
  /** Null where no end is planned. */
  readonly to: string | null;
  readonly chain: readonly ChainLink[];
}

/** Who stands in for a custodian of one seal on the days on which that custodian is away. */
export interface Deputy {
  readonly deputyId: string;
  readonly personId: string;
  readonly sealId: string;
  readonly custodianId: string;
  readonly from: string;
  readonly to: string | null;
}

/** Leave or another absence; days are YYYY-MM-DD, `to` is the last one. */
export interface Absence {
  readonly personId: string;
  readonly from: string;
  readonly to: string | null;
}

export interface ProofFacts {
  /** Grants given and not ended, delegated ones among them. */
  readonly grants: readonly Grant[];
  readonly seals: readonly SealForSeparation[];
  readonly deputies?: readonly Deputy[];
  readonly absences?: readonly Absence[];
  /** What day it is for an entity; earlier days are not asked about. */
  readonly today: (entityId: string) => string;
}

interface Days {
  readonly from: string;
  readonly to: string | null;
}
interface Holding extends Days {
  readonly link: ChainLink;
}
/** What one person holds that could become part of a chain, by what it reaches. */
interface Held {
  /** Of a whole entity, or of a unit in it, by the entity's id; of one seal by the seal's. */
  readonly signatory: Map<string, Holding[]>;
  readonly supervisor: Map<string, Holding[]>;
  /** By seal: custody is of single seals. */
  readonly custodian: Map<string, Holding[]>;
}

/**
 * The proof: who could carry a use from asking to stamping alone, today or on any day that is planned already? Everybody
 * may ask. The heads of units and the legal reviewer are not counted on, because the class of the document or a small
 * organisation may do without them; nor is what is asked per request (duties.ts): that wall stands behind this one. So a
 * person is alone as soon as he authorises and keeps one seal on one day; who keeps it is let supervise too, unless he
 * does so by a role of his own. The answer must be empty.
 *
 * Only who holds both duties somewhere is looked at, and of his seals only on days on which something begins or ends.
 */
export function findLoneChains({ grants, seals, deputies = [], absences = [], today }: ProofFacts): LoneChain[] {
  const people = indexHoldings(grants);
  addDeputies(people, deputies, absences);
  const live = new Map(seals.filter((seal) => seal.live).map((seal) => [seal.sealId, seal]));
  const chains: LoneChain[] = [];
  for (const [personId, held] of people) {
    if (held.signatory.size === 0) continue;
    for (const [sealId, custody] of held.custodian) {
      const seal = live.get(sealId);
      if (!seal) continue;
      const over = (by: ReadonlyMap<string, Holding[]>): Holding[] => [
        ...(by.get(sealId) ?? []),
        ...(by.get(seal.entityId) ?? []),
      ];
      const asSupervisor = custody.map((one): Holding => ({ ...one, link: { ...one.link, duty: "supervisor" } }));
      const duties = [
        over(held.signatory),
        custody,
        ...(seal.important ? [[...over(held.supervisor), ...asSupervisor]] : []),
      ];
      for (const span of sweep(duties, today(seal.entityId))) chains.push({ personId, sealId, ...span });
    }
  }
  return chains;
}

/** Chains of one answer that another one does not hold: what a change would make. */
export function listNewChains(before: readonly LoneChain[], after: readonly LoneChain[]): LoneChain[] {
  const key = ({ personId, sealId, from, to }: LoneChain): string => [personId, sealId, from, to ?? ""].join(" ");
  const known = new Set(before.map(key));
  return after.filter((chain) => !known.has(key(chain)));
}

/** The refusal of what would make a chain; the seal as `joinSeal` says it. */
export function refuseLoneChain(chain: LoneChain, seal: string): Refusal {
  return refuse(
    "proof.lone-chain",
    {
      seal,
      from: chain.from,
      until: chain.to,
      chain: chain.chain.map(({ duty, by }) => `${duty}:${by}`).join(" "),
    },
    "C11",
  );
}

function indexHoldings(grants: readonly Grant[]): Map<string, Held> {
  const people = new Map<string, Held>();
  for (const grant of grants) {
    const { role, scope } = grant;
    if (role !== "signatory" && role !== "supervisor" && !(role === "custodian" && keepsSeal(grant, scope.id)))
      continue;
    const by = grant.delegatedBy === undefined ? "grant" : "delegation";
    add(heldBy(people, grant.personId)[role], scope.kind === "seal" ? scope.id : grant.entityId, {
      from: grant.from,
      to: grant.to,
      link: { duty: role, by, id: grant.grantId },
    });
  }
  return people;
}

/** A deputy keeps the seal on the days on which its custodian has it and is away. */
function addDeputies(people: Map<string, Held>, deputies: readonly Deputy[], absences: readonly Absence[]): void {
  const away = new Map<string, Absence[]>();
  for (const absence of absences) add(away, absence.personId, absence);
  // Found before any is added: a deputy of a deputy keeps nothing.
  const found = deputies.flatMap((deputy) => {
    const custody = people.get(deputy.custodianId)?.custodian.get(deputy.sealId) ?? [];
    return (away.get(deputy.custodianId) ?? []).flatMap((absence) =>
      custody.flatMap((kept) => {
        const days = intersect(intersect(deputy, absence), kept);
        return days ? [{ deputy, days }] : [];
      }),
    );
  });
  for (const { deputy, days } of found)
    add(heldBy(people, deputy.personId).custodian, deputy.sealId, {
      ...days,
      link: { duty: "custodian", by: "deputy", id: deputy.deputyId },
    });
}

function intersect(a: Days | null, b: Days): Days | null {
  if (a === null) return null;
  const from = a.from > b.from ? a.from : b.from;
  const to = a.to === null || (b.to !== null && b.to < a.to) ? b.to : a.to;
  return to !== null && to < from ? null : { from, to };
}

function heldBy(people: Map<string, Held>, personId: string): Held {
  let held = people.get(personId);
  if (!held) {
    held = { signatory: new Map(), supervisor: new Map(), custodian: new Map() };
    people.set(personId, held);
  }
  return held;
}

function add<T>(index: Map<string, T[]>, key: string, value: T): void {
  const there = index.get(key);
  if (there) there.push(value);
  else index.set(key, [value]);
}

/** The spans of days from today on in which every duty is held, each with what gives the duties. */
function sweep(duties: readonly (readonly Holding[])[], today: string): (Days & { chain: ChainLink[] })[] {
  if (duties.some((holdings) => holdings.length === 0)) return [];
  const turns = new Set([today]);
  for (const { from, to } of duties.flat()) {
    if (from > today) turns.add(from);
    if (to !== null && to >= today) turns.add(addDays(to, 1));
  }
  const days = [...turns].toSorted();
  const spans: (Days & { chain: ChainLink[] })[] = [];
  for (const [at, from] of days.entries()) {
    const chain = duties.flatMap((holdings) => {
      const one = holdings.find((holding) => holding.from <= from && (holding.to === null || holding.to >= from));
      return one ? [one.link] : [];
    });
    if (chain.length < duties.length) continue;
    const next = days[at + 1];
    const to = next === undefined ? null : addDays(next, -1);
    const last = spans.at(-1);
    if (last && last.to !== null && addDays(last.to, 1) === from && sameLinks(last.chain, chain))
      spans[spans.length - 1] = { ...last, to };
    else spans.push({ from, to, chain });
  }
  return spans;
}

const sameLinks = (a: readonly ChainLink[], b: readonly ChainLink[]): boolean =>
  a.every((link, at) => link.id === b[at]?.id && link.by === b[at].by);
