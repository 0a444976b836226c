import type { Reader } from "../../platform/db.ts";

export interface PersonRefView {
  personId: string;
  name: { en: string; zh: string };
}

/** Names of people by id, for the many places where a view names somebody. */
export async function readPeople(
  reader: Reader,
  ids: Iterable<string | null | undefined>,
): Promise<(id: string | null | undefined) => PersonRefView | null> {
  const wanted = [...new Set([...ids].filter((id): id is string => typeof id === "string"))];
  const rows =
    wanted.length === 0
      ? []
      : await reader
          .selectFrom("people")
          .select(["person_id", "name_en", "name_zh"])
          .where("person_id", "in", wanted)
          .execute();
  const known = new Map(
    rows.map((row) => [row.person_id, { personId: row.person_id, name: { en: row.name_en, zh: row.name_zh } }]),
  );
  return (id) => (id ? (known.get(id) ?? null) : null);
}
