import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A CBOR item (RFC 8949) of the few kinds an authenticator writes. */
function cbor(value: number | string | Buffer | Map<unknown, unknown>): Buffer {
  const head = (kind: number, count: number): Buffer =>
    count < 24
      ? Buffer.from([(kind << 5) | count])
      : count < 256
        ? Buffer.from([(kind << 5) | 24, count])
        : Buffer.from([(kind << 5) | 25, count >> 8, count & 255]);
  if (typeof value === "number") return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([
    head(5, value.size),
    ...[...value].flatMap(([key, item]) => [cbor(key as number), cbor(item as number)]),
  ]);
}

export interface TestPasskey {
  /** Answers a registration's options as an authenticator with user verification does (WebAuthn Level 3, 6.5.4). */
  register(options: Record<string, unknown>): Record<string, unknown>;
  /** Answers a challenge; `challenge` base64url, as it stands in the options. */
  answer(challenge: string): Record<string, unknown>;
}

/** A passkey without a device: P-256, one credential, for tests. */
export function createTestPasskey(origin: string): TestPasskey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwk = publicKey.export({ format: "jwk" });
  const [x, y] = [jwk.x, jwk.y].map((part) => Buffer.from(part ?? "", "base64url")) as [Buffer, Buffer];
  const credentialId = randomBytes(32);
  const rpIdHash = createHash("sha256").update(new URL(origin).hostname).digest();
  let counter = 0;
  const clientData = (type: string, challenge: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const authenticatorData = (flags: number, more: Buffer = Buffer.alloc(0)): Buffer => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(++counter);
    return Buffer.concat([rpIdHash, Buffer.from([flags]), count, more]);
  };
  const id = credentialId.toString("base64url");
  const envelope = { id, rawId: id, type: "public-key", clientExtensionResults: {} };
  return {
    register: (options) => {
      const key = cbor(
        new Map<number, number | Buffer>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, x],
          [-3, y],
        ]),
      );
      const length = Buffer.from([credentialId.length >> 8, credentialId.length & 255]);
      const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, key]);
      const object = new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", authenticatorData(0x45, attested)],
      ]);
      return {
        ...envelope,
        response: {
          clientDataJSON: clientData("webauthn.create", String(options.challenge)).toString("base64url"),
          attestationObject: cbor(object).toString("base64url"),
          transports: ["internal"],
        },
      };
    },
    answer: (challenge) => {
      const client = clientData("webauthn.get", challenge);
      const data = authenticatorData(0x05);
      const signed = Buffer.concat([data, createHash("sha256").update(client).digest()]);
      return {
        ...envelope,
        response: {
          clientDataJSON: client.toString("base64url"),
          authenticatorData: data.toString("base64url"),
          signature: sign("sha256", signed, privateKey).toString("base64url"),
        },
      };
    },
  };
}
