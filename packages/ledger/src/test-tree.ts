/** What the tests share: real ports, and a second way to every tree value, straight from RFC 6962's recursions. */
import {
  createPrivateKey,
  createPublicKey,
  hash as digest,
  sign as signEd25519,
  verify as verifyEd25519,
} from "node:crypto";
import type { TileSlice } from "./frontier.ts";
import { type HashPort, hashEmptyTree, hashLeaf, hashNode, hashSize } from "./merkle-hash.ts";
import type { Ed25519Sign, Ed25519Verify, NoteSigner } from "./note.ts";
import type { TileReader } from "./tile-proof.ts";
import { createVerifierKey } from "./verifier-key.ts";

export const sha256: HashPort = (data) => new Uint8Array(digest("sha256", data, "buffer"));

export const verifyWithNode: Ed25519Verify = (publicKey, message, signature) => {
  const x = Buffer.from(publicKey).toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return verifyEd25519(null, message, key, signature);
};

/** A signer whose private key is derived from a number, so that tests repeat. */
export function createTestSigner(name: string, seed: number): NoteSigner {
  const prefix = Buffer.from("302e020100300506032b657004220420", "hex");
  const secret = Buffer.concat([prefix, Buffer.alloc(31), Buffer.of(seed)]);
  const privateKey = createPrivateKey({ key: secret, format: "der", type: "pkcs8" });
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  if (x === undefined) throw new Error("no public key");
  const key = createVerifierKey(sha256, name, new Uint8Array(Buffer.from(x, "base64url")));
  if (!key.ok) throw new Error(key.detail);
  const sign: Ed25519Sign = (message) => signEd25519(null, message, privateKey);
  return { key: key.value, sign };
}

/** Leaf hashes of the bodies "leaf 0", "leaf 1", …: all different. */
export function makeLeafHashes(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, at) => hashLeaf(sha256, Buffer.from(`leaf ${at}`)));
}

/** MTH(D) of RFC 6962, section 2.1. */
export function treeHash(leafHashes: readonly Uint8Array[]): Uint8Array {
  const [first] = leafHashes;
  if (first === undefined) return hashEmptyTree(sha256);
  if (leafHashes.length === 1) return first;
  const k = split(leafHashes.length);
  return hashNode(sha256, treeHash(leafHashes.slice(0, k)), treeHash(leafHashes.slice(k)));
}

/** PATH(m, D) of RFC 6962, section 2.1.1. */
export function inclusionPath(m: number, leafHashes: readonly Uint8Array[]): Uint8Array[] {
  if (leafHashes.length === 1) return [];
  const k = split(leafHashes.length);
  const left = leafHashes.slice(0, k);
  const right = leafHashes.slice(k);
  return m < k ? [...inclusionPath(m, left), treeHash(right)] : [...inclusionPath(m - k, right), treeHash(left)];
}

/** PROOF(m, D) of RFC 6962, section 2.1.2, through its SUBPROOF. */
export function consistencyPath(m: number, leafHashes: readonly Uint8Array[], known = true): Uint8Array[] {
  if (m === leafHashes.length) return known ? [] : [treeHash(leafHashes)];
  const k = split(leafHashes.length);
  const left = leafHashes.slice(0, k);
  const right = leafHashes.slice(k);
  return m <= k
    ? [...consistencyPath(m, left, known), treeHash(right)]
    : [...consistencyPath(m - k, right, false), treeHash(left)];
}

function split(count: number): number {
  let k = 1;
  while (k * 2 < count) k *= 2;
  return k;
}

/** Tiles as a table keyed by level and index, filled by slices as a store would. */
export type TestTiles = {
  readonly store: (slices: readonly TileSlice[]) => void;
  readonly readTile: TileReader;
  readonly tiles: Map<string, Uint8Array>;
  readonly countReads: () => number;
};

export function createTestTiles(): TestTiles {
  const tiles = new Map<string, Uint8Array>();
  let reads = 0;
  return {
    tiles,
    countReads: () => reads,
    readTile: (level, index) => {
      reads += 1;
      return tiles.get(`${level}/${index}`);
    },
    store: (slices) => {
      for (const { level, index, offset, width, data } of slices) {
        const before = tiles.get(`${level}/${index}`) ?? new Uint8Array(0);
        if (before.length !== offset * hashSize) throw new Error("the slice does not continue its tile");
        const joined = Buffer.concat([before, data]);
        if (joined.length !== width * hashSize) throw new Error("the slice's width is wrong");
        tiles.set(`${level}/${index}`, new Uint8Array(joined));
      }
    },
  };
}
