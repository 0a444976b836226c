import type { FactsRead } from "./declared-facts.ts";
import { headLines } from "./papers-in-text.ts";
import { isOwnParty, type PartyRead } from "./parties-in-text.ts";

/** Of everything that was read only what is asked again: small enough to be kept beside the document. */
export function condenseFacts(read: FactsRead): FactsRead {
  const { papers = [] } = read;
  const wanted = new Set<number>([
    // What the paper calls itself stands at its head.
    ...Array.from({ length: Math.min(headLines, read.lines.length) }, (_, at) => at),
    ...(read.documentClass ? [read.documentClass.line] : []),
    ...[...read.parties, ...(read.companies ?? []), ...read.amounts].map(({ line }) => line),
    ...[read.outsiders, read.deal, read.hidden].filter((line) => typeof line === "number"),
    ...(read.closing ?? []),
    ...papers.flatMap(({ line, documentClass }) => [
      ...Array.from({ length: Math.min(headLines, read.lines.length - line) }, (_, at) => line + at),
      ...(documentClass ? [documentClass.line] : []),
    ]),
  ]);
  const kept = [...wanted].toSorted((a, b) => a - b).slice(0, mostLines);
  const places = new Map(kept.map((line, at) => [line, at]));
  const moved = <T extends { readonly line: number }>(items: readonly T[]): T[] =>
    items.flatMap((item) => {
      const line = places.get(item.line);
      return line === undefined ? [] : [{ ...item, line }];
    });
  const [documentClass = null] = moved(read.documentClass ? [read.documentClass] : []);
  return {
    ...{ documentClass, parties: moved(read.parties), counterparties: moved(read.counterparties) },
    ...{ amounts: moved(read.amounts), dates: [], hasScans: read.hasScans },
    ...(papers.length > 0
      ? {
          papers: moved(papers).map((paper) => ({
            ...paper,
            documentClass: moved(paper.documentClass ? [paper.documentClass] : [])[0] ?? null,
          })),
        }
      : {}),
    ...(read.tongue ? { tongue: read.tongue, inTwoTongues: read.inTwoTongues === true } : {}),
    ...(read.unscanned ? { unscanned: read.unscanned } : {}),
    ...(read.pictured ? { pictured: read.pictured } : {}),
    ...(read.companies ? { companies: moved(read.companies) } : {}),
    ...(read.sketch ? { sketch: read.sketch } : {}),
    ...(read.unreadLanguage ? { unreadLanguage: true } : {}),
    ...(read.closing ? { closing: read.closing.flatMap((line) => places.get(line) ?? []) } : {}),
    ...(read.otherwise ? { otherwise: read.otherwise } : {}),
    outsiders: typeof read.outsiders === "number" ? (places.get(read.outsiders) ?? null) : null,
    deal: typeof read.deal === "number" ? (places.get(read.deal) ?? null) : null,
    hidden: typeof read.hidden === "number" ? (places.get(read.hidden) ?? null) : null,
    lines: kept.flatMap((line) => {
      const found = read.lines[line];
      return found ? [{ ...found, text: found.text.slice(0, 400) }] : [];
    }),
  };
}
const mostLines = 2000;

/** Whose names are the organisation's own can change; who is a counterparty is asked when it is decided. */
export function withOwnNames(read: FactsRead, ownNames: readonly string[]): FactsRead {
  const isOther = ({ name }: PartyRead): boolean => name !== "" && !isOwnParty(name, ownNames);
  return {
    ...read,
    counterparties: read.parties.filter(isOther),
    ...(read.companies ? { companies: read.companies.filter(isOther) } : {}),
  };
}
