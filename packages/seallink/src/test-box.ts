import { SimulatedBox } from "./simulator/box.ts";
import { noon } from "./test-claims.ts";
import { makeNodeKey, nodeCrypto } from "./test-node-crypto.ts";

export type { Mechanics } from "./simulator/box.ts";

export const tags = ["E28011606000"] as const;

/** The simulated box on node:crypto, at the tests' noon. */
export class Box extends SimulatedBox {
  readonly key: ReturnType<typeof makeNodeKey>;

  constructor(key: ReturnType<typeof makeNodeKey> = makeNodeKey("dev_1-1")) {
    super({ signer: key.signer, crypto: nodeCrypto, rtc: noon });
    this.key = key;
  }
}
