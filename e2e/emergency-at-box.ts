import assert from "node:assert/strict";
import type { BoxOnLine } from "../apps/server/features/gateway/test-box-on-line.ts";
import { makeTestPdf } from "../apps/server/platform/test-pdf.ts";
import { actByCall } from "./act-by-call.ts";
import { callAs } from "./sample-caller.ts";

/**
 * An emergency on paper that a controller stamps: asked for, agreed to, opened and confirmed by calls, for walks about what comes
 * after it. The box has it on its screen.
 */
export async function beginEmergencyAtBox(url: string, box: BoxOnLine, copies: number): Promise<string> {
  const [zhou, shen] = [await callAs(url, /周明澈/), await callAs(url, /沈怀宁/)];
  const [chen, lin] = [await callAs(url, /陈亦霖/), await callAs(url, /林越/)];
  const { entities } = await zhou("GET /v1/session");
  const seals = (await zhou("GET /v1/seals", { query: {} })).items;
  const seal = seals.find((one) => /Company seal/.test(one.name.en));
  assert.ok(seal);
  const file = new Blob([
    new Uint8Array(
      makeTestPdf([
        "To all who work at Lanxi Instruments Ltd",
        "From noon of this day on the hall is closed, and nobody works in it.",
        "Signed for the company:",
      ]),
    ),
  ]);
  const { documentId } = await zhou("POST /v1/documents", { file, fileName: "关闭通知.pdf" });
  const { requestId } = await zhou("POST /v1/seal-use-requests", {
    body: {
      ...{ title: "厂房关闭通知", documentClass: "internal-notice", external: false, counterparty: "", amount: null },
      ...{ currency: "CNY", purpose: "当日贴出的关闭通知", wantedBy: null, validUntil: null },
      ...{ entityId: entities[0]?.entityId ?? null, handlerId: null, useMode: "by-hand", copies },
      paperReason: "张贴在厂房门口",
      emergency: "须于今日十二时前张贴，部门负责人出差。",
      documents: [{ documentId, placements: [{ sealId: seal.sealId, page: 0, xMm: 90, yMm: 150 }], answers: [] }],
    },
  });
  const params = { requestId };
  await zhou("POST /v1/seal-use-requests/:requestId/submit", { params });
  await actByCall(shen, requestId, "approve");
  const { digest } = await chen("GET /v1/seal-use-requests/:requestId/stamping", { params });
  const { stepUpId } = await chen("POST /v1/step-ups", { body: { act: "release", requestId } });
  await chen("POST /v1/seal-use-requests/:requestId/stamping", {
    params,
    body: { digest, presence: { stepUpId, proof: { method: "sample" } }, stampedWith: "controller" },
  });
  await actByCall(lin, requestId, "confirm");
  await box.choose(requestId);
  return requestId;
}
