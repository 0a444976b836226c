import type { FaceCode } from "./face-spec.ts";

/** What people read about a face that decideFace refused: why, and what to do. */
export const faceMessages: Readonly<Record<FaceCode, { readonly en: string; readonly zh: string }>> = {
  "face.form-invalid": {
    en: "This is not the description of a face. Choose a shape and a size.",
    zh: "这不是印面的描述。请选择形状和尺寸。",
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
    en: "Seals with state, party, army or police emblems are made by authorities alone. Use a star or a text instead.",
    zh: "含国徽、党徽、军徽、警徽的印章只能由主管机关制发。请改用五角星或文字。",
  },
  "face.invoice-supervision": {
    en: "The supervision mark of invoices is made by the tax authority alone. For your own invoices, register an invoice seal.",
    zh: "发票监制章只能由税务机关制发。单位自用请登记发票专用章。",
  },
};
