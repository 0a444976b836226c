import { readPageCode } from "@chancery/printed-copy";
import type { Environment } from "../../platform/environment.ts";
import { readSheetCodes } from "../forms/read-sheet-codes.ts";
import { pageCodeMac } from "./make-print-copy.ts";
import { pageCodeKey, requestOf } from "./page-codes.ts";

/** The copies whose genuine codes are seen in a photo; none where it shows no code that can be read. */
export async function readNamedCopies(
  env: Environment,
  digest: string,
): Promise<readonly { readonly requestId: string; readonly copy: number }[]> {
  const { squares } = await readSheetCodes(env, digest);
  const mac = pageCodeMac(pageCodeKey(env));
  return squares.flatMap((text) => {
    const read = readPageCode(text, mac);
    return read.ok ? [{ requestId: requestOf(read.code.requestId), copy: read.code.copy }] : [];
  });
}
