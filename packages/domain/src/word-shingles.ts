/** Words in a row that are counted together. */
const length = 4;

/** FNV-1a, 32 bits: small and the same on every machine; nothing depends on it that somebody could gain by. */
function hashWord(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** A number for each four neighbouring words of each stretch; a stretch that is shorter has one for all of it. */
export function shingle(stretches: readonly (readonly string[])[]): Set<number> {
  const found = new Set<number>();
  const known = new Map<string, number>();
  for (const words of stretches) {
    const hashes = words.map((text) => {
      const hash = known.get(text) ?? hashWord(text);
      known.set(text, hash);
      return hash;
    });
    const last = Math.max(0, hashes.length - length);
    for (let at = 0; at <= last && hashes.length > 0; at += 1) {
      let mixed = 0x9e3779b9;
      for (let next = at; next < Math.min(at + length, hashes.length); next += 1)
        mixed = Math.imul(mixed ^ (hashes[next] ?? 0), 0x85ebca6b) ^ (mixed >>> 13);
      found.add(mixed >>> 0);
    }
  }
  return found;
}
