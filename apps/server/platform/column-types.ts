import type { ColumnType, JSONColumnType } from "kysely";

export type Big = ColumnType<string, string | number | bigint, string | number | bigint>;
export type MaybeBig = ColumnType<string | null, string | number | null | undefined, string | number | null>;
export type Now = ColumnType<Date, Date | string | undefined, Date | string>;
export type When = ColumnType<Date, Date | string, Date | string>;
export type MaybeWhen = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** A date without time, kept as the text YYYY-MM-DD. */
export type MaybeDay = ColumnType<string | null, string | null | undefined, string | null>;
export type Json = JSONColumnType<Record<string, unknown>, string, string>;
export type JsonList = JSONColumnType<unknown[], string, string>;

export type MaybeJson = ColumnType<Record<string, unknown> | null, string | null | undefined, string | null>;
export type MaybeText = ColumnType<string | null, string | null | undefined, string | null>;
