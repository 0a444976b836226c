import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on storage checks and stock-takes. */
export const checkMessages = {
  "check.photo-missing": say(
    "A seal that is there is shown by a photo of it in its place. Rule C13.",
    "印章在位须附现场照片。规则 C13。",
    "Take the photo now, then answer.",
    "请现场拍照后再回答。",
  ),
  "check.photo-old": say(
    "The photo was there before this check began. Rule C13.",
    "该照片在本次检查开始之前已存在。规则 C13。",
    "Take a new one now.",
    "请现场重新拍摄。",
  ),
  "check.counter-missing": say(
    "The piece sits in a controller, and the number on its screen is missing. Rule C09.",
    "该印章装在印控仪内，尚未填写其屏幕上的计数。规则 C09。",
    "Read the counter of its slot off the box; if it cannot be read, say why in the remark.",
    "请现场读取该槽位的计数；无法读取的，请在备注中说明原因。",
  ),
  "check.counter-unasked": say(
    "A counter was read, but the piece was not found in the controller that it is mounted in. Rule C09.",
    "填写了计数，但印章并未在其所装的印控仪内找到。规则 C09。",
    "Leave the number out, or choose the controller as the place.",
    "请删去计数，或将存放地点改为该印控仪。",
  ),
  "check.nothing-to-check": say(
    "There is no piece in this entity that could be checked. Rule C13.",
    "该主体没有可供检查的实物印章。规则 C13。",
    "Electronic seals lie in no place; enter the pieces that are there first.",
    "电子印章没有存放地点；请先登记现有实物印章。",
  ),
  "check.open-already": say(
    "A check of this kind is open in this entity. Rule C13.",
    "该主体已有同类检查正在进行。规则 C13。",
    "It closes by itself when every piece is answered for.",
    "全部印章回答后将自动结束。",
  ),
  "check.place-unknown": say(
    "The place is neither a container of this entity nor the hand of one of its people. Rule C13.",
    "所填地点既不是该主体的容器，也不是其人员。规则 C13。",
    "Choose a container or a person.",
    "请选择容器或人员。",
  ),
  "check.keeps-himself": say(
    "A surprise check is answered by somebody who neither keeps the piece nor is to keep it, so that nobody answers for himself. Rule C13.",
    "突击检查由该实物保管人以外的人回答，以免自查自证。规则 C13。",
    "Show the piece to an inspector, or to a seal administrator; he answers on the page 'Checks' with a photo that he took.",
    "请向检查人或印章管理员出示实物，由其在「检查」页面附其拍摄的照片回答。",
  ),
  "check.confirm-own": say(
    "Who asked for the opening stock, decided it, or keeps the piece, does not confirm it. Rule C23.",
    "期初存量的申请人、审批人和该实物的保管人不能自行确认。规则 C23。",
    "An inspector, or a seal administrator who neither asked for it nor decided it, looks at the piece and answers with a photo. Is it not there, report the loss on the seal's page.",
    "请检查人，或未申请也未审批的印章管理员现场查看并附照片回答。实物不在的，请在印章页面报失。",
  ),
  "finding.check.missing": say(
    "A check did not find this piece. Rule C13.",
    "检查时未找到该印章。规则 C13。",
    "Look for it at once; if it is lost, report the loss.",
    "请立即查找；确认遗失的，立即报失。",
  ),
  "finding.check.other-holder": say(
    "A check found this piece in another hand than the book says. Rule C08.",
    "检查时该印章由账外人员持有。规则 C08。",
    "Ask how it came there; have it handed over or locked away.",
    "请查明原因，并办理交接或归位。",
  ),
  "finding.check.other-place": say(
    "A check found this piece in another place than the book says. Rule C13.",
    "检查时该印章的存放地点与账面不符。规则 C13。",
    "Put it where it belongs, or record the move.",
    "请放回原处，或登记移动。",
  ),
  "finding.check.unanswered": say(
    "A check of this piece was not answered in time. Rule C13.",
    "该印章的检查逾期未回答。规则 C13。",
    "Ask the custodian to answer it now; somebody else may look as well.",
    "请保管人立即回答，也可由他人现场查看。",
  ),
  "finding.check.unknown-seal": say(
    "A seal turned up that is in no register. Rule C23.",
    "发现未登记在册的印章。规则 C23。",
    "Take it in, compare it with the specimens, and find out who had it made.",
    "请收存、与印模比对，并查明由谁刻制。",
  ),
  "task.answer-check": say(
    "A check asks where your seals are. Rule C13.",
    "检查询问您所保管印章的所在。规则 C13。",
    "Answer on the page 'Checks' with a photo of each in its place.",
    "请在「检查」页面逐枚附现场照片回答。",
  ),
  "task.look-at-pieces": say(
    "A surprise check asks somebody who does not keep them where these seals are. Rule C13.",
    "突击检查要求由保管人以外的人核实印章所在。规则 C13。",
    "Have each piece shown to you and answer on the page 'Checks' with a photo that you take.",
    "请逐枚当面核实，并在「检查」页面附本人拍摄的照片回答。",
  ),
  "task.confirm-pieces": say(
    "Pieces of the opening stock are to be confirmed by somebody who neither asked for them, nor decided them, nor keeps them. Rule C23.",
    "期初存量的实物须由申请人、审批人和保管人以外的人确认。规则 C23。",
    "Look at each piece in its place and answer on the page 'Checks' with a photo.",
    "请逐枚现场查看，并在「检查」页面附照片回答。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
