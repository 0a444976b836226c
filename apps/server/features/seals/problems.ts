import type { FaceCode } from "@chancery/seal-image";
import { type BothTexts, ProblemError, problems } from "../../platform/problems.ts";

type FaceProblemCode = FaceCode | "image.not-a-png" | "image.too-large" | "image.damaged" | "image.no-ink";

const faceSentences: Readonly<Record<FaceProblemCode, BothTexts>> = {
  "face.form-invalid": {
    en: "This is not the description of a face. Choose a shape and a size.",
    zh: "印面描述无效。请选择形状和尺寸。",
  },
  "face.size-out-of-range": {
    en: "A face is 5 to 100 mm wide and high; one side is at most five times the other, an oval lies and is at most twice as wide as high.",
    zh: "印面宽高须为 5 至 100 毫米；一边不超过另一边的五倍，椭圆须横置且宽不超过高的两倍。",
  },
  "face.size-unequal": {
    en: "A circle or a square is as wide as it is high.",
    zh: "圆形和方形印面的宽与高须相等。",
  },
  "face.border-out-of-range": {
    en: "The border is at least 0.2 mm and at most a tenth of the smaller side.",
    zh: "边框宽度至少 0.2 毫米，且不超过短边的十分之一。",
  },
  "face.empty": { en: "The face shows no text. Enter one.", zh: "印面没有文字。请输入文字。" },
  "face.text-too-long": {
    en: "A text is too long for the face. Shorten it.",
    zh: "文字过长，印面容纳不下。请缩短。",
  },
  "face.character-invalid": {
    en: "A text has characters that cannot be seen. Type it anew.",
    zh: "文字中含有不可见字符。请重新输入。",
  },
  "face.character-missing": {
    en: "The font of the faces lacks a character. Use another one, or upload a picture of the impression.",
    zh: "印面字体缺少某个字符。请改用其他字符，或上传印模图片。",
  },
  "face.centre-unknown": { en: "The centre mark is a star or nothing.", zh: "中心图案只能是五角星或留空。" },
  "face.centre-taken": {
    en: "The centre holds a star or a text, not both.",
    zh: "中心只能放五角星或文字，不能两者都有。",
  },
  "face.round-only": {
    en: "A star and a code stand on round and oval faces only.",
    zh: "只有圆形和椭圆形印面可以有五角星和编码。",
  },
  "face.code-invalid": { en: "The code of a seal has 13 digits.", zh: "印章编码为 13 位数字。" },
  "face.state-emblem": {
    en: "Seals with state, party, army or police emblems are made by authorities alone.",
    zh: "含国徽、党徽、军徽、警徽的印章只能由主管机关制发。",
  },
  "face.invoice-supervision": {
    en: "The supervision mark of invoices is made by the tax authority alone.",
    zh: "发票监制章只能由税务机关制发。",
  },
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
  face: (code: FaceProblemCode): ProblemError => new ProblemError(422, code, faceSentences[code]),
  numberTaken: (number: string): ProblemError =>
    new ProblemError(409, "seal.number-taken", {
      en: `The entity has, or had, a seal with the number ${number}. A number is never used twice; choose another.`,
      zh: `该单位已有或曾有编号为 ${number} 的印章。编号不得重复使用，请更换。`,
    }),
  unitForeign: (): ProblemError =>
    problems.inputInvalid([{ path: "unitId", message: "is not a unit of the entity chosen" }]),
  custodianTwice: (): ProblemError =>
    problems.inputInvalid([{ path: "custodians", message: "names one person twice" }]),
  imageUnknown: (): ProblemError =>
    problems.inputInvalid([{ path: "face.imageId", message: "is not a picture you uploaded" }]),
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
