import type { Trust, Verdict } from "@chancery/pdf-seal/verify";
import type { BothTexts } from "../../platform/problems.ts";
import type { PlainAnswer } from "./answer.ts";
import type { HalfSealed, OwnSeal, SealedFile } from "./read-model.ts";
import { lacksOther, questions, showTime, stateWord, words } from "./wording.ts";

export interface Finding {
  id: keyof typeof questions;
  question: BothTexts;
  answer: "yes" | "no" | "attention" | "unknown";
  word: BothTexts;
  reason: BothTexts;
}

/** Where the sealing stands in the ledger; `proved` means that inclusion was computed and verified just now. */
export interface LedgerPlace {
  leaf: number | null;
  size: number;
  proved: boolean;
}

export interface Found {
  answer: PlainAnswer;
  verdict: Verdict;
  trust: Trust | null;
  sealed: SealedFile | null;
  /** Whose seal it lacks, of a paper that two entities seal. */
  half: HalfSealed | null;
  /** Seals of ours on the sealed file, or the one whose use nobody recorded. */
  seals: readonly OwnSeal[];
  approvals: { approved: number; of: number; before: boolean } | null;
  /** Of a paper that two entities sealed: the number of the other's request, whose approvals are counted too. */
  otherNumber: string | null;
  place: LedgerPlace | null;
  /** Pages, from 1, on which something covers what was sealed; and those that show later signatures of others. */
  pages: { covered: readonly number[]; signed: readonly number[] };
}

type Said = Pick<Finding, "answer" | "word" | "reason">;
const say = (answer: Finding["answer"], word: BothTexts, en: string, zh: string): Said => ({
  answer,
  word,
  reason: { en, zh },
});

/** The five findings, always in the same order. */
export function listFindings(found: Found): Finding[] {
  const all = {
    unchanged: unchanged(found),
    certificate: certificate(found),
    authorised: authorised(found),
    ledger: ledger(found),
    "seal-today": sealToday(found),
  } as const;
  return (["unchanged", "certificate", "authorised", "ledger", "seal-today"] as const).map((id) => ({
    id,
    question: questions[id],
    ...all[id],
  }));
}

/** "page 2" or "pages 2 and 5"; at most a handful, for a file can name any number. */
function namePages(pages: readonly number[]): BothTexts {
  const shown = pages.slice(0, 5);
  const more = pages.length > shown.length;
  return {
    en: `${shown.length === 1 ? "page" : "pages"} ${shown.join(", ")}${more ? " and more" : ""}`,
    zh: `第 ${shown.join("、")} 页${more ? "等" : ""}`,
  };
}

function unchanged({ answer, sealed, verdict, pages }: Found): Said {
  switch (answer) {
    case "half-sealed":
    case "as-sealed": {
      const pages = sealed?.pages ?? 0;
      return say(
        "yes",
        words.yes,
        `${pages === 1 ? "The one page is" : `The ${pages} pages are`} the bytes that were sealed. Nothing was added later.`,
        `全部 ${pages} 页均为签章时的原内容，其后没有添加。`,
      );
    }
    case "as-sealed-changed-allowed": {
      const on = namePages(pages.signed);
      const signed = pages.signed.length > 0;
      return say(
        "attention",
        words.attention,
        `What was sealed is unchanged; later additions stand behind it, of a kind that the seal permits.${signed ? ` Somebody signed later on ${on.en}: what his signature shows there was not sealed here.` : ""}`,
        `签章内容未变；其后有添加，属于该签章所允许的类型。${signed ? `${on.zh}有他人后加的签署，其所显示的内容不属于此次签章。` : ""}`,
      );
    }
    case "changed":
    case "foreign-changed":
      if (pages.covered.length > 0 && verdict !== "invalid") {
        const on = namePages(pages.covered);
        return say(
          "no",
          words.no,
          `Something that was not sealed was put over ${on.en} afterwards. What you read there may not be what was sealed.`,
          `签章后，${on.zh}被覆盖了未经签章的内容。您在该处看到的可能不是签章时的内容。`,
        );
      }
      return say(
        "no",
        words.no,
        verdict === "invalid"
          ? "The bytes under the seal are not the bytes that were sealed."
          : "Something was changed after the sealing that the seal does not permit.",
        verdict === "invalid" ? "签章所涵盖的内容已不是签章时的内容。" : "签章后有该签章不允许的更改。",
      );
    case "original-only":
      return say(
        "attention",
        words.original,
        "These are the bytes that were approved, from before the seal was set.",
        "这是获批准的内容，尚未加盖签章。",
      );
    case "foreign-intact":
      return verdict === "valid"
        ? say("yes", words.yes, "The file is as the seal in it left it.", "文件与其中的签章作出时一致。")
        : say(
            "attention",
            words.attention,
            "What was sealed is unchanged; later additions of a permitted kind stand behind it.",
            "签章内容未变；其后有被允许的添加。",
          );
    case "undecided":
      return say(
        "unknown",
        words.unknown,
        "The seal in this file cannot be checked fully, or does not fit what was recorded.",
        "文件中的签章无法完整核对，或与记录不符。",
      );
    case "not-sealed":
      return say("unknown", words.none, "There is no seal to compare the file with.", "没有签章可供核对。");
    case "unreadable":
      return say("unknown", words.unknown, "The file could not be read.", "文件无法读取。");
  }
}

function certificate({ answer, trust, sealed, seals }: Found): Said {
  if (sealed && seals.length > 0) {
    const unfit = seals.find(
      ({ certificate: one }) =>
        !one ||
        sealed.sealedAt < one.from ||
        sealed.sealedAt > one.until ||
        (one.revokedAt !== null && one.revokedAt <= sealed.sealedAt),
    );
    if (unfit)
      return say(
        "no",
        words.no,
        `The certificate of ${unfit.name.en} was not valid at that time.`,
        `${unfit.name.zh}的证书当时无效。`,
      );
    const [first] = seals;
    const zone = sealed.entity.timeZone;
    const from = first?.certificate ? showTime(first.certificate.from, zone) : { en: "", zh: "" };
    const until = first?.certificate ? showTime(first.certificate.until, zone) : { en: "", zh: "" };
    const revoked = seals.find((seal) => seal.certificate?.revokedAt != null);
    const later = revoked?.certificate?.revokedAt ? showTime(revoked.certificate.revokedAt, zone) : null;
    return say(
      answer === "original-only" ? "attention" : "yes",
      answer === "original-only" ? words.original : words.yes,
      `The seal was in use. Its certificate holds from ${from.en} to ${until.en} and was not revoked when the seal was set.${later ? ` It was revoked later, on ${later.en}.` : ""} The time is the one recorded here.`,
      `印章当时在用，其证书有效期自 ${from.zh} 至 ${until.zh}，签章时未被吊销。${later ? `其后于 ${later.zh} 被吊销。` : ""}时间以本平台记录为准。`,
    );
  }
  if (answer === "not-sealed" || answer === "unreadable")
    return say("unknown", words.none, "There is no seal to look at.", "没有可供核对的签章。");
  switch (trust) {
    case "trusted":
      return say(
        "attention",
        words.attention,
        "The certificate is one of ours and valid, but no sealing with it is recorded for this file.",
        "证书由我们签发且有效，但没有此文件的签章记录。",
      );
    case "expired":
      return say(
        "attention",
        words.attention,
        "The certificate has expired, and no trusted time proves that the seal is older.",
        "证书已过期，且没有可信时间证明签章早于到期。",
      );
    case "revoked":
      return say("no", words.no, "The certificate has been revoked.", "证书已被吊销。");
    case "not-trusted":
      return say(
        "no",
        words.no,
        "The certificate may not be used for this, or its path does not hold.",
        "该证书不得用于此用途，或证书链不成立。",
      );
    default:
      return say(
        "unknown",
        words.unknown,
        "It was sealed by a certificate we do not know.",
        "签章所用的证书我们不认识。",
      );
  }
}

const notOurs: Said = say(
  "unknown",
  words.unknown,
  "It was not sealed here, so there is no approval to compare it with.",
  "它不是在本平台签章的，没有可供核对的审批。",
);

function authorised({ answer, sealed, half, approvals, seals, otherNumber }: Found): Said {
  if (sealed && approvals) {
    const { approved, of } = approvals;
    const complete = of > 0 && approved === of && approvals.before;
    const en = `${otherNumber === null ? `request ${sealed.requestNumber} was` : `requests ${otherNumber} and ${sealed.requestNumber} were`} approved in ${approved} of ${of} steps${complete ? ", before the sealing" : ""}`;
    const zh = `申请 ${otherNumber === null ? "" : `${otherNumber}、`}${sealed.requestNumber} 的 ${of} 个审批步骤中已批准 ${approved} 个${complete ? "，均在签章之前" : ""}`;
    if (!complete) return say("no", words.no, `Not completely: ${en}.`, `不完整：${zh}。`);
    if (half) {
      const lacks = lacksOther(half);
      return say("attention", words.attention, `One side alone: ${en}. ${lacks.en}`, `仅一方：${zh}。${lacks.zh}`);
    }
    if (answer === "as-sealed") return say("yes", words.yes, `${en.charAt(0).toUpperCase()}${en.slice(1)}.`, `${zh}。`);
    if (answer === "as-sealed-changed-allowed")
      return say("yes", words.yes, `What was sealed was: ${en}.`, `签章内容已获授权：${zh}。`);
    return say(
      "attention",
      words.original,
      `The original was: ${en}. Nobody approved the file you have.`,
      `原件已获授权：${zh}。您手中的文件未经任何人批准。`,
    );
  }
  if (seals.length > 0)
    return say(
      "no",
      words.no,
      "No request and no approval is recorded for this sealing.",
      "此次签章没有申请和审批记录。",
    );
  return notOurs;
}

function ledger({ answer, sealed, seals, place }: Found): Said {
  if (!sealed || !place)
    return seals.length > 0
      ? say("no", words.no, "The ledger has no entry of this sealing.", "账本中没有此次签章的条目。")
      : say(
          "unknown",
          words.unknown,
          "It was not sealed here, so the ledger has no entry of it.",
          "它不是在本平台签章的，账本中没有它的条目。",
        );
  const { leaf, size, proved } = place;
  if (leaf === null || leaf >= size)
    return say(
      "attention",
      words.attention,
      "The sealing is recorded and will stand under the next checkpoint in a moment.",
      "签章已有记录，稍后将纳入下一个检查点。",
    );
  if (!proved)
    return say(
      "no",
      words.no,
      `Leaf ${leaf} does not prove under the signed checkpoint over ${size} entries.`,
      `第 ${leaf} 号记录无法在涵盖 ${size} 条记录的已签发检查点下得到证明。`,
    );
  const en = `leaf ${leaf} is included in the signed checkpoint over ${size} entries`;
  const zh = `第 ${leaf} 号记录包含在涵盖 ${size} 条记录的已签发检查点中`;
  if (answer === "as-sealed" || answer === "as-sealed-changed-allowed")
    return say("yes", words.yes, `${en.charAt(0).toUpperCase()}${en.slice(1)}.`, `${zh}。`);
  return say("attention", words.original, `The original is: ${en}.`, `原件在账本中：${zh}。`);
}

const graveStates = ["lost", "void", "destroyed", "cancelled", "stopped", "surrendered", "sealed-up"];

function sealToday({ seals, sealed }: Found): Said {
  if (seals.length === 0)
    return say(
      "unknown",
      words.unknown,
      sealed ? "The seal is not in our register." : "We keep no seal that this file names.",
      sealed ? "该印章不在我们的台账中。" : "此文件所示的印章不由我们保管。",
    );
  const worst = seals.find((seal) => graveStates.includes(seal.state)) ?? seals.find((seal) => seal.state !== "in-use");
  const [first] = seals;
  if (!worst)
    return say(
      "yes",
      stateWord(first?.state ?? "in-use"),
      "In use. It has not been stopped, lost or replaced.",
      "在用，未被停用、遗失或更换。",
    );
  const word = stateWord(worst.state);
  return say(
    "attention",
    word,
    `${worst.name.en} is ${word.en.toLowerCase()} today. What it sealed before keeps its proof.`,
    `${worst.name.zh}目前${word.zh}。此前的签章仍可核对。`,
  );
}
