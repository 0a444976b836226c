import type { Big, Json, MaybeWhen, When } from "./column-types.ts";

/** The tables of migrations/0006-registers.ts. */
export interface RegisterTables {
  register_views: {
    view_id: string;
    person_id: string;
    register: string;
    name: string;
    filter: Json;
    saved_at: When;
  };
  register_exports: {
    export_id: string;
    person_id: string;
    register: string;
    format: "csv" | "xlsx" | "book";
    language: "en" | "zh";
    filter: Json;
    state: "making" | "ready" | "broken" | "gone";
    done: number;
    total: number;
    file_name: string;
    size_bytes: Big | null;
    digest: string | null;
    asked_at: When;
    ended_at: MaybeWhen;
  };
}
