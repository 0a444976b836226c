/**
 * From here on a signal ends this process through process.exit, so that its exit hooks take along what it started. The
 * answer is told before that: whoever works for this process ends with it.
 */
export function endOnSignal(): AbortSignal {
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => {
      ending.abort();
      process.exit(130);
    });
  return ending.signal;
}
