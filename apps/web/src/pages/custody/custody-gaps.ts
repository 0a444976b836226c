import type { MatterData } from "../matters/matter-forms.ts";
import { listHandoverGaps, readHandover, readTakeOut, textOf } from "./custody-data.ts";

/** Fields of the forms of custody that somebody has to answer; each has its sentence under `forms.gaps`. */
export type CustodyGap =
  | ("people" | "place" | "deputy" | "witness" | "tag" | "until" | "shortHandover" | "whole")
  | ("piece" | "keeper" | "companion" | "documents" | "due" | "takeOut" | "paperTitle" | "checker");

const empty = (data: MatterData, names: Readonly<Partial<Record<CustodyGap, string>>>): CustodyGap[] =>
  (Object.keys(names) as CustodyGap[]).filter((gap) => textOf(data, names[gap] ?? "").trim() === "");

/** What each form of custody lacks before its draft is worth keeping; seals are asked for by the form around it. */
export const custodyGaps = {
  handover: (data: MatterData): CustodyGap[] => {
    const read = readHandover(data);
    const gaps = [...listHandoverGaps("people", read, "-"), ...listHandoverGaps("occasion", read, "-")];
    return gaps.filter((gap) => gap === "people" || gap === "place");
  },
  shortHandover: (data: MatterData): CustodyGap[] =>
    empty(data, { deputy: "deputyId", witness: "witnessId", tag: "tag", until: "until" }),
  // Whether the tag is whole is never answered by silence: neither yes nor no stands before somebody has looked.
  shortReturn: (data: MatterData): CustodyGap[] => [
    ...empty(data, { shortHandover: "handoverId", tag: "tag" }),
    ...(typeof data.whole === "boolean" ? [] : (["whole"] as const)),
  ],
  takeOut: (data: MatterData): CustodyGap[] => {
    const { escort, documents } = readTakeOut(data);
    return [
      ...empty(data, { piece: "bodyId", place: "place", due: "dueAt" }),
      ...(escort[0] ? [] : (["keeper"] as const)),
      ...(escort[1] && escort[1] !== escort[0] ? [] : (["companion"] as const)),
      ...(documents.some((one) => one.title.trim() === "") ? (["documents"] as const) : []),
    ];
  },
  takeOutExtension: (data: MatterData): CustodyGap[] => empty(data, { takeOut: "takeOutId", due: "dueAt" }),
  takeOutPaper: (data: MatterData): CustodyGap[] => empty(data, { takeOut: "takeOutId", paperTitle: "title" }),
  takeOutReturn: (data: MatterData): CustodyGap[] => empty(data, { takeOut: "takeOutId", checker: "checkerId" }),
} as const;
