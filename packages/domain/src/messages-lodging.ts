import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on specimens lodged with banks, customs, courts and tax offices. */
export const lodgingMessages = {
  "lodging.seal-foreign": say(
    "A card holds one or more seals of one entity. Rule C10.",
    "一张印鉴卡须载有同一单位的一枚或多枚印章。规则 C10。",
    "Choose seals of the same entity.",
    "请选择同一单位的印章。",
  ),
  "lodging.seal-not-made": say(
    "The seal {seal} is not made yet, so no card can show it. Rule C23.",
    "印章 {seal} 尚未制成，不可能已留存印鉴。规则 C23。",
    "Record the card once the seal is made.",
    "请在印章制成后再登记。",
  ),
  "lodging.day-to-come": say(
    "The day lies in the future. Rule C10.",
    "日期不得晚于今天。规则 C10。",
    "Give the day that stands on the paper.",
    "请填写凭证上的日期。",
  ),
  "lodging.day-before": say(
    "The card was lodged on {day} only. Rule C10.",
    "该印鉴卡于 {day} 才预留。规则 C10。",
    "Give the day on which it was handed back.",
    "请填写实际收回的日期。",
  ),
  "lodging.evidence-same": say(
    "The photo of the lodged card does not show that it came back. Rule C10.",
    "预留时的照片不能证明印鉴卡已收回。规则 C10。",
    "Add the receipt, or a photo of the cancelled card.",
    "请上传回执或已作废印鉴卡的照片。",
  ),
  "lodging.withdrawn-already": say(
    "The card is withdrawn already. Rule C10.",
    "该印鉴卡已撤回。规则 C10。",
    "Nothing is left to do.",
    "无需再办理。",
  ),
  "lodging.withdraw-there": say(
    "This task ends when the withdrawal is recorded with its evidence. Rule C10.",
    "该任务在登记撤回并上传凭证后自动完成。规则 C10。",
    "Open 'Lodged specimens' and record that the card was withdrawn or replaced.",
    "请在「预留印鉴」中登记撤回或更换。",
  ),
  "task.withdraw-specimen": say(
    "Withdraw or replace the specimen at {place}.",
    "请撤回或更换预留在{place}的印鉴。",
    "Its seal no longer holds. Record it under 'Lodged specimens', with the receipt.",
    "卡上印章已不再有效。请在「预留印鉴」中登记，并上传回执。",
  ),
  "finding.life.specimen-overdue": say(
    "Why does a card of a seal that no longer holds still lie outside? Its time is over. Rule C10.",
    "失效印章的预留印鉴为何仍未撤回？期限已过。规则 C10。",
    "Withdraw or replace it now, and write down why it was late.",
    "请立即撤回或更换，并记录逾期原因。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
