import type { MatterData } from "../matters/matter-forms.ts";
import type { MatterKind } from "../matters/queries.ts";

/** How a field of a matter of a seal's life is asked for and shown. */
export type LifeInput =
  | { readonly input: "bodies" | "body" }
  | { readonly input: "person" | "people" | "two-people"; readonly least?: number }
  | { readonly input: "text" | "lines" | "day"; readonly most: number; readonly optional?: true }
  | { readonly input: "millimetres"; readonly start: number; readonly most: number }
  | { readonly input: "choice"; readonly options: readonly string[] }
  | { readonly input: "tick" | "container" | "make" };
/** Names of fields: keys of `fields` in the texts of the area `life`. */
export type LifeField =
  | "bodyIds"
  | "bodyId"
  | "madeBy"
  | "receiverId"
  | "filingNumber"
  | "filedOn"
  | "specimenWidthMm"
  | "witnessId"
  | "scope"
  | "recipients"
  | "transferorId"
  | "books"
  | "containerId"
  | "tag"
  | "executorId"
  | "executors"
  | "method"
  | "where"
  | "holderId"
  | "matchesSpecimen"
  | "keyAlgorithm"
  | "cause"
  | "material"
  | "make";
type Fields = readonly (readonly [LifeField, LifeInput])[];

const bodies: Fields[number] = ["bodyIds", { input: "bodies" }];
const person = (name: LifeField): Fields[number] => [name, { input: "person" }];
const text = (name: LifeField, most: number): Fields[number] => [name, { input: "text", most }];
const optional = (name: LifeField, most: number): Fields[number] => [name, { input: "text", most, optional: true }];
const destruction: Fields = [
  bodies,
  ["executors", { input: "two-people" }],
  person("witnessId"),
  optional("method", 200),
];
const algorithms = ["ecdsa-p256", "rsa-2048", "rsa-3072"] as const;

/** What each kind asks for, in the order of the form; kinds about the whole seal alone have nothing here. */
export const lifeKinds = {
  "add-body": [["make", { input: "make" }]],
  "enter-piece": [
    optional("material", 60),
    optional("madeBy", 200),
    optional("filingNumber", 60),
    ["filedOn", { input: "day", most: 10, optional: true }],
    person("holderId"),
    ["specimenWidthMm", { input: "millimetres", start: 42, most: 120 }],
  ],
  "receive-piece": [bodies, text("madeBy", 200), person("receiverId")],
  "file-seal": [bodies, text("filingNumber", 60), ["filedOn", { input: "day", most: 10 }]],
  "keep-specimen": [
    ["bodyId", { input: "body" }],
    ["specimenWidthMm", { input: "millimetres", start: 50, most: 400 }],
    person("witnessId"),
  ],
  issue: [bodies, ["scope", { input: "lines", most: 1000 }], ["recipients", { input: "people" }]],
  resume: [bodies],
  surrender: [bodies, person("transferorId"), person("receiverId"), text("books", 500)],
  "seal-up": [
    bodies,
    ["containerId", { input: "container" }],
    text("tag", 40),
    person("executorId"),
    person("witnessId"),
  ],
  destroy: destruction,
  "destroy-key": destruction,
  "give-up-engraving": [bodies],
  "declare-void": [bodies],
  "find-seal": [bodies, text("where", 300), person("holderId"), ["matchesSpecimen", { input: "tick" }]],
  "renew-certificate": [["keyAlgorithm", { input: "choice", options: algorithms }]],
  "revoke-certificate": [["cause", { input: "choice", options: ["keyCompromise", "cessationOfOperation"] }]],
} as const satisfies Partial<Record<MatterKind, Fields>>;
export type LifeKind = keyof typeof lifeKinds;
export const fieldsOf = (kind: LifeKind): Fields => lifeKinds[kind];

const emptyOf = (input: LifeInput): unknown => {
  switch (input.input) {
    case "bodies":
    case "people":
      return [];
    case "two-people":
      return ["", ""];
    case "millimetres":
      return input.start;
    case "choice":
      return input.options[0] ?? "";
    case "tick":
      return false;
    case "day":
      return null;
    case "make":
      return undefined;
    default:
      return "";
  }
};

/** The data of a kind as its form begins, and as it goes on with what is there already. */
export function fillData(kind: LifeKind, data: MatterData): MatterData {
  const start: Record<string, unknown> = {};
  for (const [name, input] of fieldsOf(kind)) if (input.input !== "make") start[name] = emptyOf(input);
  if (kind === "add-body") Object.assign(start, { physical: { pieces: 1, material: "" }, electronic: null });
  return { ...start, ...data };
}

export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Adds an id to a list or takes it away. */
export function toggle(list: readonly string[], id: string, chosen: boolean): string[] {
  return chosen ? [...new Set([...list, id])] : list.filter((one) => one !== id);
}

export type LifeGap = "choose" | "bodies" | "two-people" | "type" | "day" | "millimetres";
const leastMillimetres = 3;

function gapOf(input: LifeInput, value: unknown): LifeGap | undefined {
  switch (input.input) {
    case "bodies":
      return textsOf(value).length === 0 ? "bodies" : undefined;
    case "body":
    case "person":
    case "container":
      return textOf(value) === "" ? "choose" : undefined;
    case "two-people":
      return new Set(textsOf(value).filter(Boolean)).size < 2 ? "two-people" : undefined;
    case "text":
    case "lines":
      return !input.optional && textOf(value).trim() === "" ? "type" : undefined;
    case "day":
      return !input.optional && textOf(value) === "" ? "day" : undefined;
    case "millimetres":
      return typeof value === "number" && value >= leastMillimetres && value <= input.most ? undefined : "millimetres";
    case "people":
    case "choice":
    case "tick":
    case "make":
      return undefined;
  }
}

/** What a field lacks, where it can not be done without; undefined for one that is answered. */
export function findLifeGap(kind: LifeKind, data: MatterData, name: LifeField): LifeGap | undefined {
  const input = fieldsOf(kind).find(([one]) => one === name)?.[1];
  return input && gapOf(input, data[name]);
}

/** The fields of a kind that lack their answer. */
export const listLifeGaps = (kind: LifeKind, data: MatterData): readonly LifeField[] =>
  fieldsOf(kind).flatMap(([name]) => (findLifeGap(kind, data, name) ? [name] : []));
