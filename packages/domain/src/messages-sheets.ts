import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on the end of numbered blank sheets: reported by their taker, confirmed by somebody else. */
export const sheetMessages = {
  "sheets.report-first": say(
    "What became of blank sheets is reported, and counts once somebody else has confirmed it. Rules C05 and C11.",
    "空白用纸的去向须先报告，经他人确认后方可核销。规则 C05、C11。",
    "Choose 'Report what became of them' on the page of the series.",
    "请在系列页面点击「报告去向」。",
  ),
  "sheets.void-by-report": say(
    "Who took blank sheets does not void them alone. Rules C05 and C11.",
    "领用人不得独自作废空白用纸。规则 C05、C11。",
    "Give them back to their keeper, or destroy them before somebody who confirms it and report that.",
    "请交回保管人；或在他人见证下销毁后报告去向。",
  ),
  "sheets.own-hand": say(
    "Blank sheets {range} are in your own hand: you do not take them back or void them yourself. Rule C11.",
    "空白用纸 {range} 由您本人领用，不得自行退回或作废。规则 C11。",
    "Report what became of them; somebody without a part in it confirms it. Sheets that were not used go to another keeper.",
    "请报告去向，由无关人员确认；未使用的，请先变更系列保管人再交回。",
  ),
  "sheets.executor-takes": say(
    "Who has the sealed sheets in his hand is not one of the two who destroy them. Rule C11.",
    "已用印用纸的领用人不得担任销毁人。规则 C11。",
    "Name two others; he hands the sheets to them.",
    "请另选两人，由领用人将用纸交其销毁。",
  ),
  "sheets.photo-missing": say(
    "The destruction of a blank sheet is shown by a photo. Rule C05.",
    "销毁空白用纸须附照片。规则 C05。",
    "Photograph the sheet torn across, with its number to be seen.",
    "请拍摄撕毁后的用纸，号码须可见。",
  ),
  "sheets.report-waiting": say(
    "What became of blank sheets {range} is reported already, and waits to be confirmed. Rule C05.",
    "空白用纸 {range} 的去向已报告，正待确认。规则 C05。",
    "Wait for the confirmation. A report that is wrong is rejected, and made anew.",
    "请等待确认；报告有误的，请确认人退回后重新报告。",
  ),
  "sheets.several-takers": say(
    "These blank sheets were given out by more than one matter. Rule C05.",
    "这些空白用纸分属不同的领用事项。规则 C05。",
    "Report those of each matter by themselves.",
    "请按领用事项分别报告。",
  ),
  "sheets.sealed-by-matter": say(
    "Blank sheets {range} bear a seal: they are destroyed by a matter that was approved. Rule C05.",
    "空白用纸 {range} 已加盖印章，须经批准的事项销毁。规则 C05。",
    "Ask for 'Destruction of controlled forms', or report the used copy.",
    "请申请「空白凭证销毁」；已使用的，请报告交回使用件。",
  ),
  "sheets.code-other": say(
    "{code} is the code of no sheet that is reported here. Rule C05.",
    "{code} 不是所报告用纸的编码。规则 C05。",
    "Compare the line at the foot of the paper: bring the very sheet that is reported, and scan each by itself.",
    "请核对页脚：须为所报告的那一张，并逐张扫描。",
  ),
  "sheets.code-unread": say(
    "The code of blank sheets {range} could not be read from the file. Rule C05.",
    "未能从文件中读取空白用纸 {range} 的编码。规则 C05。",
    "Read it from the foot of the paper and write it down, or say why nobody can read it.",
    "请从纸张页脚读取并填写编码；无法辨认的，请说明原因。",
  ),
  "sheets.reject-unexplained": say(
    "A report is rejected with a reason.",
    "退回报告须说明理由。",
    "Say what is missing or wrong; who reported it reads it.",
    "请说明缺少或有误之处，报告人可见。",
  ),
  "sheets.confirm-own": say(
    "You have a part in these blank sheets, and do not confirm what became of them. Rule C11.",
    "您与这些空白用纸有关，不得确认其去向。规则 C11。",
    "The keeper of the series confirms it, or in his place whoever watches over the forms.",
    "请由系列保管人确认，或由监管人员代为确认。",
  ),
  "sheets.confirm-in-place": say(
    "You stand in for somebody with a part in these blank sheets, and do not confirm what became of them. Rule C11.",
    "您正代行与这些空白用纸有关人员的职权，不得确认其去向。规则 C11。",
    "Somebody who stands in for none of them confirms it.",
    "请由未代行其职权的人员确认。",
  ),
  "sheets.confirm-not-asked": say(
    "Neither do you keep these blank sheets, nor do you watch over the forms of the entity. Rule C11.",
    "您既不是该系列的保管人，也不是该单位凭证的监管人员。规则 C11。",
    "The keeper of the series confirms it.",
    "请由系列保管人确认。",
  ),
  "sheets.confirm-keeper-first": say(
    "The keeper of the series confirms what came back to him; others do where he cannot, or has let the time pass. Rule C11.",
    "去向由系列保管人确认；其无法确认或逾期未确认的，方由他人确认。规则 C11。",
    "Remind him; from the end of his time on you may.",
    "请提醒保管人；逾期后您可确认。",
  ),
  "task.confirm-sheets": say(
    "Confirm what became of blank sheets {range} of {series}. Rules C05 and C11.",
    "请确认「{series}」空白用纸 {range} 的去向。规则 C05、C11。",
    "Open the series: have the used copy handed to you or see the sheets destroyed, compare, and confirm it or reject it with a reason.",
    "请打开系列页面：收到使用件或在场见证销毁，核对后确认，或说明理由退回。",
  ),
} as const satisfies Record<string, Message>;
