import type { ColumnType } from "kysely";
import type { Json, JsonList, MaybeText, MaybeWhen, When } from "./column-types.ts";

/** The tables of migrations/0050-by-hand.ts, 0052-printed-copies.ts, 0080-stamped-copies.ts,
 * 0091-final-copies.ts, 0150-booked-by-code.ts and 0155-retaken-photos.ts. */
export interface StampingTables {
  /** A stamping by hand: who opened it, when it ended, who looked at its photos. */
  stampings: {
    request_id: string;
    opened_by: string;
    opened_at: When;
    /** Whether somebody has to see it: known when it is opened, and not changed by what seals become later. */
    supervised: boolean;
    ended_by: MaybeText;
    ended_at: MaybeWhen;
    looked_by: MaybeText;
    looked_at: MaybeWhen;
    look_step_up: MaybeText;
    /** Of the photos he looked at. */
    looked_digest: MaybeText;
    /** Whether controllers press: who opened it is present, and their journals tell. */
    by_controller: ColumnType<boolean, boolean | undefined, never>;
    /** Whether its supervisor is elsewhere, and is asked before each press. */
    remote: ColumnType<boolean, boolean | undefined, never>;
    /** By what photos of a long stamping are drawn; told when it has ended. Null where it was opened before there was a draw. */
    draw_seed: ColumnType<string | null, string | undefined, never>;
    /** Whether its controllers press only in their docking stations. */
    docked: ColumnType<boolean, boolean | undefined, never>;
    /** The custodian has ended it, and the controllers have not said so yet. */
    end_asked_by: MaybeText;
    end_asked_at: MaybeWhen;
  };
  /** What was said of an impression that nobody could tell; the second of two that say the same agrees. */
  impression_rulings: {
    event_id: string;
    impression_id: string;
    verdict: string;
    reason: string;
    evidence_id: MaybeText;
    by_person: string;
    agrees: boolean;
    at: When;
  };
  /** Two impressions that exchanged their places, and the photo that shows why; writing it moves both. */
  impression_exchanges: {
    event_id: string;
    request_id: string;
    impression_id: string;
    other_id: string;
    from_copy: number;
    to_copy: number;
    from_document: string;
    from_position: number;
    to_document: string;
    to_position: number;
    evidence_id: string;
  };
  /** A photo that could not be read, and the one that was taken after it; writing it lets the later one count. */
  impression_retakes: {
    event_id: string;
    impression_id: string;
    earlier_id: string;
    evidence_id: string;
  };
  /** A document whose copies were printed with codes, and what its codes were made with. */
  printed_documents: {
    request_id: string;
    document_id: string;
    lines: JsonList;
    address: string;
    printed_by: string;
    printed_at: When;
  };
  /** What was said last of a stamped copy; nothing of one of which nobody has said where it went. */
  stamped_copies: {
    request_id: string;
    copy: number;
    state: string;
    /** To whom it was handed out, or where it is filed. */
    receiver: string;
    way: MaybeText;
    courier: string;
    reason: string;
    evidence_id: MaybeText;
    by_person: string;
    at: When;
  };
  /** The scan of a stamped copy that all have signed. */
  final_copies: {
    final_copy_id: string;
    request_id: string;
    copy: number;
    state: string;
    verdict: MaybeText;
    /** Each approved page, and each sheet that is none: FinalPage of the domain. */
    pages: Json;
    /** How many there are; null until they were counted. */
    sheets: ColumnType<number | null, number | null | undefined, number | null>;
    brought_by: string;
    brought_at: When;
    compared_at: MaybeWhen;
    ruling: MaybeText;
    reason: MaybeText;
    ruled_by: MaybeText;
    ruled_at: MaybeWhen;
  };
  final_copy_files: {
    final_copy_id: string;
    nth: number;
    evidence_id: string;
    brought_by: string;
    brought_at: When;
  };
  /** What was read of one sheet; its picture is drawn small, to be looked at. */
  final_copy_sheets: {
    final_copy_id: string;
    sheet: number;
    file: number;
    file_page: number;
    page: number | null;
    verdict: string;
    hint: MaybeText;
    places: Json;
    picture: string;
  };
  /** What a photo of a stamped page says against what was printed. */
  photo_readings: {
    impression_id: string;
    evidence_id: string;
    read_at: When;
    verdict: string;
    facts: Json;
  };
}
