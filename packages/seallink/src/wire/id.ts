const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A ULID with a prefix, such as `auz_01KB…` (clause 3.4): 48 bits of time in milliseconds, 80 random bits. */
export function createId(prefix: string, now: number, random: (size: number) => Uint8Array): string {
  let time = "";
  let rest = Math.max(0, Math.floor(now));
  for (let at = 0; at < 10; at += 1) {
    time = (alphabet[rest % 32] ?? "0") + time;
    rest = Math.floor(rest / 32);
  }
  let tail = "";
  for (const byte of random(16)) tail += alphabet[byte % 32] ?? "0";
  return `${prefix}_${time}${tail}`;
}
