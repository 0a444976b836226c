import { listCopies, type PlacedImpression } from "@chancery/domain";
import type { LoadedDocument, LoadedRequest, StoredPlacement } from "./load-request.ts";

/** A place of a seal that was approved; of paper on each copy. */
export interface ApprovedPlace extends PlacedImpression {
  readonly document: LoadedDocument;
  readonly placement: StoredPlacement;
  /** Which of the document's places it is. */
  readonly position: number;
}

/** On how many copies each place stands: one file, or the paper copies that were asked for. */
export const copiesOf = (row: { readonly use_mode: string; readonly copies: number | null }): number =>
  row.use_mode === "by-hand" ? (row.copies ?? 1) : 1;

/** Every impression a request asks for, in the order they are made: by hand one copy after the other. */
export function listPlaces({ row, documents }: Pick<LoadedRequest, "row" | "documents">): ApprovedPlace[] {
  const places = documents.flatMap((document) =>
    document.placements.map(
      (placement, position): ApprovedPlace => ({
        ...{ document, placement, position },
        ...{ sealId: placement.sealId, documentId: document.documentId },
      }),
    ),
  );
  if (row.use_mode !== "by-hand") return places;
  return listCopies(copiesOf(row), places).map(({ copy, place }) => ({ ...place, copy }));
}
