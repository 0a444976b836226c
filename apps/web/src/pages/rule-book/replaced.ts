interface InForce {
  readonly version: number;
  readonly inForceOn: string | null;
}

/** The day on which the next version took a version's place; null while none has. */
export function findReplacedOn(versions: readonly InForce[], one: InForce): string | null {
  const [next] = versions
    .filter(({ version, inForceOn }) => version > one.version && inForceOn !== null)
    .toSorted((a, b) => a.version - b.version);
  return next?.inForceOn ?? null;
}
