import type { ChainState, PublicKey } from "./index.ts";
import { SimulatedBooks } from "./simulator/books.ts";
import { nodeCrypto } from "./test-node-crypto.ts";

/** The books of the tests, on node:crypto. */
export class Books extends SimulatedBooks {
  constructor(chain: ChainState, keys: readonly PublicKey[]) {
    super(chain, keys, nodeCrypto);
  }
}
