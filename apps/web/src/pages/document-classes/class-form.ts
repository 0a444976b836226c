import type { MatterData } from "../matters/matter-forms.ts";
import type { ClassVersion, DocumentClass } from "./queries.ts";

export const ELECTRONIC_USES = ["first", "possible", "no"] as const;
type ElectronicUse = (typeof ELECTRONIC_USES)[number];

/** What a matter asks of a class, as a form begins with it. */
export interface ClassForm {
  /** The class that is changed; null where one is added. */
  readonly classId: string | null;
  readonly base: string;
  readonly version: number;
  readonly name: { readonly en: string; readonly zh: string };
  readonly makesRights: boolean;
  readonly external: boolean;
  readonly confidential: boolean;
  readonly electronic: ElectronicUse;
  readonly electronicReason: { readonly en: string; readonly zh: string };
  readonly sealKinds: readonly string[];
  readonly words: readonly string[];
  readonly retired: boolean;
}

/** A new class begins as the one it is based on, with the seals that may stand on that one; a change begins as the class is. */
export function beginClass(from: DocumentClass, asNew: boolean): ClassForm {
  const { makesRights, external, confidential, electronic, electronicReason, retired } = from;
  const facts = { makesRights, external, confidential, electronic, electronicReason };
  return asNew
    ? {
        ...{ classId: null, base: from.base, version: 0, name: { en: "", zh: "" }, ...facts },
        ...{ sealKinds: from.kinds.map((kind) => kind.kindId), words: [], retired: false },
      }
    : {
        ...{ classId: from.documentClass, base: from.base, version: from.version, name: from.name, ...facts },
        ...{ sealKinds: from.own ? from.sealKinds : [], words: from.words, retired },
      };
}

/** The form begun anew on another base: what was written of the class alone stays. */
export const rebase = (form: ClassForm, base: DocumentClass): ClassForm => ({
  ...beginClass(base, true),
  ...{ name: form.name, words: form.words },
});

const isText = (value: unknown): value is string => typeof value === "string";
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isText) : []);
function both(value: unknown): { en: string; zh: string } {
  const of = (key: "en" | "zh"): string => {
    const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : "";
    return isText(found) ? found : "";
  };
  return { en: of("en"), zh: of("zh") };
}

/** The form of a matter that was begun, whatever of it is there. */
export function readClassForm(data: MatterData): ClassForm {
  return {
    classId: isText(data.classId) ? data.classId : null,
    base: isText(data.base) ? data.base : "contract",
    version: typeof data.version === "number" ? data.version : 0,
    ...{ name: both(data.name), electronicReason: both(data.electronicReason) },
    ...{ makesRights: data.makesRights === true, external: data.external === true },
    ...{ confidential: data.confidential === true, retired: data.retired === true },
    electronic: ELECTRONIC_USES.find((one) => one === data.electronic) ?? "first",
    ...{ sealKinds: texts(data.sealKinds), words: texts(data.words) },
  };
}

/** Words of a line of text, each once; commas of both kinds part them. */
export const readWords = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，、;；\n]/u)
      .map((word) => word.trim())
      .filter((word) => word !== ""),
  ),
];

export type ClassPart = Exclude<keyof ClassForm, "classId" | "base" | "version">;
const parts: readonly ClassPart[] = [
  ...(["name", "makesRights", "external", "confidential", "electronic", "electronicReason"] as const),
  ...(["sealKinds", "words", "retired"] as const),
];

/** What of a class a change would make different; of a new one, everything it says. */
export function listClassChanges(now: ClassVersion | null, wanted: ClassForm): ClassPart[] {
  const isSaid = (part: ClassPart): boolean =>
    part === "words" || part === "sealKinds"
      ? wanted[part].length > 0
      : part === "electronicReason"
        ? wanted[part].en !== ""
        : part === "confidential"
          ? wanted.confidential
          : part !== "retired";
  if (!now) return parts.filter(isSaid);
  return parts.filter((part) => {
    // A starter class names no seals: their kinds do.
    if (part === "sealKinds" && wanted.sealKinds.length === 0) return false;
    return JSON.stringify(now[part]) !== JSON.stringify(wanted[part]);
  });
}

/** Whether it can be asked for; what the rules say of it is told by the matter. */
export const isReady = ({ name, classId, sealKinds, electronic, electronicReason }: ClassForm): boolean =>
  name.en.trim() !== "" &&
  name.zh.trim() !== "" &&
  (sealKinds.length > 0 || (classId !== null && !classId.includes("--"))) &&
  (electronic === "first" ||
    electronic === "possible" ||
    (electronicReason.en.trim() !== "" && electronicReason.zh.trim() !== ""));
