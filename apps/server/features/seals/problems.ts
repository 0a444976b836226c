import { type FaceCode, faceMessages } from "@chancery/seal-image";
import { type BothTexts, ProblemError } from "../../platform/problems.ts";

type ImageCode = "image.not-a-png" | "image.too-large" | "image.damaged" | "image.no-ink";

const imageMessages: Readonly<Record<ImageCode, BothTexts>> = {
  "image.not-a-png": { en: "This is not a PNG picture. Upload a PNG.", zh: "这不是 PNG 图片。请上传 PNG 图片。" },
  "image.too-large": {
    en: "The picture is larger than 5 MB or 4000 pixels a side. Upload a smaller one.",
    zh: "图片超过 5 MB 或单边超过 4000 像素。请上传较小的图片。",
  },
  "image.damaged": {
    en: "The picture is damaged and cannot be read. Save it anew and upload it again.",
    zh: "图片已损坏，无法读取。请重新保存后再上传。",
  },
  "image.no-ink": {
    en: "No red impression stands out from the paper. Scan the impression in colour, on white paper.",
    zh: "图片中未发现清晰的红色印迹。请在白纸上盖印后彩色扫描。",
  },
};

export const sealProblems = {
  face: (code: FaceCode | ImageCode): ProblemError =>
    new ProblemError(422, code, { ...faceMessages, ...imageMessages }[code]),
  presenceNeeded: (): ProblemError =>
    new ProblemError(409, "presence.needed", {
      en: "This act on a seal needs a fresh proof of presence. Confirm with your passkey or password.",
      zh: "对印章的此项操作需要重新确认身份。请使用通行密钥或密码确认。",
    }),
  keyGone: (): ProblemError =>
    new ProblemError(409, "seal.key-gone", {
      en: "The seal has no key any more. Nothing can be sealed with it.",
      zh: "该印章已没有密钥，不能再用于用印。",
    }),
  authorityMissing: (): ProblemError =>
    new ProblemError(404, "authority.not-made", {
      en: "The certification authority is made with the first organisation. Set up the organisation first.",
      zh: "证书机构在设立组织时建立。请先设立组织。",
    }),
};
