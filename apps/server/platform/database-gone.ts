/**
 * The database is not there: its socket is gone or refuses, it is stopping or starting (SQLSTATE 57P01 to 57P03), a
 * connection broke (class 08), or all connections are in use for too long. Not a fault of who asked.
 */
export function isDatabaseGone(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (/^(08...|57P0[123]|53300)$/.test(code)) return true;
  if (!(error instanceof Error)) return false;
  if (["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE", "ETIMEDOUT"].includes(code))
    return "syscall" in error && ["connect", "read", "write"].includes(String(error.syscall));
  return /^Connection terminated|not queryable|timeout exceeded when trying to connect/.test(error.message);
}
