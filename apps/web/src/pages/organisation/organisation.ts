import type { CallOptions, RouteAnswer } from "../../api.ts";
import type { LocalName } from "../../i18n/language.ts";
import type { GapKind } from "../../parts/use-gaps.ts";

export type Organisation = RouteAnswer<"GET /v1/organisation">;
export type Unit = Organisation["units"][number];
export type Person = RouteAnswer<"GET /v1/people">["items"][number];
export type Grant = RouteAnswer<"GET /v1/grants">["items"][number];
export type AccountChange = RouteAnswer<"GET /v1/account-changes">["items"][number];
export type GrantBody = CallOptions<"POST /v1/grants">["body"];
export type Role = GrantBody["role"];
export type Scope = GrantBody["scope"];

/** Who asks for leave, transfer and departure of others. */
export const asksForLeave = (roles: readonly Role[]): boolean =>
  roles.some((role) => role === "system-administrator" || role === "seal-administrator");

/** Who asks for closing, merging or renaming of units: who keeps the accounts, or heads a unit; which of the heads may is said when he asks. */
export const asksForUnitChanges = (roles: readonly Role[]): boolean =>
  roles.some((role) => role === "system-administrator" || role === "unit-head");

/** Whom somebody turns to who may not ask for it himself: those of every unit who keep the accounts. */
export function listUnitChangers(people: readonly Person[]): readonly LocalName[] {
  return people
    .filter((person) => person.state === "active" && person.roles.includes("system-administrator"))
    .map((person) => person.name);
}

export const VIEWS = ["structure", "people", "grants", "waiting"] as const;
export type View = (typeof VIEWS)[number];

/** The view that an address names; the structure where it names none. */
export function decideView(view: unknown): View {
  return VIEWS.find((known) => known === view) ?? "structure";
}

export interface UnitBranch {
  readonly unit: Unit;
  readonly below: readonly UnitBranch[];
}

/** The units of an entity as a tree. A unit whose parent is not of the entity stands at the top; a circle is cut. */
export function makeUnitTree(units: readonly Unit[], entityId: string): readonly UnitBranch[] {
  const own = units.filter((unit) => unit.entityId === entityId);
  const known = new Set(own.map((unit) => unit.unitId));
  const placed = new Set<string>();
  const branch = (unit: Unit): UnitBranch => {
    placed.add(unit.unitId);
    return {
      unit,
      below: own
        .filter((below) => below.parentUnitId === unit.unitId)
        .flatMap((below) => (placed.has(below.unitId) ? [] : [branch(below)])),
    };
  };
  const tops = own.filter((unit) => unit.parentUnitId === null || !known.has(unit.parentUnitId)).map(branch);
  return [...tops, ...own.flatMap((unit) => (placed.has(unit.unitId) ? [] : [branch(unit)]))];
}

/** People whose name in any language, sign-in name or role's word holds the text. */
export function filterPeople(
  people: readonly Person[],
  search: string,
  wordOf: (role: string) => string,
): readonly Person[] {
  const wanted = search.trim().toLocaleLowerCase();
  if (wanted === "") return people;
  return people.filter((person) =>
    [person.name.en, person.name.zh, person.login, ...person.roles.map(wordOf)].some((text) =>
      text.toLocaleLowerCase().includes(wanted),
    ),
  );
}

/** Roles that make sense for a seal, for a unit, or for a whole entity. */
export const ROLES_BY_SCOPE = {
  entity: [
    "applicant",
    "legal-reviewer",
    "signatory",
    "custodian",
    "supervisor",
    "certificate-keeper",
    "seal-administrator",
    "inspector",
    "system-administrator",
  ],
  unit: ["applicant", "unit-head"],
  seal: ["signatory", "custodian", "supervisor", "certificate-keeper"],
} as const satisfies Record<Scope["kind"], readonly string[]>;

/** Something a grant can be for, with the key of its option. */
export interface ScopeOption {
  readonly key: string;
  readonly scope: Scope;
  readonly name: LocalName;
}

const goneStates: readonly string[] = ["destroyed", "cancelled", "void"];

/** What a role can be granted for, entities first, then units, then seals. */
export function listScopeOptions(
  role: string,
  organisation: Organisation,
  seals: readonly { readonly sealId: string; readonly name: LocalName; readonly state: string }[],
): readonly ScopeOption[] {
  const fits = (kind: Scope["kind"]): boolean => (ROLES_BY_SCOPE[kind] as readonly string[]).includes(role);
  const entities = organisation.entities.map((entity) => ({
    key: entity.entityId,
    scope: { kind: "entity" as const, entityId: entity.entityId },
    name: entity.name,
  }));
  const units = organisation.units.map((unit) => ({
    key: unit.unitId,
    scope: { kind: "unit" as const, unitId: unit.unitId },
    name: unit.name,
  }));
  // Nobody is given a role for a seal that is gone.
  const ofSeals = seals
    .filter(({ state }) => !goneStates.includes(state))
    .map((seal) => ({
      key: seal.sealId,
      scope: { kind: "seal" as const, sealId: seal.sealId },
      name: seal.name,
    }));
  return [...(fits("entity") ? entities : []), ...(fits("unit") ? units : []), ...(fits("seal") ? ofSeals : [])];
}

/** A grant as it is typed, before it is known to be complete. */
export interface GrantForm {
  readonly role: string;
  readonly scopeKey: string;
  readonly from: string;
  readonly to: string;
  /** What could go wrong, where roles meet that only the profile lets meet. */
  readonly risk: string;
}

/** The grant that a form means; undefined while something is missing or the days run backwards. */
export function findGrant(
  form: GrantForm,
  options: readonly ScopeOption[],
  roles: readonly Role[],
): Omit<GrantBody, "personId"> | undefined {
  const role = roles.find((known) => known === form.role);
  const scope = options.find((option) => option.key === form.scopeKey)?.scope;
  if (!role || !scope || !/^\d{4}-\d{2}-\d{2}$/.test(form.from)) return undefined;
  if (form.to !== "" && form.to < form.from) return undefined;
  return { role, scope, from: form.from, to: form.to === "" ? null : form.to, risk: form.risk.trim() || null };
}

/** What a grant lacks before it can be asked about. */
export function listGrantGaps(form: GrantForm): Readonly<Record<"role" | "scope" | "from", GapKind | false>> {
  return {
    role: form.role === "" && "choose",
    scope: form.scopeKey === "" && "choose",
    from: form.from === "" && "choose",
  };
}

/** Today as an ISO day in the reader's time zone. */
export function todayIn(now: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now);
}
