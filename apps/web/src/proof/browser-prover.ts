import { api, findProblem } from "../api.ts";
import { openLedgerMemory } from "./known-ledger.ts";
import { ledgerPorts } from "./ledger-ports.ts";
import { createProver, type LedgerSource, type Prover } from "./prover.ts";

/** Null where the server says that there is nothing; every other problem is thrown. */
async function orNothing<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (thrown) {
    if (findProblem(thrown)?.status === 404) return null;
    throw thrown;
  }
}

let key: Promise<string> | null = null;
/** Asked once a page: a key that changes is noticed at the next. */
function readKey(): Promise<string> {
  key ??= api("GET /v1/ledger/key").catch((thrown: unknown) => {
    key = null;
    throw thrown;
  });
  return key;
}

const source: LedgerSource = {
  readKey,
  readCheckpoint: () => orNothing(api("GET /v1/ledger/checkpoint")),
  readProof: (index, file) =>
    orNothing(
      api("GET /v1/ledger/leaves/:index/proof", { params: { index }, query: file === undefined ? {} : { file } }),
    ),
  readConsistency: async (from, to) =>
    (await orNothing(api("GET /v1/ledger/consistency", { query: { from, to } })))?.hashes ?? null,
};

/** The prover of this page: our server's answers, this browser's memory and arithmetic. Fetched when something is proved. */
export const prover: Prover = createProver(
  source,
  openLedgerMemory(() => localStorage),
  ledgerPorts,
  () => new Date().toISOString(),
);
