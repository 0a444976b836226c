import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { verifyFile } from "./service.ts";

/** Most bytes of a file that is verified. */
export const verificationLimit = 50 * 1024 * 1024;

export function verificationHandlers(env: Environment, ledger: Ledger): Pick<Handlers, "POST /v1/verifications"> {
  return {
    "POST /v1/verifications": async (_, call) => {
      const { stream, fileName } = await call.upload();
      return verifyFile(env, ledger, { name: fileName, bytes: await readBounded(stream) });
    },
  };
}

const tooLarge = (): ProblemError =>
  new ProblemError(413, "file.too-large", {
    en: "Files up to 50 MB are verified here. The command `chancery verify` takes larger ones.",
    zh: "此处可验证不超过 50 MB 的文件。更大的文件请用命令 `chancery verify`。",
  });

/** The upload in memory; nothing is written anywhere. */
async function readBounded(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > verificationLimit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
