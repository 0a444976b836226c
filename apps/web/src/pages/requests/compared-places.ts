import type { RouteAnswer } from "../../api.ts";
import type { Box } from "./placement.ts";

export type Comparison = RouteAnswer<"GET /v1/seal-use-requests/:requestId/comparisons/:documentId">;
type Difference = Comparison["differences"][number];

export interface PlaceOnPage {
  readonly page: number;
  readonly boxes: readonly Box[];
  /** The lines it stands on, as far as their text goes: what has to be in sight to read it. */
  readonly lines: readonly Box[];
}
/** One thing to look at, with its place on either side; null where it is not there. */
export interface ComparedPlace {
  readonly key: string;
  readonly kind: Difference["kind"] | "page-inserted" | "page-removed" | "page-swapped" | "filled";
  readonly was: string;
  readonly is: string;
  /** Unchanged words around it, so that a letter is read in its phrase. */
  readonly before: string;
  readonly after: string;
  readonly field: { readonly name: string; readonly fault: NonNullable<Difference["field"]>["fault"] | null } | null;
  readonly lookAlike: boolean;
  readonly template: PlaceOnPage | null;
  readonly document: PlaceOnPage | null;
}

/** Whether both sides read the same, so that only where the words stand is another. */
export const isSameWords = ({ kind, was, is, lookAlike }: ComparedPlace): boolean =>
  (kind === "layout" || kind === "moved") && is !== "" && was === is && !lookAlike;

/** What a reviewer looks at: pages that came, went or moved, then words; of an unchanged document what was filled in. */
export function listComparedPlaces({ pages, differences, fields }: Comparison): readonly ComparedPlace[] {
  const none = { was: "", is: "", before: "", after: "", field: null, lookAlike: false };
  const whole = (page: number): PlaceOnPage => ({ page, boxes: [], lines: [] });
  const places: ComparedPlace[] = [
    ...pages.inserted.map((page) => ({
      ...{ ...none, key: `i${page}`, kind: "page-inserted" as const, template: null, document: whole(page) },
    })),
    ...pages.removed.map((page) => ({
      ...{ ...none, key: `r${page}`, kind: "page-removed" as const, template: whole(page), document: null },
    })),
    ...pages.swapped.map(({ template, document }) => ({
      ...{ ...none, key: `s${template}`, kind: "page-swapped" as const },
      ...{ template: whole(template), document: whole(document) },
    })),
    ...differences.map((one, at) => ({
      ...{ key: `d${at}`, kind: one.kind, was: one.template.text, is: one.document.text, lookAlike: one.lookAlike },
      ...{ before: one.before, after: one.after },
      ...{ field: one.field, template: firstPage(one.template), document: firstPage(one.document) },
    })),
  ];
  if (places.length > 0) return places;
  return fields.map(({ name, text, page, box }, at) => ({
    ...{ ...none, key: `f${at}`, kind: "filled" as const, is: text, field: { name, fault: null } },
    ...{ template: null, document: { page, boxes: [box], lines: [box] } },
  }));
}

/** The page a passage begins on, and all its lines there. */
function firstPage({ places }: Difference["template"]): PlaceOnPage | null {
  const [first] = places;
  if (!first) return null;
  const here = places.filter(({ page }) => page === first.page);
  return { page: first.page, boxes: here.map(({ box }) => box), lines: here.map(({ line }) => line) };
}
