import type { PdfFile } from "../reader/pdf-file.ts";
import { findDictionary, findEntry, findNameText, type PdfDictionary, type PdfValue } from "../reader/pdf-value.ts";

/** A node of the form's tree: a field, a group of fields, or a widget that is not its field's own dictionary. */
export type FormNode = {
  /** Fully qualified name; a widget or a nameless node has its parent's. */
  readonly name: string;
  /** Object number, or null where the node stands directly in its parent's array. */
  readonly number: number | null;
  /** Stable across revisions: the object number, or the place in the tree. */
  readonly key: string;
  readonly dictionary: PdfDictionary;
  /** /FT, inherited (ISO 32000-2, 12.7.4.1). */
  readonly fieldType: string | null;
  /** /Ff, inherited. */
  readonly flags: number;
  /** /V as it stands, inherited by widgets; null where there is none. */
  readonly value: PdfValue | null;
  readonly isWidget: boolean;
  readonly hasKids: boolean;
  readonly parentKey: string | null;
};

const NODE_LIMIT = 200_000;
const DEPTH_LIMIT = 40;

/** Work that all walks over one file share, so that many revisions cannot multiply a large form. */
export type WalkBudget = { left: number };

export function createWalkBudget(): WalkBudget {
  return { left: NODE_LIMIT * 4 };
}

/** Every node of the form in a revision, parents before children; a node met twice counts once. */
function listFormNodes(file: PdfFile, revision: number, budget: WalkBudget): FormNode[] {
  const nodes: FormNode[] = [];
  const seen = new Set<number>();
  const walk = (value: PdfValue, parent: FormNode | null, place: string, depth: number): void => {
    if (depth > DEPTH_LIMIT || nodes.length > NODE_LIMIT || --budget.left < 0) return;
    const number = value.kind === "reference" ? value.number : null;
    if (number !== null && seen.has(number)) return;
    if (number !== null) seen.add(number);
    const dictionary = findDictionary(file.resolve(value, revision));
    if (dictionary === null) return;
    const partial = file.get(dictionary, "T", revision);
    const text = partial?.kind === "string" ? readTextString(partial.bytes) : null;
    const parentName = parent?.name ?? "";
    const kids = file.get(dictionary, "Kids", revision);
    const flags = file.get(dictionary, "Ff", revision);
    const node: FormNode = {
      name: text === null ? parentName : parentName === "" ? text : `${parentName}.${text}`,
      number,
      key: number === null ? place : `#${number}`,
      dictionary,
      fieldType: findNameText(file.get(dictionary, "FT", revision)) ?? parent?.fieldType ?? null,
      flags: flags?.kind === "number" ? flags.value : (parent?.flags ?? 0),
      value: findEntry(dictionary, "V") ?? parent?.value ?? null,
      isWidget: findNameText(file.get(dictionary, "Subtype", revision)) === "Widget",
      hasKids: kids?.kind === "array" && kids.items.length > 0,
      parentKey: parent?.key ?? null,
    };
    nodes.push(node);
    if (kids?.kind !== "array") return;
    for (const [i, kid] of kids.items.entries()) walk(kid, node, `${node.key}/${i}`, depth + 1);
  };
  const fields = file.get(file.get(file.catalog(revision), "AcroForm", revision), "Fields", revision);
  if (fields?.kind === "array") for (const [i, field] of fields.items.entries()) walk(field, null, `/${i}`, 0);
  return nodes;
}

/** Lists form nodes revision by revision; where an update touches nothing the form was read from, the last answer serves. */
export type FormReader = (revision: number) => readonly FormNode[];

export function createFormReader(file: PdfFile, budget: WalkBudget): FormReader {
  const known: { revision: number; nodes: readonly FormNode[]; readFrom: ReadonlySet<number> }[] = [];
  const rootOf = (revision: number): number | null => {
    const root = findEntry(file.trailer(revision), "Root");
    return root?.kind === "reference" ? root.number : null;
  };
  const isUntouched = (revision: number, readFrom: ReadonlySet<number>): boolean => {
    if (rootOf(revision) === null || rootOf(revision) !== rootOf(revision - 1)) return false;
    for (const section of file.revisions[revision]?.sections ?? []) {
      for (const number of section.numbers()) if (readFrom.has(number)) return false;
    }
    return true;
  };
  return (revision) => {
    const same = known.find((item) => item.revision === revision);
    if (same !== undefined) return same.nodes;
    const previous = known.find((item) => item.revision === revision - 1);
    const reused = previous !== undefined && isUntouched(revision, previous.readFrom) ? previous : null;
    const nodes = reused?.nodes ?? listFormNodes(file, revision, budget);
    known.push({ revision, nodes, readFrom: reused?.readFrom ?? findSources(file, revision, nodes) });
    if (known.length > 2) known.shift();
    return nodes;
  };
}

/** The numbers of all objects whose change can change the walk's answer, some more among them. */
function findSources(file: PdfFile, revision: number, nodes: readonly FormNode[]): Set<number> {
  const sources = new Set<number>();
  const add = (value: PdfValue | null): void => {
    if (value?.kind === "reference") sources.add(value.number);
    else if (value?.kind === "array") for (const item of value.items) add(item);
    else if (value?.kind === "dictionary") for (const { value: entry } of value.entries.values()) add(entry);
  };
  const form = file.get(file.catalog(revision), "AcroForm", revision);
  add(findEntry(file.trailer(revision), "Root"));
  add(findEntry(file.catalog(revision), "AcroForm"));
  add(form);
  add(file.get(form, "Fields", revision));
  for (const node of nodes) {
    if (node.number !== null) sources.add(node.number);
    add(node.dictionary);
    add(file.get(node.dictionary, "Kids", revision));
  }
  return sources;
}

/** A text string (ISO 32000-2, 7.9.2.2): UTF-16BE or UTF-8 by its mark, else taken as Latin-1. */
export function readTextString(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = buffer.subarray(2, buffer.length - (buffer.length % 2));
    return Buffer.from(even).swap16().toString("utf16le");
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return buffer.subarray(3).toString("utf8");
  return buffer.toString("latin1");
}

/** A signature value in a field, and since when it stands there. */
export type SealPlace = {
  readonly fieldName: string;
  readonly fieldNumber: number | null;
  readonly field: PdfDictionary;
  readonly signature: PdfDictionary;
  /** The first revision in which the field has this value. */
  readonly firstRevision: number;
  /** False where a later revision took the value or the field away. */
  readonly isStillThere: boolean;
};

/** All signature values of all revisions, in order of appearance. Null where the file is too large to walk. */
export function listSealPlaces(file: PdfFile, budget: WalkBudget, listNodes: FormReader): SealPlace[] | null {
  const places = new Map<string, SealPlace>();
  for (let revision = 0; revision <= file.lastRevision; revision++) {
    const isLast = revision === file.lastRevision;
    for (const node of listNodes(revision)) {
      if (node.fieldType !== "Sig") continue;
      const signature = file.get(node.dictionary, "V", revision);
      if (signature?.kind !== "dictionary") continue;
      const key = `${signature.start}`;
      const known = places.get(key);
      places.set(key, {
        fieldName: node.name,
        fieldNumber: node.number,
        field: node.dictionary,
        signature,
        firstRevision: known?.firstRevision ?? revision,
        isStillThere: isLast,
      });
    }
    if (budget.left < 0 || file.isExhausted) return null;
  }
  return [...places.values()];
}
