import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on the life of a seal: engraving, issue, surrender, destruction, loss, certificates. */
export const lifeMessages = {
  "seal.number-taken": say(
    "The entity has, or had, a seal with the number {number}. A number is never used twice. Rule C10.",
    "该单位已有或曾有编号为 {number} 的印章，编号不得重复使用。规则 C10。",
    "Choose another number.",
    "请更换编号。",
  ),
  "seal.nothing-to-make": say(
    "Neither a piece nor an electronic body is asked for. Rule C23.",
    "既未申请实物印章，也未申请电子章。规则 C23。",
    "Say what is to be made.",
    "请选择要制作的印章。",
  ),
  "seal.electronic-already": say(
    "The seal has an electronic body already. Rule C23.",
    "该印章已有电子章。规则 C23。",
    "Renew it, or have a new seal made.",
    "请更新证书，或另行刻制。",
  ),
  "seal.unit-foreign": say(
    "The unit does not belong to the entity of the seal.",
    "所选部门不属于印章所在单位。",
    "Choose a unit of the entity.",
    "请选择该单位的部门。",
  ),
  "seal.custodian-twice": say(
    "One person is named custodian twice. Rule C12.",
    "同一人被重复指定为保管人。规则 C12。",
    "Name two different people.",
    "请指定两名不同的人员。",
  ),
  "seal.picture-unknown": say(
    "The picture of the face is not one that the asker uploaded.",
    "印面图片并非申请人上传。",
    "Upload it again.",
    "请重新上传。",
  ),
  "seal.body-unknown": say(
    "The piece or key named is not one of this seal. Rule C10.",
    "所选实物或电子章不属于该印章。规则 C10。",
    "Choose a piece of the seal.",
    "请选择该印章的实物。",
  ),
  "seal.pieces-only": say(
    "This is only for a piece that can be held in the hand. Rule C10.",
    "该操作仅适用于实物印章。规则 C10。",
    "Choose a piece of the seal.",
    "请选择实物印章。",
  ),
  "seal.key-only": say(
    "This is only for the electronic body of a seal. Rule C10.",
    "该操作仅适用于电子章。规则 C10。",
    "Choose the electronic body.",
    "请选择电子章。",
  ),
  "seal.specimen-scale": say(
    "The scale does not fit: an impression of {mm} mm would be {measured} mm wide. Rule C23.",
    "比例不符：{mm} 毫米的印模按此比例为 {measured} 毫米。规则 C23。",
    "Measure the impression in the picture again.",
    "请重新测量图片中的印模。",
  ),
  "seal.specimen-not-readable": say(
    "No red impression stands out in the picture, or it cannot be read. Rule C23.",
    "图片中未发现清晰的红色印迹，或图片无法读取。规则 C23。",
    "Press on white paper and scan it in colour.",
    "请在白纸上盖印后彩色扫描。",
  ),
  "seal.replaced-already": say(
    "The seal is being replaced by {number} already. Rule C10.",
    "该印章已由 {number} 更换。规则 C10。",
    "Go on with the new seal.",
    "请继续办理新印章。",
  ),
  "seal.ended": say(
    "The seal has ended: it is {state}. Rule C10.",
    "印章生命周期已结束：{state}。规则 C10。",
    "Have a new seal made.",
    "请另行刻制。",
  ),
  "seal.no-electronic": say(
    "The seal has no electronic body that could be renewed or revoked. Rule C10.",
    "该印章没有可更新或吊销的电子章。规则 C10。",
    "Ask for an electronic body first.",
    "请先申请制作电子章。",
  ),
  "seal.no-certificate": say(
    "No certificate of the seal is in force. Rule C10.",
    "该印章没有有效的证书。规则 C10。",
    "There is nothing to revoke.",
    "无需吊销。",
  ),
  "seal.file-date": say(
    "The day of filing lies in the future. Rule C23.",
    "备案日期不得晚于今天。规则 C23。",
    "Give the day that stands on the filing document.",
    "请填写备案材料上的日期。",
  ),
  "seal.person-unknown": say(
    "Somebody named is not an active person of this organisation. Rule C11.",
    "所指定的人员不是本组织的在职人员。规则 C11。",
    "Choose another person.",
    "请另选人员。",
  ),
  "seal-type.important-stays": say(
    "The {sealType} is important by the rules and stays so. Rule C22.",
    "按制度，{sealType}为重要印章，不能改为一般印章。规则 C22。",
    "Change the other defaults and leave it important.",
    "请保留重要印章属性，仅修改其他默认规定。",
  ),
  "destroy.people-meet": say(
    "Executors and witness are three different people. Rule C11.",
    "两名销毁人与监销人须为三个不同的人。规则 C11。",
    "Name another person.",
    "请另行指定人员。",
  ),
  "surrender.people-meet": say(
    "Who hands in and who takes in are different people. Rule C11.",
    "上缴人与接收人不得为同一人。规则 C11。",
    "Name another receiver.",
    "请另行指定接收人。",
  ),
  "surrender.not-of-record": say(
    "Who hands it in is not answerable for it. Rule C08.",
    "上缴人不是该印章在册的责任人。规则 C08。",
    "Name the custodian of record.",
    "请指定在册的保管人。",
  ),
  "loss.comparison-missing": say(
    "A found seal is compared with its specimen. Rule C23.",
    "找回的印章须与留存印模比对。规则 C23。",
    "Compare the fresh impression with the specimen; if they differ, declare the seal void.",
    "请将新印模与留存印模比对；如不一致，请办理作废。",
  ),
  "loss.unknown-piece": say(
    "Which piece is lost is not said. Rule C10.",
    "未说明遗失的是哪一枚。规则 C10。",
    "Choose the piece.",
    "请选择遗失的实物印章。",
  ),
  "task.evidence-wanted": say(
    "This task is done with its evidence. Rule C09.",
    "完成该任务须附材料。规则 C09。",
    "Add the photo or document.",
    "请上传照片或文件。",
  ),
  "task.surrender": say(
    "Hand in the stopped seal with its register.",
    "请上缴已停用的印章及其用印登记簿。",
    "Bring both to the seal administrator; the matter 'Surrender' records it.",
    "请交至印章管理员处，并办理「印章上缴」。",
  ),
  "task.loss-police-report": say(
    "Report the loss of the seal to the police.",
    "请就印章遗失向公安机关报案。",
    "Add the report's receipt.",
    "请上传报案回执。",
  ),
  "task.loss-notice": say(
    "Publish the notice of the loss.",
    "请刊登印章遗失公告。",
    "Add the published notice.",
    "请上传公告材料。",
  ),
  "task.loss-file": say(
    "Settle the loss: find the seal or declare it void.",
    "请了结遗失事项：找回印章或宣告作废。",
    "Ask for the matter that fits; add the closing report.",
    "请办理相应事项，并上传结案材料。",
  ),
  "task.issue-receipt": say(
    "Confirm that you have the notice: the seal {sealNumber} is in use from {from}.",
    "请确认收到启用通知：印章 {sealNumber} 自 {from} 起启用。",
    "Read the notice in its matter, then confirm.",
    "请查看事项中的通知后确认。",
  ),
  "finding.life.surrender-overdue": say(
    "Where is the stopped seal? It should have been handed in. Rule C10.",
    "已停用的印章现在何处？上缴期限已过。规则 C10。",
    "Ask its custodian, have it surrendered, write down why it was late.",
    "请询问保管人并督促上缴，记录逾期原因。",
  ),
  "finding.life.loss-overdue": say(
    "Why is a step of the loss not done? Its time is over. Rule C10.",
    "遗失处理为何逾期？规定期限已过。规则 C10。",
    "Report, publish or settle the loss now, and write down why it was late.",
    "请立即报案、公告或结案，并记录逾期原因。",
  ),
  "task.replaced-stop": say(
    "Stop the seal {sealNumber}: its replacement is in use.",
    "请停用印章 {sealNumber}：更换后的印章已启用。",
    "Ask for the matter 'Stop a seal'.",
    "请办理「停用印章」。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
