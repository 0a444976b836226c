import type { MatterData } from "../matters/matter-forms.ts";
import type { MatterKind } from "../matters/queries.ts";

/** How a field of a matter of a seal's life is asked for and shown. */
export type LifeInput =
  | { readonly input: "bodies" | "body" }
  | { readonly input: "person" | "people" | "two-people"; readonly least?: number }
  | { readonly input: "text" | "lines" | "day"; readonly most: number }
  | { readonly input: "millimetres"; readonly start: number }
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
const destruction: Fields = [bodies, ["executors", { input: "two-people" }], person("witnessId"), text("method", 200)];
const algorithms = ["ecdsa-p256", "rsa-2048", "rsa-3072"] as const;

/** What each kind asks for, in the order of the form; kinds about the whole seal alone have nothing here. */
export const lifeKinds = {
  "add-body": [["make", { input: "make" }]],
  "enter-piece": [
    text("material", 60),
    text("madeBy", 200),
    text("filingNumber", 60),
    ["filedOn", { input: "day", most: 10 }],
    person("holderId"),
    ["specimenWidthMm", { input: "millimetres", start: 42 }],
  ],
  "receive-piece": [bodies, text("madeBy", 200), person("receiverId")],
  "file-seal": [bodies, text("filingNumber", 60), ["filedOn", { input: "day", most: 10 }]],
  "keep-specimen": [
    ["bodyId", { input: "body" }],
    ["specimenWidthMm", { input: "millimetres", start: 50 }],
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
