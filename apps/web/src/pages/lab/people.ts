/** Who stands at the virtual box. The stranger's finger is known to nobody. */
export const people = {
  custodian: { u: "usr_custodian", cred: ["fp:1"] },
  administrator: { u: "usr_administrator", cred: ["fp:2"] },
  operator: { u: "usr_operator", cred: ["fp:17"] },
  supervisor: { u: "usr_supervisor", cred: ["fp:21"] },
  stranger: { u: "usr_stranger", cred: ["fp:40"] },
} as const;

export type PersonName = keyof typeof people;
export const personNames: readonly PersonName[] = ["operator", "supervisor", "custodian", "administrator", "stranger"];

/** Whose finger a handle is. */
export function findPerson(handle: string): PersonName | undefined {
  return personNames.find((name) => people[name].cred.some((cred) => cred === handle));
}

/** The papers that somebody may apply to stamp; their titles are in the texts, under `papers`. */
export const papers = [
  { name: "contract", code: "K7-42", copies: 2, pages: 12 },
  { name: "letter", code: "M3-08", copies: 1, pages: 1 },
  { name: "certificate", code: "Q9-15", copies: 3, pages: 1 },
] as const;

export type PaperNumber = 0 | 1 | 2;
/** The titles of the papers, in their order, each in both languages as the product keeps titles. */
export type PaperTitles = readonly [string, string, string];

/** The one seal of the lab: its name, its slot and the tag that the box reads at it. */
export const seal = { id: "seal_lab", slot: 0, face: 1, tag: "E28011606000" } as const;

/** Where the box may be: in its dock, on the desk beside it, down the street, across the town. */
export const places = {
  dock: [31.2304, 121.4737, 12],
  desk: [31.2304, 121.4737, 12],
  street: [31.2338, 121.4772, 12],
  town: [31.2601, 121.5122, 15],
} as const satisfies Record<string, readonly [number, number, number]>;
export type PlaceName = keyof typeof places;

/** How far from its dock the box may stamp, in metres. */
export const fence = 200;
