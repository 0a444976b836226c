import { VERIFICATION_LIMIT_BYTES } from "@chancery/api/limits";
import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTurns } from "../../platform/turns.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { verifyFile, verifyKnownFile } from "./service.ts";

type Mine = Extract<keyof Handlers, `${string} /v1/verifications${string}`>;

export function verificationHandlers(env: Environment, ledger: Ledger): Pick<Handlers, Mine> {
  // A file can keep a worker busy for as long as it may: nobody has more of them than one at a time.
  const turns = createTurns({ running: 1, waiting: 2, refuse: tooManyHere });
  return {
    "POST /v1/verifications": (_, call) =>
      turns.take(call.address, async () => {
        const { stream, fileName } = await call.upload();
        return verifyFile(env, ledger, { name: fileName, bytes: await readBounded(stream) });
      }),
    "GET /v1/verifications/:digest": ({ params }, call) =>
      turns.take(call.address, async () => {
        const answer = await verifyKnownFile(env, ledger, params.digest);
        if (!answer) throw notKnown();
        return answer;
      }),
  };
}

const tooManyHere = (): ProblemError =>
  new ProblemError(429, "verification.too-many-here", {
    en: "From this address one file is being verified and others wait already. Try again when they are done.",
    zh: "该地址正在验证一个文件，另有文件在等待。请待其完成后重试。",
  });

const tooLarge = (): ProblemError =>
  new ProblemError(413, "file.too-large", {
    en: "Files up to 50 MB are verified here. The command `chancery verify` takes larger ones.",
    zh: "此处可验证不超过 50 MB 的文件。更大的文件请用命令 `chancery verify`。",
  });

const notKnown = (): ProblemError =>
  new ProblemError(404, "verification.file-needed", {
    en: "No file with this digest was sealed here. To verify it, the file itself is needed.",
    zh: "本平台没有为具有此摘要的文件签章。如需验证，请提供文件本身。",
  });

/** The upload in memory; nothing is written anywhere. */
async function readBounded(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > VERIFICATION_LIMIT_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
