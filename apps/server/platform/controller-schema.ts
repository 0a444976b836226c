import type { ControllerState } from "@chancery/domain";
import type { ColumnType } from "kysely";
import type { MaybeText, MaybeWhen, When } from "./column-types.ts";

type MaybeBytes = ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>;
type MaybeAlgorithm = ColumnType<
  "EdDSA" | "ES256" | null,
  "EdDSA" | "ES256" | null | undefined,
  "EdDSA" | "ES256" | null
>;
type MaybeCount = ColumnType<number | null, number | null | undefined, number | null>;

/** What `authority_keys` holds for controllers: their authority, the gateway's own key, and what signs SealLink. */
export type ControllerKeyKind =
  | "controller-authority"
  | "controller-gateway"
  | "seallink-trust"
  | "seallink-authority-1"
  | "seallink-authority-2"
  | "seallink-ack";

/** The tables of migrations/0070-controllers.ts. */
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
    kind: "authority" | "gateway" | "controller";
    controller_id: MaybeText;
    der: Buffer;
    sha256: string;
    not_before: When;
    not_after: When;
    revoked_at: MaybeWhen;
  };
  controller_keys: { controller_id: string; kid: string; alg: "EdDSA" | "ES256"; x: string; added_at: When };
}
