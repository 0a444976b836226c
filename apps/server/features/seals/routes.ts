import { CONTROL_IDS, controls } from "@chancery/domain";
import type { Call, Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { verifyPresence } from "../identity/step-up.ts";
import { getAskedFace } from "./asked-face.ts";
import { getTrust, renewRevocations, type Trust, toPem } from "./authority.ts";
import { askSealTypeChange, decideSealTypeChange } from "./change-seal-type.ts";
import { drawPng, drawSvg, listGlyphs } from "./face.ts";
import { getFaceImage, uploadFaceImage } from "./face-images.ts";
import { listSealTypes } from "./list-seal-types.ts";
import { sealProblems } from "./problems.ts";
import { getFace, getSeal, getSealCertificate, requireVisible } from "./read-model.ts";
import { reportLoss } from "./report-loss.ts";
import { type SealStepUpAct, sealActDigest } from "./seal-acts.ts";
import { checkCrew } from "./seal-crew.ts";
import { listSealNumbers } from "./seal-numbers.ts";
import { listSealChoices, readSealWall } from "./seal-wall.ts";
import { freezeSeal, unfreezeSeal } from "./service.ts";
import { getSpecimen } from "./specimen.ts";

type SealRoute =
  | "GET /v1/seals"
  | "GET /v1/seal-choices"
  | "GET /v1/seal-numbers"
  | "GET /v1/seal-types"
  | "POST /v1/seals/check"
  | "GET /v1/seals/:sealId"
  | "POST /v1/seals/:sealId/freeze"
  | "POST /v1/seals/:sealId/unfreeze"
  | "POST /v1/seals/:sealId/report-loss"
  | "GET /v1/seal-bodies/:bodyId/specimen.png"
  | "POST /v1/seal-type-changes"
  | "POST /v1/seal-type-changes/:sealTypeChangeId/decide"
  | "GET /v1/seals/:sealId/face.svg"
  | "GET /v1/seals/:sealId/face.png"
  | "GET /v1/seals/:sealId/certificate.pem"
  | "GET /v1/matters/:matterId/face.svg"
  | "GET /v1/seal-glyphs"
  | "POST /v1/seal-face-images"
  | "GET /v1/seal-face-images/:imageId"
  | "GET /v1/certification-authority/root.pem"
  | "GET /v1/certification-authority/issuing.pem"
  | "GET /v1/certification-authority/revocations.crl"
  | "GET /v1/controls";
type PresenceProof = Parameters<typeof verifyPresence>[3];
const pem = "application/x-pem-file";

export function sealHandlers(env: Environment): Pick<Handlers, SealRoute> {
  /** Checks a proof of presence where one was sent; the act itself says whether it needs one, and uses it up. */
  const stepUp = async (
    call: Call,
    act: SealStepUpAct,
    sealId: string,
    presence: PresenceProof | undefined,
  ): Promise<string | null> => {
    await requireVisible(env, call.person().personId, sealId);
    if (!presence) return null;
    const digest = await sealActDigest(env.db, act, sealId);
    await verifyPresence(env, call, { act, subjectId: sealId, digest }, presence);
    return presence.stepUpId;
  };
  const trust = async (): Promise<Trust> => {
    const found = await getTrust(env.db);
    if (!found) throw sealProblems.authorityMissing();
    return found;
  };

  return {
    "GET /v1/seals": ({ query }, call) => readSealWall(env, call.person().personId, query),
    "GET /v1/seal-numbers": async (_, call) => ({ items: await listSealNumbers(env, call.person().personId) }),
    "GET /v1/seal-choices": async (_, call) => ({ items: await listSealChoices(env, call.person().personId) }),
    "GET /v1/seal-types": (_, call) => {
      const { personId, permissions } = call.person();
      return listSealTypes(env, personId, permissions.has("settings.confirm"));
    },
    "POST /v1/seal-type-changes": ({ body }, call) => askSealTypeChange(env, call.person().personId, body),
    "POST /v1/seal-type-changes/:sealTypeChangeId/decide": async ({ params, body }, call) => {
      await decideSealTypeChange(env, call.person().personId, params.sealTypeChangeId, body.confirm);
      return { done: true };
    },
    "POST /v1/seals/check": ({ body }, call) => checkCrew(env, { ...body, actorId: call.person().personId }),
    "GET /v1/seals/:sealId": ({ params }, call) => getSeal(env, call.person().personId, params.sealId),
    "POST /v1/seals/:sealId/freeze": async ({ params, body }, call) => {
      const stepUpId = await stepUp(call, "seal-freeze", params.sealId, body.presence);
      await freezeSeal(env, { ...params, actorId: call.person().personId, reason: body.reason, stepUpId });
      return { done: true };
    },
    "POST /v1/seals/:sealId/unfreeze": async ({ params, body }, call) => {
      const stepUpId = await stepUp(call, "seal-unfreeze", params.sealId, body.presence);
      await unfreezeSeal(env, { ...params, actorId: call.person().personId, reason: body.reason, stepUpId });
      return { done: true };
    },
    "POST /v1/seals/:sealId/report-loss": async ({ params, body }, call) => {
      await reportLoss(env, { ...params, ...body, actorId: call.person().personId });
      return { done: true };
    },
    "GET /v1/seal-bodies/:bodyId/specimen.png": async ({ params }, call) => ({
      contentType: "image/png",
      body: await getSpecimen(env, call.person().personId, params.bodyId),
    }),
    "GET /v1/seals/:sealId/face.svg": async ({ params }, call) => {
      const { face, title } = await getFace(env, call.person().personId, params.sealId);
      return { contentType: "image/svg+xml", body: await drawSvg(env.files, face, title) };
    },
    "GET /v1/seals/:sealId/face.png": async ({ params }, call) => {
      const { face } = await getFace(env, call.person().personId, params.sealId);
      return { contentType: "image/png", body: await drawPng(env.files, face) };
    },
    "GET /v1/seals/:sealId/certificate.pem": async ({ params }, call) => {
      const certificate = await getSealCertificate(env, call.person().personId, params.sealId);
      const { issuing, root } = await trust();
      return { contentType: pem, body: [certificate, issuing, root].map(toPem).join(""), fileName: "seal.pem" };
    },
    "GET /v1/matters/:matterId/face.svg": async ({ params }, call) => {
      const { face, title } = await getAskedFace(env, call.person().personId, params.matterId);
      return { contentType: "image/svg+xml", body: await drawSvg(env.files, face, title) };
    },
    "GET /v1/seal-glyphs": async ({ query }) => listGlyphs(query.text),
    "POST /v1/seal-face-images": async (_, call) => {
      const { stream } = await call.upload();
      return uploadFaceImage(env, call.person().personId, stream);
    },
    "GET /v1/seal-face-images/:imageId": async ({ params }, call) => ({
      contentType: "image/png",
      body: await getFaceImage(env, call.person().personId, params.imageId),
    }),
    "GET /v1/certification-authority/root.pem": async () => ({
      contentType: pem,
      body: toPem((await trust()).root),
      fileName: "chancery-root.pem",
    }),
    "GET /v1/certification-authority/issuing.pem": async () => ({
      contentType: pem,
      body: toPem((await trust()).issuing),
      fileName: "chancery-issuing.pem",
    }),
    "GET /v1/certification-authority/revocations.crl": async () => {
      await renewRevocations(env);
      const [list] = (await trust()).revocationLists;
      if (!list) throw sealProblems.authorityMissing();
      return { contentType: "application/pkix-crl", body: list, fileName: "chancery.crl" };
    },
    "GET /v1/controls": async () => ({
      items: CONTROL_IDS.map((id) => {
        const { title, rule, severity } = controls[id];
        return { id, title, rule, severity };
      }),
    }),
  };
}
