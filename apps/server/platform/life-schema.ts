import type { When } from "./column-types.ts";

/** The table of migrations/0005-life.ts. */
export interface LifeTables {
  seal_type_versions: {
    type: string;
    version: number;
    name_en: string;
    name_zh: string;
    important: boolean;
    external: boolean;
    filing: "none" | "pieces" | "all";
    width_mm: number;
    height_mm: number;
    changed_by: string;
    changed_at: When;
    reason: string;
  };
}
