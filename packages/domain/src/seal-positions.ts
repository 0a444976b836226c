import { custodiansNeeded, keepsSeal } from "./custody.ts";
import type { Grant, SealForSeparation } from "./separation-matrix.ts";
import type { LocalName, Profile, Role } from "./vocabulary.ts";

/** What people are named for with a seal, in the order they are listed. */
export const SEAL_DUTIES = [
  "custodian",
  "deputy",
  "signatory",
  "supervisor",
  "certificate-keeper",
  "inspector",
] as const;
export type SealDuty = (typeof SEAL_DUTIES)[number];

export const sealDutyNames: Readonly<Record<SealDuty, LocalName>> = {
  custodian: { en: "custodian", zh: "保管人" },
  deputy: { en: "deputy", zh: "代管人" },
  signatory: { en: "authorised signatory", zh: "授权签批人" },
  supervisor: { en: "supervisor", zh: "监印人" },
  "certificate-keeper": { en: "certificate keeper", zh: "证书保管人" },
  inspector: { en: "inspector", zh: "检查人" },
};

export interface SealPosition {
  readonly duty: SealDuty;
  readonly grant: Grant;
}

const roleDuties: Partial<Record<Role, Exclude<SealDuty, "custodian" | "deputy">>> = {
  signatory: "signatory",
  supervisor: "supervisor",
  "certificate-keeper": "certificate-keeper",
  inspector: "inspector",
};

/**
 * Everybody named for a seal on a day, by grants in the order they were given. An important seal has two custodians, each
 * the other's deputy; of another the first one named is the custodian, and whoever was named after him his deputy.
 */
export function listSealPositions(
  seal: Pick<SealForSeparation, "sealId" | "entityId" | "important">,
  grants: readonly Grant[],
  today: string,
): SealPosition[] {
  const here = grants.filter(
    (grant) => grant.entityId === seal.entityId && grant.from <= today && (grant.to === null || grant.to >= today),
  );
  const keepers = here
    .filter((grant) => keepsSeal(grant, seal.sealId))
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const custody = keepers.map((grant, at): SealPosition => {
    return { duty: at === 0 || seal.important ? "custodian" : "deputy", grant };
  });
  const others = here.flatMap((grant): SealPosition[] => {
    const duty = roleDuties[grant.role];
    const reaches = grant.scope.kind === "entity" || (grant.scope.kind === "seal" && grant.scope.id === seal.sealId);
    return duty !== undefined && reaches ? [{ duty, grant }] : [];
  });
  const rank = (one: SealPosition): number => SEAL_DUTIES.indexOf(one.duty);
  return [...custody, ...others].toSorted((a, b) => rank(a) - rank(b));
}

/** How many have to be named for each duty before a seal is put in use (product.md, 'Rule book and positions'). */
export function listNamesNeeded(
  profile: Profile,
  seal: {
    readonly important: boolean;
    /** Whether two keep it: every important seal, and those whose kind asks for it. */
    readonly dualControl?: boolean;
    readonly electronic: boolean;
  },
): Readonly<Record<SealDuty, number>> {
  const small = profile === "small";
  const byTwo = seal.important || seal.dualControl === true;
  return {
    custodian: custodiansNeeded(profile, byTwo),
    // Of a seal's two custodians each is the other's deputy; three people and a guest have none to spare.
    deputy: small || byTwo ? 0 : 1,
    signatory: 1,
    supervisor: small && !seal.important ? 0 : 1,
    "certificate-keeper": seal.electronic ? 1 : 0,
    inspector: seal.important ? 1 : 0,
  };
}
