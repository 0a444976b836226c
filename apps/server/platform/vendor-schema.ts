import type { VendorAuthorisationState } from "@chancery/domain";
import type { ColumnType, Generated } from "kysely";
import type { MaybeJson, MaybeText, MaybeWhen, When } from "./column-types.ts";

type MaybeBytes = ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>;

/** The tables of migrations/0123-vendor-clouds.ts. */
export interface VendorTables {
  vendor_clouds: {
    cloud_id: string;
    entity_id: string;
    maker: "contract-lock";
    name_en: string;
    name_zh: string;
    /** Where it is asked. */
    address: string;
    /** Its times bear none. */
    time_zone: string;
    credentials: Buffer;
    call_hash: Buffer;
    signs_calls: boolean;
    state: "awaiting-confirmation" | "in-use" | "ended";
    registered_by: string;
    registered_at: When;
    confirmed_by: MaybeText;
    confirmed_at: MaybeWhen;
    ended_by: MaybeText;
    ended_at: MaybeWhen;
    end_reason: MaybeText;
  };
  vendor_controllers: {
    controller_id: string;
    cloud_id: string;
    device_no: string;
    tries_left: number;
    confirmed_by: MaybeText;
    confirmed_at: MaybeWhen;
  };
  vendor_people: { cloud_id: string; person_id: string; mobile: string; set_by: string; set_at: When };
  vendor_authorisations: {
    authorisation_id: string;
    cloud_id: string;
    controller_id: string;
    request_id: string;
    body_id: string;
    /** Who stamps, the only one it is for. */
    person_id: string;
    state: VendorAuthorisationState;
    asked_at: When;
    /** Set when it is sent: what is reserved then, and the hours it holds. */
    most: ColumnType<number | null, number | null | undefined, number | null>;
    begins_at: MaybeWhen;
    ends_at: MaybeWhen;
    sent_at: MaybeWhen;
    vendor_ref: MaybeText;
    vendor_auth: MaybeText;
    use_code: MaybeBytes;
    used: Generated<number>;
    /** When its cloud was last asked, and last answered. */
    asked_cloud_at: MaybeWhen;
    answered_at: MaybeWhen;
    fault: MaybeText;
    stop_asked_at: MaybeWhen;
    over_at: MaybeWhen;
    finished_at: MaybeWhen;
    refusals: MaybeJson;
  };
  vendor_strokes: { authorisation_id: string; n: number; impression_id: MaybeText; seen_at: When };
  vendor_photos: {
    cloud_id: string;
    vendor_ref: string;
    hash: string;
    name: string;
    kind: "use" | "face" | "emergency";
    stored_at: When;
    evidence_id: MaybeText;
    unfit: Generated<boolean>;
  };
  /** View: every stroke that was told of, by a signed record or by a cloud, and the impression it made. */
  told_strokes: {
    impression_id: string | null;
    request_id: string;
    out: "done" | "aborted" | "unknown";
    told_by: "record" | "vendor-cloud";
  };
  vendor_hints: {
    cloud_id: string;
    key: string;
    body: Buffer;
    body_hash: string;
    received_at: When;
    vendor_ref: MaybeText;
    state: "waiting" | "asked" | "unknown";
  };
}
