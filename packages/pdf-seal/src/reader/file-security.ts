import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { openWithoutPassword } from "./encryption-key.ts";
import { findCount, findEntry, findNameText, type PdfDictionary, type PdfStream, type PdfValue } from "./pdf-value.ts";
import { rc4 } from "./rc4.ts";

type Cipher = "none" | "rc4" | "aes-128" | "aes-256";

/** Encrypts or decrypts what an object holds; strings and streams may have different ciphers. */
export type ObjectCipher = {
  readonly decryptString: (bytes: Uint8Array) => Uint8Array;
  readonly encryptString: (bytes: Uint8Array) => Uint8Array;
  readonly encryptStream: (bytes: Uint8Array) => Uint8Array;
};

/** An encrypted file that opens without a password (ISO 32000-2, 7.6): restricted, but readable by everyone. */
export type FileSecurity = {
  /** Bits of ISO 32000-2, table 22; bit 1 is the lowest. */
  readonly permissions: number;
  /** The cipher of one object. What is encrypted twice for the same seed gives the same bytes. */
  cipherFor(number: number, generation: number, seed?: string): ObjectCipher;
  /** A stream's data as its filters want them. */
  decryptStream(stream: PdfStream, resolve: (value: PdfValue | null) => PdfValue | null): Uint8Array | null;
};

type Resolve = (value: PdfValue | null) => PdfValue | null;

/** Null where the file needs a password, a certificate, or a handler that is not the standard's. */
export function openSecurity(encryption: PdfDictionary, identifier: Uint8Array, resolve: Resolve): FileSecurity | null {
  const get = (value: PdfValue | null, key: string): PdfValue | null => resolve(findEntry(value, key));
  const count = (key: string, fallback: number): number => findCount(get(encryption, key)) ?? fallback;
  const text = (key: string): Uint8Array => {
    const value = get(encryption, key);
    return value?.kind === "string" ? value.bytes : new Uint8Array();
  };
  if (findNameText(get(encryption, "Filter")) !== "Standard") return null;
  const version = count("V", 0);
  const revision = count("R", 0);
  const permissions = get(encryption, "P");
  if (permissions?.kind !== "number" || ![1, 2, 4, 5].includes(version) || revision < 2 || revision > 6) return null;
  if ((version === 5) !== revision >= 5) return null;
  const plain = get(encryption, "EncryptMetadata");
  const encryptMetadata = !(plain?.kind === "boolean" && !plain.value);
  // Some writers give the length in bytes.
  const length = count("Length", 40);
  const bits = version === 4 ? 128 : length < 40 ? length * 8 : length;
  const keyLength = version === 1 || revision === 2 ? 5 : Math.floor(bits / 8);
  if (keyLength < 5 || (version < 5 && keyLength > 16)) return null;
  const key = openWithoutPassword({
    version,
    revision,
    keyLength,
    owner: text("O"),
    user: text("U"),
    userKey: text("UE"),
    permissions: permissions.value,
    encryptMetadata,
    identifier,
  });
  if (key === null) return null;
  const filters = get(encryption, "CF");
  const findCipher = (name: string | null): Cipher | null => {
    if (version < 4) return "rc4";
    if (name === null || name === "Identity") return "none";
    switch (findNameText(get(get(filters, name), "CFM"))) {
      case "None":
        return "none";
      case "V2":
        return version === 4 ? "rc4" : null;
      case "AESV2":
        return version === 4 ? "aes-128" : null;
      case "AESV3":
        return version === 5 ? "aes-256" : null;
      default:
        return null;
    }
  };
  const strings = findCipher(findNameText(get(encryption, "StrF")));
  const streams = findCipher(findNameText(get(encryption, "StmF")));
  if (strings === null || streams === null) return null;
  return {
    permissions: permissions.value | 0,
    cipherFor(number, generation, seed = "") {
      let used = 0;
      const nextVector = (): Buffer =>
        createHash("sha256").update(key).update(`${seed}/${number}/${generation}/${used++}`).digest().subarray(0, 16);
      const run = (cipher: Cipher, bytes: Uint8Array, vector: Uint8Array | null): Uint8Array =>
        applyCipher(cipher, objectKey(cipher, key, number, generation), bytes, vector);
      return {
        decryptString: (bytes) => run(strings, bytes, null),
        encryptString: (bytes) => run(strings, bytes, nextVector()),
        encryptStream: (bytes) => run(streams, bytes, nextVector()),
      };
    },
    decryptStream(stream, resolveNow) {
      const data = stream.source.subarray(stream.dataStart, stream.dataEnd);
      const own = findOwnFilter(stream, resolveNow);
      const isPlainMetadata =
        !encryptMetadata && findNameText(resolveNow(findEntry(stream, "Type"))) === "Metadata" && version >= 4;
      const cipher = own !== null ? findCipher(own) : isPlainMetadata ? "none" : streams;
      if (cipher === null) return null;
      return applyCipher(cipher, objectKey(cipher, key, stream.number, stream.generation), data, null);
    },
  };
}

/** The crypt filter a stream names for itself (7.4.10), or null. */
function findOwnFilter(stream: PdfStream, resolve: Resolve): string | null {
  const filter = resolve(findEntry(stream, "Filter"));
  const first = filter?.kind === "array" ? resolve(filter.items[0] ?? null) : filter;
  if (findNameText(first) !== "Crypt") return null;
  const parameters = resolve(findEntry(stream, "DecodeParms"));
  const own = parameters?.kind === "array" ? resolve(parameters.items[0] ?? null) : parameters;
  return findNameText(resolve(findEntry(own, "Name"))) ?? "Identity";
}

/** Algorithm 1 (7.6.3.2) for the older ciphers; AES-256 uses the file's key as it is. */
function objectKey(cipher: Cipher, key: Uint8Array, number: number, generation: number): Uint8Array {
  if (cipher === "none" || cipher === "aes-256") return key;
  const salt = [number, number >> 8, number >> 16, generation, generation >> 8].map((byte) => byte & 255);
  const hash = createHash("md5").update(key).update(Uint8Array.from(salt));
  if (cipher === "aes-128") hash.update("sAlT");
  return hash.digest().subarray(0, Math.min(key.length + 5, 16));
}

/** Encrypts where a vector is given, else decrypts. Damaged data give what of them can be had. */
function applyCipher(cipher: Cipher, key: Uint8Array, bytes: Uint8Array, vector: Uint8Array | null): Uint8Array {
  if (cipher === "none") return bytes;
  if (cipher === "rc4") return rc4(key, bytes);
  const name = cipher === "aes-256" ? "aes-256-cbc" : "aes-128-cbc";
  if (vector !== null) {
    const encrypt = createCipheriv(name, key, vector);
    return Buffer.concat([vector, encrypt.update(bytes), encrypt.final()]);
  }
  if (bytes.length < 32) return new Uint8Array();
  const decrypt = createDecipheriv(name, key, bytes.subarray(0, 16));
  decrypt.setAutoPadding(false);
  const whole = bytes.subarray(16, bytes.length - (bytes.length % 16));
  const plain = Buffer.concat([decrypt.update(whole), decrypt.final()]);
  const padding = plain.at(-1) ?? 0;
  return padding >= 1 && padding <= 16 ? plain.subarray(0, plain.length - padding) : plain;
}
