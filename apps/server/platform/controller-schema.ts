import type { ControllerState, ReadingVerdict, RemoteLapse, RemoteLookState } from "@chancery/domain";
import type { AuthorisationState } from "@chancery/seallink";
import type { ColumnType, Generated } from "kysely";
import type { AlarmMailState } from "./alarm-schema.ts";
import type { Big, Json, MaybeBig, MaybeJson, MaybeText, MaybeWhen, When } from "./column-types.ts";

type MaybeBytes = ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>;
type MaybeAlgorithm = ColumnType<
  "EdDSA" | "ES256" | null,
  "EdDSA" | "ES256" | null | undefined,
  "EdDSA" | "ES256" | null
>;
type MaybeCount = ColumnType<number | null, number | null | undefined, number | null>;

/** What `authority_keys` holds for controllers: their authority, and what signs SealLink. */
export type ControllerKeyKind =
  | "controller-authority"
  | "seallink-trust"
  | "seallink-authority-1"
  | "seallink-authority-2"
  | "seallink-ack";

export type SignatureKind = "authorisation" | "revocation" | "order" | "agreement" | "remote-refusal" | "settings";

/** The tables of migrations/0070-controllers.ts to 0072-controller-photos.ts, and of 0090-authority.ts. */
export interface ControllerTables {
  controllers: {
    controller_id: string;
    entity_id: string;
    serial: string;
    model: string;
    name_en: string;
    name_zh: string;
    container_id: MaybeText;
    state: ControllerState;
    registered_by: string;
    registered_at: When;
    revoked_by: MaybeText;
    revoked_at: MaybeWhen;
    revocation_reason: MaybeText;
  };
  controller_pairings: {
    pairing_id: string;
    controller_id: string;
    code_hash: Buffer;
    made_by: string;
    made_at: When;
    expires_at: When;
    tries_left: number;
    state: "open" | "presented" | "confirmed" | "declined" | "given-up";
    /** Set together once a box has presented the code. */
    ticket_hash: MaybeBytes;
    request: MaybeBytes;
    key_alg: MaybeAlgorithm;
    key_x: MaybeText;
    model: MaybeText;
    firmware: MaybeText;
    /** Impressions that the drive had counted before. */
    counters: ColumnType<string[] | null, number[] | null | undefined, number[] | null>;
    comparison_code: MaybeText;
    comparison_tries_left: MaybeCount;
    presented_at: MaybeWhen;
    confirmed_by: MaybeText;
    confirmed_at: MaybeWhen;
    /** The exact text whose digest the journal begins from. */
    answer: MaybeText;
  };
  controller_certificates: {
    serial: string;
    kind: "authority" | "controller";
    controller_id: MaybeText;
    der: Buffer;
    sha256: string;
    not_before: When;
    not_after: When;
    revoked_at: MaybeWhen;
    /** Until when it is taken beside its successor. */
    superseded_at: MaybeWhen;
  };
  controller_keys: { controller_id: string; kid: string; alg: "EdDSA" | "ES256"; x: string; added_at: When };
  controller_chains: {
    controller_id: string;
    epoch: number;
    /** Digest of what the epoch begins from. */
    begins_from: string;
    closed: boolean;
    last_seq: Big;
    head: string;
    counters: ColumnType<string[], number[], number[]>;
    boot: Big;
    open_stroke: MaybeJson;
    quarantined: MaybeText;
    skew_boot: Big;
    gap_told: boolean;
    /** The head that the ledger was told last. */
    noted_seq: ColumnType<string, number | undefined, number>;
    noted_at: MaybeWhen;
  };
  controller_records: {
    controller_id: string;
    epoch: number;
    seq: Big;
    hash: string;
    type: string;
    jti: MaybeText;
    device_at: When;
    received_at: When;
    record: string;
  };
  controller_records_pending: {
    controller_id: string;
    epoch: number;
    seq: Big;
    hash: string;
    record: string;
    received_at: When;
  };
  controller_refused: {
    refused_id: Generated<string>;
    controller_id: string;
    digest: string;
    code: string;
    detail: string;
    record: string;
    received_at: When;
  };
  controller_findings: {
    finding_no: Generated<string>;
    controller_id: string;
    epoch: number;
    seq: Big;
    code: string;
    detail: string;
    found_at: When;
  };
  controller_presence: {
    controller_id: string;
    /** An `offline` of an earlier session means nothing. */
    session: string;
    online: boolean;
    changed_at: When;
    heard_at: When;
    firmware: MaybeText;
    battery: MaybeCount;
    network: MaybeText;
    said_seq: MaybeBig;
  };
  /** The way out of a quarantine: a new epoch, with the counters as they were read. */
  controller_epoch_resets: {
    reset_id: string;
    controller_id: string;
    epoch: number;
    readings: ColumnType<string[], number[], never>;
    reason: string;
    /** Lapsed: its order's time was over when it was asked for once more, or the epoch began by another one. */
    state: "waiting" | "agreed" | "declined" | "done" | "lapsed";
    asked_by: string;
    asked_at: When;
    decided_by: MaybeText;
    decided_at: MaybeWhen;
    done_at: MaybeWhen;
  };
  controller_setting_changes: {
    change_id: string;
    controller_id: string;
    desired: Json;
    changed: ColumnType<string[], string[], never>;
    guarded: boolean;
    reason: string;
    state: "waiting" | "agreed" | "declined";
    asked_by: string;
    asked_at: When;
    decided_by: MaybeText;
    decided_at: MaybeWhen;
    /** Of the settings that were signed by it. */
    version: MaybeCount;
  };
  /** What each box said last of the settings in force; null while they are what was asked of it. */
  controller_twins: {
    controller_id: string;
    version: number;
    reported: Json;
    reported_at: When;
    differs_since: MaybeWhen;
  };
  controller_photos: {
    controller_id: string;
    /** As the signed record named it. */
    hash: string;
    kind: string;
    size_bytes: number;
    epoch: number;
    seq: Big;
    named_at: When;
    /** Null while it is owed. */
    digest: MaybeText;
    stored_at: MaybeWhen;
    missed: Generated<boolean>;
    /** Of an impression: the photo as people see it. */
    evidence_id: MaybeText;
    /** It came as it was signed for, and is no picture. */
    unfit: Generated<boolean>;
  };
  /** What the application asks the authority to sign; `done_at` once the box has carried out an order. */
  controller_asks: {
    ask_id: string;
    kind: SignatureKind;
    controller_id: string;
    request_id: MaybeText;
    body: Json;
    asked_by: MaybeText;
    asked_at: When;
    state: Generated<"asked" | "signed" | "refused">;
    jti: MaybeText;
    refusals: MaybeJson;
    decided_at: MaybeWhen;
    done_at: MaybeWhen;
  };
  /** Everything the authority signed; written by its role alone. */
  controller_signatures: {
    jti: string;
    controller_id: string;
    epoch: number;
    /** Serial number of the controller, strictly rising. */
    asn: Big;
    kind: SignatureKind;
    ask_id: string;
    request_id: MaybeText;
    body_id: MaybeText;
    /** Of an authorisation: most impressions. */
    most: MaybeCount;
    nbf: When;
    exp: When;
    kid: string;
    digest: string;
    token: string;
    event_id: string;
    signed_at: When;
  };
  /** Where an authorisation stands (SealLink 1, clause 4.2). */
  controller_authorisations: {
    jti: string;
    controller_id: string;
    request_id: string;
    body_id: string;
    most: number;
    state: AuthorisationState;
    sent_at: MaybeWhen;
  };
  /** An authorised stroke as its journal tells it, and the impression it made; null where it made none of ours. */
  controller_strokes: {
    controller_id: string;
    epoch: number;
    /** Of the record of its end. */
    seq: Big;
    jti: string;
    n: number;
    slot: number;
    out: "done" | "aborted" | "unknown";
    /** By what handle its operator was known to the box. */
    operator: string;
    counter: Big;
    /** By how much its drive counted more than its record says. */
    beyond: Generated<number>;
    at: When;
    impression_id: MaybeText;
  };
  /** A press that waits, or waited, for who supervises from elsewhere, with the picture he is shown. */
  remote_looks: {
    look_id: string;
    controller_id: string;
    epoch: number;
    /** Of the record that asks. */
    seq: Big;
    jti: string;
    n: number;
    request_id: string;
    impression_id: string;
    picture: string;
    /** Over request, impression, press and picture: what he agrees to. */
    digest: string;
    asked_at: When;
    expires_at: When;
    state: RemoteLookState;
    lapse: ColumnType<RemoteLapse | null, RemoteLapse | null | undefined, RemoteLapse | null>;
    /** Once the picture has arrived and can be seen. */
    evidence_id: MaybeText;
    unfit: Generated<boolean>;
    answered_by: MaybeText;
    answered_at: MaybeWhen;
    step_up_id: MaybeText;
    reason: MaybeText;
    /** How the mail that asks him fares. */
    mail: Generated<AlarmMailState>;
    mail_fault: MaybeText;
  };
  /** Each nightly comparison of what was signed with the ledger. */
  authority_checks: { at: When; unmatched: number };
  /** Each night's comparison of counters with stored strokes. */
  counter_checks: { at: When; differing: number };
  counter_readings: {
    check_id: string;
    body_id: string;
    controller_id: string;
    epoch: number;
    slot: number;
    read: MaybeBig;
    known: Big;
    read_by: string;
    read_at: When;
    verdict: ReadingVerdict;
  };
  authority_signing_keys: { kind: ControllerKeyKind; encrypted_key: Buffer };
  controller_photo_tickets: { ticket_hash: Buffer; controller_id: string; hash: string; expires_at: When };
  controller_photo_parts: { controller_id: string; hash: string; part: number; bytes: Buffer };
}
