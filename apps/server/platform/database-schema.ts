import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { AlarmTables } from "./alarm-schema.ts";
import type { ClassTables } from "./class-schema.ts";
import type { Big, Json, JsonList, MaybeDay, MaybeJson, MaybeText, MaybeWhen, Now, When } from "./column-types.ts";
import type { ConfidentialTables } from "./confidential-schema.ts";
import type { ControllerKeyKind, ControllerTables } from "./controller-schema.ts";
import type { CustodyTables } from "./custody-schema.ts";
import type { DelegationTables } from "./delegation-schema.ts";
import type { DocumentSeriesTables } from "./document-series-schema.ts";
import type { EmergencyTables } from "./emergency-schema.ts";
import type { FitnessTables } from "./fitness-schema.ts";
import type { FormTables } from "./form-schema.ts";
import type { KeepingTables } from "./keeping-schema.ts";
import type { LifeTables } from "./life-schema.ts";
import type { LodgingTables } from "./lodging-schema.ts";
import type { OpeningStockTables } from "./opening-stock-schema.ts";
import type { RegisterTables } from "./register-schema.ts";
import type { RuleBookTables } from "./rule-book-schema.ts";
import type { RulesTables } from "./rules-schema.ts";
import type { StampingTables } from "./stamping-schema.ts";
import type { StandingTables } from "./standing-schema.ts";
import type { TemplateTables } from "./template-schema.ts";
import type { VendorTables } from "./vendor-schema.ts";

/** The tables of migrations/ as Kysely sees them; those of later migrations stand in files of their own. */
export interface Tables
  extends KeepingTables,
    CustodyTables,
    LifeTables,
    RegisterTables,
    DelegationTables,
    FitnessTables,
    RuleBookTables,
    FormTables,
    OpeningStockTables,
    EmergencyTables,
    StampingTables,
    StandingTables,
    ClassTables,
    ConfidentialTables,
    DocumentSeriesTables,
    AlarmTables,
    ControllerTables,
    LodgingTables,
    RulesTables,
    TemplateTables,
    VendorTables {
  installation: {
    only_row: Generated<boolean>;
    organisation_id: string | null;
    state: string;
    profile: Generated<string>;
    /** The rules an organisation begins with; null: by its profile. */
    starter_set: MaybeText;
    name_en: string | null;
    name_zh: string | null;
    setup_code_hash: Buffer | null;
    created_at: Now;
  };
  entities: {
    entity_id: string;
    organisation_id: string;
    name_en: string;
    name_zh: string;
    code: string;
    time_zone: string;
    weekend: Generated<number[]>;
    legal_representative_id: MaybeText;
    created_at: When;
  };
  units: {
    unit_id: string;
    entity_id: string;
    parent_unit_id: string | null;
    name_en: string;
    name_zh: string;
    created_at: When;
    closed_at: MaybeWhen;
    /** The unit that took its place; with `closed_at`. */
    merged_into: MaybeText;
    ended_by_matter: MaybeText;
    /** What the organisation calls it in its own sheets. */
    code: MaybeText;
  };
  people: {
    person_id: string;
    organisation_id: string;
    entity_id: string | null;
    unit_id: string | null;
    name_en: string;
    name_zh: string;
    login: string;
    guest: Generated<boolean>;
    state: string;
    asked_by: MaybeText;
    ledger_salt: Buffer;
    password_hash: string | null;
    credential_reset_at: MaybeWhen;
    last_sign_in_at: MaybeWhen;
    created_at: When;
  };
  grants: {
    grant_id: string;
    person_id: string;
    role: string;
    scope_kind: "entity" | "unit" | "seal";
    scope_id: string;
    from_on: string;
    to_on: MaybeDay;
    state: "waiting" | "given" | "ended";
    granted_by: string | null;
    granted_at: When;
    ended_at: MaybeWhen;
    end_reason: MaybeText;
    account_change_id: MaybeText;
    risk: Generated<string | null>;
    /** In which order grants were written. */
    nr: Generated<string>;
  };
  account_changes: {
    account_change_id: string;
    kind: "new-person" | "credential-reset" | "grant";
    person_id: string;
    asked_by: string;
    asked_at: When;
    reason: string | null;
    state: "waiting" | "confirmed" | "declined";
    decided_by: string | null;
    decided_at: MaybeWhen;
  };
  invitations: { token_hash: Buffer; person_id: string; reset: boolean; expires_at: When; used_at: MaybeWhen };
  sessions: {
    token_hash: Buffer;
    person_id: string;
    csrf_token: string;
    method: string;
    created_at: When;
    seen_at: When;
    expires_at: When;
  };
  passkeys: {
    passkey_id: string;
    person_id: string;
    credential_id: string;
    public_key: Buffer;
    counter: Big;
    transports: Generated<string[]>;
    label: string;
    created_at: When;
    last_used_at: MaybeWhen;
  };
  challenges: {
    challenge_id: string;
    purpose: string;
    person_id: string | null;
    challenge: string;
    expires_at: When;
    used_at: MaybeWhen;
  };
  step_ups: {
    step_up_id: string;
    person_id: string;
    act: string;
    subject_id: string;
    digest: string;
    challenge: string;
    expires_at: When;
    used_at: MaybeWhen;
    method: "passkey" | "password" | "sample" | null;
    assertion: ColumnType<Record<string, unknown> | null, string | null | undefined, string | null>;
  };
  idempotency_keys: {
    person_id: string;
    key: string;
    route: string;
    body_digest: string;
    status: number | null;
    answer: ColumnType<unknown, string | null | undefined, string | null>;
    created_at: Now;
  };
  sign_in_failures: { attempt_id: Generated<Big>; login_digest: Buffer; address_digest: Buffer; failed_at: When };
  files: { digest: string; size_bytes: Big; media_type: string; stored_at: When };
  seals: {
    seal_id: string;
    number: string;
    type: string;
    entity_id: string;
    unit_id: string | null;
    name_en: string;
    name_zh: string;
    external: boolean;
    important: boolean;
    state: string;
    frozen_reason: string | null;
    face: Json;
    face_shape: GeneratedAlways<"circle" | "oval" | "square" | "rectangle" | null>;
    width_mm: number;
    height_mm: number;
    registered_at: When;
    version: Generated<number>;
    matter_id: string | null;
    replaces_seal_id: string | null;
    type_version: Generated<number>;
    /** An own kind of the organisation; null where its type is its kind. */
    kind_id: MaybeText;
  };
  seal_keys: {
    seal_id: string;
    algorithm: string;
    encrypted_key: Buffer | null;
    public_key: Buffer;
    created_at: When;
    destroyed_at: MaybeWhen;
  };
  certificates: {
    serial: string;
    kind: "root" | "issuing" | "seal";
    seal_id: string | null;
    subject: string;
    der: Buffer;
    sha256: string;
    not_before: When;
    not_after: When;
    revoked_at: MaybeWhen;
    revocation_reason: string | null;
    /** In which order they were issued. */
    nr: Generated<string>;
  };
  authority_keys: {
    kind: "root" | "issuing" | "ledger" | ControllerKeyKind;
    encrypted_key: Buffer;
    public_key: Buffer;
    created_at: When;
  };
  revocation_lists: { number: Big; der: Buffer; this_update: When; next_update: When };
  face_images: {
    image_id: string;
    uploaded_by: string;
    digest: string;
    width_px: number;
    height_px: number;
    uploaded_at: When;
  };
  documents: {
    document_id: string;
    name: string;
    digest: string;
    size_bytes: Big;
    pages: JsonList;
    signatures: number;
    unfinished: JsonList;
    uploaded_by: string;
    uploaded_at: When;
  };
  number_counters: { entity_id: string; year: number; last: number };
  seal_use_requests: {
    request_id: string;
    number: string | null;
    state: string;
    version: Generated<number>;
    entity_id: string | null;
    unit_id: string | null;
    applicant_id: string;
    handler_id: string | null;
    title: string;
    document_class: string | null;
    external: boolean;
    counterparty: string;
    amount: string | null;
    currency: string;
    purpose: string;
    wanted_by: MaybeDay;
    valid_until: MaybeDay;
    digest: string | null;
    round: Generated<number>;
    created_at: When;
    updated_at: When;
    submitted_at: MaybeWhen;
    authorised_at: MaybeWhen;
    closed_at: MaybeWhen;
    released_by: string | null;
    released_at: MaybeWhen;
    release_step_up: string | null;
    confirmed_by: string | null;
    confirmed_at: MaybeWhen;
    confirm_step_up: string | null;
    sealing_state: Generated<string>;
    sealing_problem: string | null;
    counterparty_kind: MaybeText;
    /** What the applicant says where a document says another thing. */
    fact_answers: ColumnType<unknown[], string | undefined, string>;
    /** What decided when it was submitted; null before, and for requests older than that. */
    facts_seen: MaybeJson;
    /** The rules it was submitted under, and the rows of them that fired. */
    rules_version: MaybeText;
    rules_fired: MaybeJson;
    limits: MaybeJson;
    /** What the applicant answers, by the keys of the questions; and what was asked when it was submitted. */
    question_answers: ColumnType<unknown[], string | undefined, string>;
    questions: ColumnType<unknown[] | null, string | null | undefined, string | null>;
    /** Of an emergency use: why it can not wait, and when it ends. */
    emergency_reason: MaybeText;
    emergency_until: MaybeWhen;
    /** The standing authorisation it is used under. */
    standing_id: MaybeText;
    /** Why only its readers open it; null of an ordinary request. */
    confidential_reason: MaybeText;
    series_id: MaybeText;
    /** The joint request it is one side of, and which: the first is the one it was asked from. */
    joint_id: MaybeText;
    joint_side: ColumnType<1 | 2 | null, 1 | 2 | null | undefined, 1 | 2 | null>;
    /** How its seals are used; by hand also on how many copies, and why on paper where an electronic seal comes first. */
    use_mode: Generated<"electronic" | "by-hand">;
    /** Of paper: whether its custodian opens it for a controller; asked with each release. */
    by_controller: Generated<boolean>;
    /** Of a controller: whether the supervisor is elsewhere and is asked before each press. */
    remote: Generated<boolean>;
    /** Of a controller: whether it presses only in its docking station. */
    docked: Generated<boolean>;
    copies: ColumnType<number | null, number | null | undefined, number | null>;
    paper_reason: MaybeText;
    /** Of foreign paper: who printed it. */
    paper_printed_by: MaybeText;
    /** The matter whose blank sheets it asks for, where it was begun from their page. */
    sheets_of: ColumnType<string | null, string | null | undefined, never>;
    /** Of a make-up stamping: the request whose copy it replaces, which copy, why, and the evidence of it. */
    make_up_of: ColumnType<string | null, string | null | undefined, never>;
    make_up_copy: ColumnType<number | null, number | null | undefined, never>;
    make_up_cause: ColumnType<string | null, string | null | undefined, never>;
    make_up_reason: ColumnType<string | null, string | null | undefined, never>;
    make_up_evidence: ColumnType<string | null, string | null | undefined, never>;
    /** What its agreements rest on, part by part, as digests. */
    parts: MaybeJson;
  };
  request_documents: {
    request_id: string;
    document_id: string;
    position: number;
    placements: JsonList;
    answers: JsonList;
    sealed_digest: string | null;
    sealed_size: ColumnType<string | null, string | number | null | undefined, string | number | null>;
    sealed_at: MaybeWhen;
  };
  request_steps: {
    step_id: string;
    request_id: string;
    round: number;
    position: number;
    kind: string;
    state: string;
    candidates: string[];
    rule: Json;
    decided_by: string | null;
    decided_at: MaybeWhen;
    comment: string | null;
    method: string | null;
    step_up_id: string | null;
    /** The step of an earlier round in which it was agreed to. */
    kept_from: MaybeText;
    delegation_id: MaybeText;
    stage: number;
    group_id: string;
    title_en: MaybeText;
    title_zh: MaybeText;
    hours: ColumnType<number | null, number | null | undefined, never>;
    due_at: MaybeWhen;
    reminded_at: MaybeWhen;
    escalated_at: MaybeWhen;
    /** How often it was asked in its round. */
    asking: Generated<number>;
    /** By whose ruling it fell away before it began, and why. */
    dropped: ColumnType<Record<string, unknown> | null, never, string>;
  };
  /** Who is shown a request though he decides nothing of it. */
  request_copies: {
    request_id: string;
    person_id: string;
    cause: string;
    by_person: string;
    at: When;
  };
  impressions: {
    impression_id: string;
    request_id: string;
    document_id: string;
    seal_id: string;
    position: number;
    placement: Json;
    state: string;
    authorisation: Json;
    input_digest: string;
    prepared_at: MaybeWhen;
    signature: Buffer | null;
    sealed_digest: string | null;
    reserved_at: When;
    sealed_at: MaybeWhen;
    settled_at: MaybeWhen;
    released_at: MaybeWhen;
    /** By hand: which paper copy, the piece that presses, the photo, and when it was what. */
    copy: Generated<number>;
    /** The copy whose turn it was, where its photo or another one showed that it is of another. */
    turn_copy: ColumnType<number | null, undefined, never>;
    /** Likewise the document, which of its places and the page, from 0, whose turn it was. */
    turn_document: ColumnType<string | null, undefined, never>;
    turn_position: ColumnType<number | null, undefined, never>;
    turn_page: ColumnType<number | null, undefined, never>;
    body_id: MaybeText;
    evidence_id: MaybeText;
    pressed_at: MaybeWhen;
    /** Whether a controller's journal tells of it; its photo comes later. */
    by_stroke: Generated<boolean>;
    spoiled_at: MaybeWhen;
    unknown_at: MaybeWhen;
  };
  events: {
    event_id: string;
    type: string;
    at: When;
    actor_id: string | null;
    request_id: string | null;
    seal_id: string | null;
    person_id: string | null;
    facts: Json;
    comment: string | null;
    comment_salt: Buffer | null;
    leaf_hash: Buffer;
    matter_id: string | null;
  };
  ledger_head: { log_id: string; size: Big; frontier: Buffer };
  ledger_pending: { id: Generated<string>; log_id: string; enqueued_at: Now; leaf_hash: Buffer; body: Buffer };
  ledger_entries: { log_id: string; seq: Big; leaf_hash: Buffer; body: Buffer; created_at: Now };
  ledger_tiles: { log_id: string; level: number; idx: Big; width: number; data: Buffer };
  ledger_checkpoints: { log_id: string; size: Big; root: Buffer; note: string; created_at: Now };
  ledger_checks: { check_id: Generated<string>; at: Now; leaves: Big; findings: JsonList };
}
