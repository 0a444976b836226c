import type { Message } from "./messages.ts";

const message = (en: string, zh: string, wayOutEn: string, wayOutZh: string): Message => ({
  ...{ sentence: { en, zh }, wayOut: { en: wayOutEn, zh: wayOutZh } },
});

/** Why a class of documents may not be as it is wanted, or not be chosen. */
export const classMessages = {
  "class.name-missing": message(
    "A class of documents has a name in both languages.",
    "文件类别须有中英文名称。",
    "Give both names.",
    "填写中英文名称。",
  ),
  "class.name-taken": message(
    "There is a class of this name: {name}.",
    "已有同名文件类别：{name}。",
    "Choose another name, or change that class.",
    "更换名称，或修改该类别。",
  ),
  "class.looser": message(
    "It is based on {documentClass}, which makes rights or duties; rules of legal review that name it count on that.",
    "该类别基于“{documentClass}”，后者产生权利义务，法务审核规则以此为前提。",
    "Let it make rights or duties too, or base it on a class that makes none.",
    "保留“产生权利义务”，或改以不产生权利义务的类别为基础。",
  ),
  "class.rules-do-not-know": message(
    "The rules of use in force would send such documents to no legal review: they look at another class than this one.",
    "现行用印规则不会将此类文件送法务审核：规则未涉及该类别。",
    "Change the rules first, so that what makes rights or duties goes to legal review; then ask again.",
    "先修改用印规则，使产生权利义务的文件须经法务审核，再提出申请。",
  ),
  "class.no-seal": message(
    "No kind of seal may stand on it, so that nobody could ever use it.",
    "未选择可用印章种类，该类别将无法用印。",
    "Choose the kinds of seals that may stand on it.",
    "选择可在该类文件上使用的印章种类。",
  ),
  "class.seal-unknown": message(
    "There is no kind of seal {kind}.",
    "不存在印章种类 {kind}。",
    "Choose among the kinds there are.",
    "在现有印章种类中选择。",
  ),
  "class.paper-why": message(
    "Electronic seals do not come first for it, and nobody says why.",
    "该类别不优先使用电子印章，但未说明原因。",
    "Say why in both languages, or put electronic seals first.",
    "用中英文说明原因，或改为优先使用电子印章。",
  ),
  "class.word-taken": message(
    "Another class is recognised by “{word}” already.",
    "“{word}”已用于识别其他类别。",
    "Use another word, or take it from the other class first.",
    "更换识别词，或先从其他类别中删除。",
  ),
  "class.too-many": message(
    "There are {most} {most:class|classes} of your own already; more would fit into no rule.",
    "自定义类别已达 {most} 个，再多将无法写入规则。",
    "Retire one that nobody uses any more.",
    "停用不再使用的类别。",
  ),
  "class.other-stays": message(
    "“Other document” can not be retired: what fits nowhere else is asked for under it.",
    "“其他文件”不能停用：不属于其他类别的文件均归入此类。",
    "Leave it in use.",
    "保留该类别。",
  ),
  "class.changed-meanwhile": message(
    "The class was changed since this was asked for.",
    "提出申请后该类别已被修改。",
    "Begin from the class as it is now.",
    "请基于现行版本重新提出。",
  ),
  "class.unchanged": message(
    "Nothing of the class would change.",
    "该类别没有任何改动。",
    "Change something of it first.",
    "请先修改内容。",
  ),
  "class.retired": message(
    "{documentClass} is retired: no request begins with it any more.",
    "“{documentClass}”已停用，不能再用于申请。",
    "Choose the class that took its place.",
    "选择替代的文件类别。",
  ),
  "class.unknown": message(
    "There is no such class of documents.",
    "不存在该文件类别。",
    "Choose one of the list.",
    "在列表中选择。",
  ),
} as const satisfies Record<string, Message>;
