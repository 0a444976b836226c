import assert from "node:assert/strict";
import type { ApiCall, CallOptions } from "@chancery/api/client";

type Proof = CallOptions<"POST /v1/seal-use-requests/:requestId/release">["body"]["presence"]["proof"];

/**
 * Approves, releases or confirms a request as the page does, without a page: for whoever decides in a walk that is about
 * something else. `proof` shows that it is he; the people of the sample have a click for it.
 */
export async function actByCall(
  call: ApiCall,
  requestId: string,
  act: "approve" | "release" | "confirm",
  proof: Proof = { method: "sample" },
): Promise<void> {
  const params = { requestId };
  const request = await call("GET /v1/seal-use-requests/:requestId", { params });
  assert.ok(request.actions.includes(act), `${act} is not among ${request.actions.join(", ")}`);
  const { stepUpId } = await call("POST /v1/step-ups", { body: { act, requestId } });
  const [digest, presence] = [request.digest ?? "", { stepUpId, proof }];
  if (act === "approve") {
    const body = { stepId: request.myStepId ?? "", decision: act, comment: "", digest, presence };
    await call("POST /v1/seal-use-requests/:requestId/decisions", { params, body });
  } else if (act === "release")
    await call("POST /v1/seal-use-requests/:requestId/release", { params, body: { digest, presence } });
  else await call("POST /v1/seal-use-requests/:requestId/confirm", { params, body: { digest, presence } });
}
