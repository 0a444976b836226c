import type { sealMatters } from "@chancery/domain";
import type { MatterHandler } from "../matters/matter-handler.ts";
import { renewCertificate, revokeCertificate } from "./certificate-matters.ts";
import { destroy, destroyKey, giveUpEngraving, resume, sealUp, stop, surrender } from "./ending-matters.ts";
import { addBodyMatter, engrave, enterPiece, replace } from "./engrave-matters.ts";
import { declareVoid, findSeal } from "./loss.ts";
import { fileSeal, issue, keepSpecimenMatter, receivePiece } from "./making-matters.ts";

export const sealMatterHandlers: Readonly<Record<keyof typeof sealMatters, MatterHandler>> = {
  engrave,
  replace,
  "add-body": addBodyMatter,
  "enter-piece": enterPiece,
  "receive-piece": receivePiece,
  "file-seal": fileSeal,
  "keep-specimen": keepSpecimenMatter,
  issue,
  stop,
  resume,
  surrender,
  "seal-up": sealUp,
  destroy,
  "give-up-engraving": giveUpEngraving,
  "destroy-key": destroyKey,
  "declare-void": declareVoid,
  "find-seal": findSeal,
  "renew-certificate": renewCertificate,
  "revoke-certificate": revokeCertificate,
};
