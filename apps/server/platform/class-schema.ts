import type { When } from "./column-types.ts";

/** The table of migrations/0029-document-classes.ts. */
export interface ClassTables {
  document_class_versions: {
    /** A starter class, or an own one that begins with what it is based on. */
    class_id: string;
    version: number;
    name_en: string;
    name_zh: string;
    makes_rights: boolean;
    external: boolean;
    /** Of migrations/0063-class-confidential.ts. */
    confidential: boolean;
    electronic: "first" | "possible" | "no";
    reason_en: string;
    reason_zh: string;
    /** Of an own class: kinds of seals that may stand on it. */
    seal_kinds: string[];
    words: string[];
    retired: boolean;
    matter_id: string;
    event_id: string;
    in_force_at: When;
  };
}
