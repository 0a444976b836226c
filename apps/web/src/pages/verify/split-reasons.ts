interface Reason {
  readonly code: string;
  readonly detail: string;
}

/** What speaks against a seal, and what was permitted after it. The same thing is told once. */
export function splitReasons(reasons: readonly Reason[]): {
  readonly against: readonly Reason[];
  readonly later: readonly Reason[];
} {
  const once = reasons.filter(
    (one, at) => reasons.findIndex((other) => other.code === one.code && other.detail === one.detail) === at,
  );
  return {
    against: once.filter((one) => !one.code.startsWith("change.")),
    later: once.filter((one) => one.code.startsWith("change.")),
  };
}
