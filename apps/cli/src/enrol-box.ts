import { generateKeyPairSync } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { RouteAnswer } from "@chancery/api/client";
import { makeCertificateRequest } from "@chancery/pki";
import { composeComparisonCode, webCrypto } from "@chancery/seallink";
import type { BoxState } from "./box-state.ts";
import { CommandFailure, type CommandOutput, exitCodes } from "./command.ts";

const pollTime = 1000;

async function call<Answer>(url: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url, init).catch(() => {
    throw new CommandFailure(exitCodes.unreachable, `server.unreachable: ${new URL(url).origin}`);
  });
  const answer = (await response.json()) as Answer & { code?: string; title?: string };
  if (!response.ok)
    throw new CommandFailure(exitCodes.failure, `${answer.code ?? response.status}: ${answer.title ?? ""}`);
  return answer;
}

/** The box's side of its enrolment: a key of its own, the six digits on its screen, and patience. */
export async function enrolBox(
  box: { readonly url: string; readonly serial: string; readonly code: string },
  output: CommandOutput,
): Promise<BoxState> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const request = makeCertificateRequest({ commonName: box.serial, key: privateKey });
  if (!request.ok) throw new CommandFailure(exitCodes.failure, `${request.code}: ${request.detail}`);
  // As the platform reads a code: without what was typed for the eye.
  const pairingCode = box.code.toUpperCase().replaceAll(/[\s-]/g, "");
  const { ticket, platformKey } = await call<RouteAnswer<"POST /v1/controller-enrolments">>(
    `${box.url}/v1/controller-enrolments`,
    {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        ...{ serial: box.serial, model: "S1", pairingCode, firmware: "1.0.0", counters: [0] },
        request: Buffer.from(request.value).toString("base64"),
      }),
    },
  );
  const digits = await composeComparisonCode(webCrypto, {
    ...{ request: request.value, pairingCode },
    platformKey: Buffer.from(platformKey, "base64"),
  });
  output.out(`digits: ${digits}`);
  for (;;) {
    const { state, answer } = await call<RouteAnswer<"GET /v1/controller-enrolments/:ticket">>(
      `${box.url}/v1/controller-enrolments/${ticket}`,
    );
    if (state === "over") throw new CommandFailure(exitCodes.negative, "enrolment.over: nobody confirmed this box");
    if (answer !== null)
      return { key: privateKey.export({ format: "pem", type: "pkcs8" }).toString(), answer, flash: [], counters: [0] };
    await wait(pollTime);
  }
}
