import type { StarterClassId } from "@chancery/domain";
import type { ColumnType } from "kysely";
import type { MaybeText, MaybeWhen, When } from "./column-types.ts";

type LeastContainer = "any" | "cabinet" | "safe" | "controller";
type Holders = "anybody" | "entity" | "unit";
type Pressers = "custodian" | "named";
type Shape = "circle" | "oval" | "square" | "rectangle";
type MaybeKept<T> = ColumnType<T | null, T | null | undefined, never>;

/** The tables of migrations/0005-life.ts and, for kinds, 0016-specimens-lodged.ts. */
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
    /** Null for a type of the product. */
    base_type: MaybeKept<string>;
    classes: MaybeKept<string[]>;
    least_container: MaybeKept<LeastContainer>;
    holders: MaybeKept<Holders>;
    pressers: MaybeKept<Pressers>;
    dual_control: MaybeKept<boolean>;
    shape: MaybeKept<Shape>;
    confirmed_by: MaybeKept<string>;
  };
  seal_type_changes: {
    seal_type_change_id: string;
    type: string;
    base_type: string;
    version: number;
    name_en: string;
    name_zh: string;
    important: boolean;
    external: boolean;
    filing: "none" | "pieces" | "all";
    width_mm: number;
    height_mm: number;
    shape: Shape;
    classes: StarterClassId[];
    least_container: LeastContainer;
    holders: Holders;
    pressers: Pressers;
    dual_control: boolean;
    reason: string;
    state: "waiting" | "confirmed" | "declined";
    asked_by: string;
    asked_at: When;
    decided_by: MaybeText;
    decided_at: MaybeWhen;
  };
}
