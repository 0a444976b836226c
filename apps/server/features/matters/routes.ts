import { MATTER_KINDS, matterDefinition } from "@chancery/domain";
import type { Call, Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { verifyPresence } from "../identity/step-up.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { readPeople } from "../requests/read-people.ts";
import {
  addMatterEvidence,
  beginMatter,
  cancelMatter,
  checkMatter,
  saveMatter,
  submitMatter,
  takeOutMatterEvidence,
  withdrawMatter,
} from "./ask-matter.ts";
import { carryOutMatter } from "./carry-out-matter.ts";
import { confirmMatter, decideMatterStepOf } from "./decide-matter.ts";
import type { CheckedPresence } from "./matter-rows.ts";
import { requireSeesMatter } from "./may-see.ts";
import { listMatters, readMatterDetail } from "./read-model.ts";
import { getMatter } from "./store.ts";

type Mine =
  | "GET /v1/matter-kinds"
  | "GET /v1/matters"
  | "POST /v1/matters"
  | "PUT /v1/matters/:matterId"
  | "POST /v1/matters/:matterId/check"
  | "POST /v1/matters/:matterId/submit"
  | "GET /v1/matters/:matterId"
  | "POST /v1/matters/:matterId/decisions"
  | "POST /v1/matters/:matterId/withdraw"
  | "POST /v1/matters/:matterId/cancel"
  | "POST /v1/matters/:matterId/evidence"
  | "DELETE /v1/matters/:matterId/evidence/:slot/:evidenceId"
  | "POST /v1/matters/:matterId/confirm"
  | "POST /v1/matters/:matterId/carry-out";
type Presence = Parameters<typeof verifyPresence>[3];

export function matterHandlersOfApi(env: Environment): Pick<Handlers, Mine> {
  /** Checks a proof of presence where one was sent; the act itself says whether it needs one, and uses it up. */
  const present = async (
    call: Call,
    act: "matter-approve" | "matter-confirm" | "matter-carry-out",
    matterId: string,
    digest: string,
    presence: Presence | undefined,
  ): Promise<CheckedPresence> => {
    await requireSeesMatter(env.db, call.person().personId, await getMatter(env.db, matterId), env.clock.now());
    if (!presence) return null;
    const method = await verifyPresence(env, call, { act, subjectId: matterId, digest }, presence);
    return { stepUpId: presence.stepUpId, method };
  };
  return {
    "GET /v1/matter-kinds": async (_, call) => {
      const grants = await readGrantsInForce(env.db, env.clock.now(), { personId: call.person().personId });
      return {
        items: MATTER_KINDS.map((kind) => {
          const { name, askedBy, steps } = matterDefinition(kind);
          return {
            kind,
            name,
            askedBy: [...askedBy],
            steps: steps.map(({ role, presence }) => ({ role, presence })),
            mayAsk: askedBy.length === 0 || grants.some((grant) => askedBy.includes(grant.role)),
          };
        }),
      };
    },
    "GET /v1/matters": ({ query }, call) => listMatters(env, call.person().personId, query),
    "POST /v1/matters": ({ body: { kind, ...input } }, call) => beginMatter(env, call.person().personId, kind, input),
    "PUT /v1/matters/:matterId": async ({ params, body }, call) => {
      await saveMatter(env, call.person().personId, params.matterId, body);
      return { done: true };
    },
    "POST /v1/matters/:matterId/check": async ({ params }, call) => {
      const { refusals, steps } = await checkMatter(env, call.person().personId, params.matterId);
      const person = await readPeople(
        env.db,
        steps.flatMap((step) => step.candidates),
      );
      return {
        ready: refusals.length === 0,
        refusals: refusals.map(toRefusalView),
        steps: steps.map((step) => ({
          role: step.role,
          candidates: step.candidates.flatMap((id) => person(id) ?? []),
        })),
      };
    },
    "POST /v1/matters/:matterId/submit": ({ params }, call) =>
      submitMatter(env, call.person().personId, params.matterId),
    "GET /v1/matters/:matterId": ({ params }, call) => readMatterDetail(env, call.person().personId, params.matterId),
    "POST /v1/matters/:matterId/decisions": async ({ params, body }, call) => {
      const presence = await present(call, "matter-approve", params.matterId, body.digest, body.presence);
      return decideMatterStepOf(env, call.person().personId, { ...params, ...body, presence });
    },
    "POST /v1/matters/:matterId/withdraw": async ({ params, body }, call) => {
      await withdrawMatter(env, call.person().personId, params.matterId, body.reason);
      return { done: true };
    },
    "POST /v1/matters/:matterId/cancel": async ({ params, body }, call) => {
      await cancelMatter(env, call.person().personId, params.matterId, body.reason);
      return { done: true };
    },
    "POST /v1/matters/:matterId/evidence": async ({ params, body }, call) => {
      await addMatterEvidence(env, call.person().personId, { ...params, ...body });
      return { done: true };
    },
    "DELETE /v1/matters/:matterId/evidence/:slot/:evidenceId": async ({ params }, call) => {
      await takeOutMatterEvidence(env, call.person().personId, params);
      return { done: true };
    },
    "POST /v1/matters/:matterId/confirm": async ({ params, body }, call) => {
      const presence = await present(call, "matter-confirm", params.matterId, body.digest, body.presence);
      return confirmMatter(env, call.person().personId, { ...params, ...body, presence });
    },
    "POST /v1/matters/:matterId/carry-out": async ({ params, body }, call) => {
      const presence = await present(call, "matter-carry-out", params.matterId, body.digest, body.presence);
      return carryOutMatter(env, call.person().personId, { ...params, ...body, presence });
    },
  };
}
