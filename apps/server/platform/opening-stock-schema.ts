import type { Big, MaybeWhen, When } from "./column-types.ts";

/** The tables of migrations/0015-opening-stock.ts. */
export interface OpeningStockTables {
  import_files: {
    file_id: string;
    kind: "sheet" | "picture";
    name: string;
    digest: string;
    size_bytes: Big;
    uploaded_by: string;
    uploaded_at: When;
    event_id: string;
    evidence_id: string | null;
    /** The impression alone, cut to its ink; `width_px` and `height_px` are those of the ink. */
    cleaned_digest: string | null;
    width_px: number | null;
    height_px: number | null;
  };
  imported_people: { person_id: string; matter_id: string; invited_at: MaybeWhen };
  old_books: {
    book_id: string;
    entity_id: string;
    register: string;
    title: string;
    from_on: string;
    to_on: string;
    last_number: string;
    place: string;
    closed_by: string;
    closed_at: When;
    event_id: string;
  };
  old_book_scans: { book_id: string; position: number; evidence_id: string };
}
