import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(argon2);
/** What one try costs: KiB of memory and passes over them, in one lane. */
interface HashCost {
  readonly memory: number;
  readonly passes: number;
}
/** OWASP's second set for argon2id (RFC 9106): 19 MiB, two passes, one lane. */
const costOfToday: HashCost = { memory: 19456, passes: 2 };
const tagLength = 32;

/** Hashes a password with argon2id; the answer carries its parameters and salt, so that they can be raised later. */
export async function hashPassword(password: string, { memory, passes }: HashCost = costOfToday): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive("argon2id", {
    message: Buffer.from(password.normalize("NFKC")),
    nonce,
    parallelism: 1,
    tagLength,
    memory,
    passes,
  });
  return `$argon2id$v=19$m=${memory},t=${passes},p=1$${nonce.toString("base64")}$${Buffer.from(tag).toString("base64")}`;
}

/** Compares in constant time. Without a stored hash the same work is done, so that the time tells nothing. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored ?? "");
  const [m, t, p] = [
    Number(match?.[1] ?? costOfToday.memory),
    Number(match?.[2] ?? costOfToday.passes),
    Number(match?.[3] ?? 1),
  ];
  const nonce = match?.[4] ? Buffer.from(match[4], "base64") : Buffer.alloc(16);
  const wanted = match?.[5] ? Buffer.from(match[5], "base64") : Buffer.alloc(tagLength);
  const tag = await derive("argon2id", {
    message: Buffer.from(password.normalize("NFKC")),
    nonce,
    parallelism: p,
    tagLength: wanted.length,
    memory: m,
    passes: t,
  });
  return timingSafeEqual(Buffer.from(tag), wanted) && match !== null;
}
