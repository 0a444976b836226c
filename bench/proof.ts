import {
  type Absence,
  type Deputy,
  findLoneChains,
  type Grant,
  type ProofFacts,
  type Role,
  type SealForSeparation,
} from "@chancery/domain";
import type { BenchLine } from "./line.ts";

/** Milliseconds in which the question has to be answered (issue of the keeping of seals, item 9). */
const limit = 2000;
const size = { people: 5000, seals: 2000, grants: 20_000, delegations: 2000, deputies: 1000, absences: 3000 };
const rounds = 7;
const today = "2026-06-01";

/**
 * The proof that nobody acts alone, over a whole group of companies: as it ought to be, where no person both authorises
 * and keeps a seal, and at its worst, where roles fall to people at random and holes are everywhere.
 */
export function benchProof(): Promise<BenchLine[]> {
  const orderly = makeOrganisation(true);
  const random = makeOrganisation(false);
  if (findLoneChains(orderly).length > 0) throw new Error("the orderly organisation has a hole");
  const holes = findLoneChains(random).length;
  if (holes < 100) throw new Error(`the random organisation has only ${holes} holes`);
  const what = `${size.people} people, ${size.seals} seals, ${size.grants} grants, ${size.delegations} delegations`;
  return Promise.resolve([
    line(`proof: ${what}, no hole`, orderly),
    line(`proof: the same, roles of a tenth at random, ${holes} holes`, random),
  ]);
}

function line(name: string, facts: ProofFacts): BenchLine {
  const times = Array.from({ length: rounds }, () => {
    const begun = performance.now();
    findLoneChains(facts);
    return performance.now() - begun;
  });
  const median = times.toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
  return {
    name,
    value: Math.round(median * 10) / 10,
    unit: "ms",
    ratio: Math.round((limit / median) * 100) / 100,
    against: `limit ${limit} ms`,
  };
}

/** The same sequence each time: what is compared over the years must be the same organisation. */
function createDraw(): (below: number) => number {
  let state = 20_261_127;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const entities = 40;

function makeOrganisation(orderly: boolean): ProofFacts {
  const draw = createDraw();
  const day = (): string => `${2026 + draw(2)}-${pad(1 + draw(12))}-${pad(1 + draw(28))}`;
  const days = (): { from: string; to: string | null } => {
    const [from = "", to = ""] = [day(), day()].toSorted();
    return draw(3) === 0 ? { from, to: null } : { from, to };
  };
  const seals = Array.from(
    { length: size.seals },
    (_, at): SealForSeparation => ({
      ...{ sealId: `seal-${at}`, entityId: `ent-${at % entities}`, type: "contract" },
      ...{ important: at % 3 === 0, live: at % 20 !== 0 },
    }),
  );
  // In the orderly one a person's number says which side of the wall he stands on.
  const personFor = (role: Role): string => {
    // At its worst all the roles lie with a tenth of the people.
    if (!orderly) return `per-${draw(size.people / 10)}`;
    const any = draw(size.people);
    return `per-${any - (any % 2) + (role === "custodian" ? 1 : 0)}`;
  };
  const roles: readonly Role[] = ["custodian", "custodian", "signatory", "supervisor", "unit-head", "legal-reviewer"];
  const grant = (at: number, role: Role, delegatedBy?: string): Grant => {
    const seal = seals[draw(seals.length)] as SealForSeparation;
    const narrow = role === "custodian" || draw(2) === 0;
    return {
      ...{ grantId: `${delegatedBy ? "dlg" : "grant"}-${at}`, personId: personFor(role), role },
      scope: narrow ? { kind: "seal", id: seal.sealId } : { kind: "entity", id: seal.entityId },
      entityId: seal.entityId,
      ...days(),
      ...(delegatedBy ? { delegatedBy } : {}),
    };
  };
  const delegable: readonly Role[] = ["signatory", "supervisor"];
  return {
    seals,
    grants: [
      ...Array.from({ length: size.grants }, (_, at) => grant(at, roles[at % roles.length] as Role)),
      ...Array.from({ length: size.delegations }, (_, at) =>
        grant(at, delegable[at % 2] as Role, personFor("signatory")),
      ),
    ],
    deputies: Array.from(
      { length: size.deputies },
      (_, at): Deputy => ({
        ...{ deputyId: `dep-${at}`, personId: personFor("custodian"), custodianId: personFor("custodian") },
        ...{ sealId: `seal-${draw(size.seals)}`, ...days() },
      }),
    ),
    absences: Array.from(
      { length: size.absences },
      (): Absence => ({ personId: `per-${draw(size.people)}`, ...days() }),
    ),
    today: () => today,
  };
}

const pad = (value: number): string => String(value).padStart(2, "0");
