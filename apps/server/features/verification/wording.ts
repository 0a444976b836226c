import { sealStateNames } from "@chancery/domain";
import type { BothTexts } from "../../platform/problems.ts";
import type { PlainAnswer } from "./answer.ts";
import type { HalfSealed, OwnSeal, SealedFile } from "./read-model.ts";

/** What the sentences are made of. */
export interface Told {
  sealed: SealedFile | null;
  /** Whose seal it lacks, of a paper that two entities seal. */
  half: HalfSealed | null;
  /** A seal of ours in the file of which no sealing is recorded. */
  unrecorded: OwnSeal | null;
  /** As the foreign certificate names itself: a claim, not a finding. */
  signer: string | null;
  signedAt: Date | null;
  code: string | null;
}

export const questions = {
  unchanged: { en: "Is the document unchanged?", zh: "文件是否未被更改？" },
  certificate: { en: "Were seal and certificate valid at that time?", zh: "当时印章和证书是否有效？" },
  authorised: { en: "Was it authorised?", zh: "是否经过授权？" },
  ledger: { en: "Is the sealing in the ledger?", zh: "此次签章是否记入账本？" },
  "seal-today": { en: "What is the state of the seal today?", zh: "印章今天处于什么状态？" },
} as const satisfies Record<string, BothTexts>;

export const words = {
  yes: { en: "Yes", zh: "是" },
  no: { en: "No", zh: "否" },
  original: { en: "Original only", zh: "仅原件" },
  attention: { en: "Look here", zh: "请留意" },
  unknown: { en: "Not known", zh: "无法得知" },
  none: { en: "No seal", zh: "没有签章" },
} as const satisfies Record<string, BothTexts>;

export const stateWord = (state: string): BothTexts => {
  const name = (sealStateNames as Readonly<Record<string, BothTexts>>)[state] ?? { en: state, zh: state };
  return { en: name.en.charAt(0).toUpperCase() + name.en.slice(1), zh: name.zh };
};

/** 24 Nov 2026, 11:42 (UTC+8) · 2026-11-24 11:42 (UTC+8) */
export function showTime(at: Date, timeZone = "UTC"): BothTexts {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "shortOffset",
  }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  const day = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
    at,
  );
  const zone = part("timeZoneName")
    .replace("GMT", "UTC")
    .replace(/^UTC\+0$/, "UTC");
  const clock = `${part("hour")}:${part("minute")} (${zone})`;
  return { en: `${part("day")} ${part("month")} ${part("year")}, ${clock}`, zh: `${day} ${clock}` };
}

type Texts = { headline: BothTexts; explanation: BothTexts };

/** Headline and explanation of the plain answer. */
export function describeAnswer(answer: PlainAnswer, told: Told): Texts {
  const { sealed, half } = told;
  switch (answer) {
    case "half-sealed":
      return halfSealed(half, sealed);
    case "as-sealed":
      return {
        headline: { en: "This file is as it was sealed.", zh: "此文件与签章时一致。" },
        explanation: sealedWhen(sealed, "Nothing has been changed since.", "此后没有任何更改。"),
      };
    case "as-sealed-changed-allowed":
      return {
        headline: {
          en: "What was sealed is unchanged; something permitted was added later.",
          zh: "签章内容未变，其后有被允许的添加。",
        },
        explanation: sealedWhen(
          sealed,
          "The sealed bytes stand in this file unchanged. What was added later, such as another party's signature, is not part of that sealing.",
          "签章时的内容原样保留在文件中。其后添加的部分（例如另一方的签署）不属于此次签章。",
        ),
      };
    case "changed":
      return {
        headline: { en: "This file was changed after it was sealed.", zh: "此文件在签章后被更改。" },
        explanation: askFor(sealed, "Do not rely on it.", "请勿依赖此文件。"),
      };
    case "original-only":
      return {
        headline: { en: "This is the document from before its sealing.", zh: "这是签章之前的文件。" },
        explanation: askFor(sealed, "This copy carries no seal of that use.", "此份文件上没有该次用印的签章。"),
      };
    case "foreign-intact":
      return foreignIntact(told);
    case "foreign-changed":
      return {
        headline: { en: "This file was changed after it was sealed.", zh: "此文件在签章后被更改。" },
        explanation: {
          en: "Do not rely on it. It was not sealed here; ask whoever gave it to you for the file as it was sealed.",
          zh: "请勿依赖此文件。它不是在本平台签章的；请向提供者索取签章时的原文件。",
        },
      };
    case "undecided":
      return undecided(told);
    case "not-sealed":
      return {
        headline: { en: "This file carries no seal.", zh: "此文件上没有签章。" },
        explanation: {
          en: "It is a PDF without an electronic seal or signature, and no sealing of it is recorded here. A picture of a seal on a page proves nothing.",
          zh: "这是一份没有电子签章的 PDF，本平台也没有它的签章记录。页面上的印章图片不能证明任何事。",
        },
      };
    case "unreadable":
      return {
        headline: { en: "This file cannot be read as a PDF.", zh: "此文件无法作为 PDF 读取。" },
        explanation: {
          en: "It may be damaged, or be a file of another kind. Only PDF files can be verified here.",
          zh: "文件可能已损坏，或是其他类型的文件。此处只能验证 PDF 文件。",
        },
      };
  }
}

/** What whoever holds such a file has to know first: no seal of the other entity ever stood on it. */
export const lacksOther = ({ name, number, other }: HalfSealed): BothTexts =>
  other === "done"
    ? {
        en: `${name.en} sealed it later (request ${number}); the finished paper is another file.`,
        zh: `${name.zh}其后已用印（申请 ${number}），完成的文件另有一份。`,
      }
    : other === "ended"
      ? {
          en: `${name.en} was to seal it too and never did: request ${number} ended before. The paper is void.`,
          zh: `本应由${name.zh}一并用印，但申请 ${number} 已终止，未予用印。该文件作废。`,
        }
      : {
          en: `${name.en} is to seal it too and has not yet (request ${number}).`,
          zh: `尚待${name.zh}用印（申请 ${number}）。`,
        };

function halfSealed(half: HalfSealed | null, sealed: SealedFile | null): Texts {
  const lacks = half ? lacksOther(half) : { en: "", zh: "" };
  const { en, zh } = askFor(sealed, "Do not rely on it.", "请勿依赖此文件。");
  return {
    headline: { en: "This file carries the seal of one side alone.", zh: "此文件仅有一方的签章。" },
    explanation: { en: `It is a paper of two entities. ${lacks.en} ${en}`, zh: `此文件须由两方用印。${lacks.zh}${zh}` },
  };
}

function sealedWhen(sealed: SealedFile | null, en: string, zh: string): BothTexts {
  if (!sealed) return { en, zh };
  const at = showTime(sealed.sealedAt, sealed.entity.timeZone);
  return {
    en: `${sealed.entity.name.en} sealed it on ${at.en}, with authority. ${en}`,
    zh: `${sealed.entity.name.zh}于 ${at.zh} 经授权签章。${zh}`,
  };
}

function askFor(sealed: SealedFile | null, en: string, zh: string): BothTexts {
  if (!sealed) return { en, zh };
  return {
    en: `${en} Ask ${sealed.entity.name.en} for the file numbered ${sealed.requestNumber}.`,
    zh: `${zh}请向${sealed.entity.name.zh}索取编号为 ${sealed.requestNumber} 的文件。`,
  };
}

function foreignIntact({ signer, signedAt }: Told): Texts {
  const at = signedAt ? showTime(signedAt) : null;
  const name = signer ?? null;
  return {
    headline: {
      en: "This file is intact, but sealed by a certificate we do not know.",
      zh: "此文件完好，但签章所用的证书我们不认识。",
    },
    explanation: {
      en: `What was sealed has not been changed. The certificate says ${name ? `"${name}"` : "no name"}${at ? `, the seal says ${at.en}` : ""}; we can vouch for neither. It was not sealed here.`,
      zh: `签章内容未被更改。证书上的名称${name ? `为「${name}」` : "为空"}${at ? `，签章自称的时间为 ${at.zh}` : ""}；我们对此均不能担保。此文件不是在本平台签章的。`,
    },
  };
}

function undecided({ unrecorded, code, sealed }: Told): Texts {
  if (unrecorded && !sealed)
    return {
      headline: {
        en: "This file carries our seal, but no sealing of it is recorded.",
        zh: "此文件带有我们的印章，但没有相应的签章记录。",
      },
      explanation: {
        en: `Do not rely on it. ${unrecorded.entity.en} has no record of having sealed it; tell them about this file.`,
        zh: `请勿依赖此文件。${unrecorded.entity.zh}没有为其签章的记录；请将此文件告知该单位。`,
      },
    };
  if (sealed)
    return {
      headline: {
        en: "It cannot be decided whether this file is as it was sealed.",
        zh: "无法判定此文件是否与签章时一致。",
      },
      explanation: askFor(
        sealed,
        "It carries a seal that was made here, but its bytes do not fit what was recorded.",
        "它带有在本平台作出的签章，但内容与记录不符。",
      ),
    };
  return {
    headline: {
      en: "It cannot be decided whether this file is unchanged.",
      zh: "无法判定此文件是否未被更改。",
    },
    explanation: {
      en: `It was not sealed here, and its seal cannot be checked fully${code ? ` (${code})` : ""}. Ask whoever sealed it.`,
      zh: `它不是在本平台签章的，其签章无法完整核对${code ? `（${code}）` : ""}。请询问签章方。`,
    },
  };
}
