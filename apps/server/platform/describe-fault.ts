/** Fields of a database error that name where, and never what: detail, hint and context quote the data. */
const placeFields = ["code", "severity", "schema", "table", "column", "constraint", "routine"] as const;

/** A fault as it may stand in the log: enough to find it, without the data that the database quotes. */
export function describeFault(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const facts = error as Error & Record<string, unknown>;
  const fromDatabase = "severity" in facts && "routine" in facts;
  // Class 22 is data that do not fit: the message itself quotes them.
  const quotes = fromDatabase && String(facts.code).startsWith("22");
  const message = quotes ? "data that do not fit (not shown)" : error.message;
  const stack = quotes ? error.stack?.replace(error.message, message) : error.stack;
  const place = fromDatabase
    ? Object.fromEntries(placeFields.flatMap((field) => (facts[field] === undefined ? [] : [[field, facts[field]]])))
    : "code" in facts
      ? { code: facts.code }
      : {};
  return { type: error.name, message, ...place, stack };
}
