import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on the rule book and on positions. */
export const ruleBookMessages = {
  "rule-book.version-unknown": say(
    "This version of the rule book is not there, or its text is another one.",
    "没有这一版本的管理办法，或其文本不符。",
    "Write a new version on the page 'Rule book' and ask for its approval there.",
    "请在「管理办法」页面编制新版本并提请批准。",
  ),
  "rule-book.superseded": say(
    "Version {version} is older than version {published}, which is in force.",
    "第 {version} 版早于现行的第 {published} 版。",
    "Write a new version on the page 'Rule book'.",
    "请在「管理办法」页面编制新版本。",
  ),
  "rule-book.day-past": say(
    "A version does not take force on {day}: the day is over, or lies before the version that it replaces.",
    "新版本不能自 {day} 起施行：该日已过，或早于所替代版本的施行日。",
    "Choose today or a later day.",
    "请选择今日或之后的日期。",
  ),
  "rule-book.nothing-new": say(
    "The settings say what the rule book in force says already; there is nothing to publish.",
    "现行管理办法与当前设置一致，无需发布新版本。",
  ),
  "rule-book.settings-changed": say(
    "Settings have changed since version {version} was written, so it no longer says what holds.",
    "第 {version} 版编制之后设置已有变更，其内容与现行规定不符。",
    "Withdraw this matter, and write a new version on the page 'Rule book'.",
    "请撤回本事项，在「管理办法」页面编制新版本。",
  ),
  "rule-book.not-in-force": say(
    "This version of the rule book is not the one in force.",
    "该版本的管理办法不是现行版本。",
    "Open the page 'Rule book' and read the version in force.",
    "请打开「管理办法」页面，阅读现行版本。",
  ),
  "rule-book.not-bound": say(
    "You hold no position, so the rule book asks no confirmation of you.",
    "您未担任任何岗位，无需确认管理办法。",
  ),
  "rule-book.confirmed-already": say("You have confirmed this version already.", "您已确认过该版本。"),
  "position.not-waiting": say(
    "A position named here is not yours, has ended, or is confirmed already.",
    "所列岗位不属于您、已结束或已确认。",
    "Open 'My positions' on your account page; it lists what waits for you.",
    "请打开账户页面的「我的岗位」，查看待确认的岗位。",
  ),
  "task.of-an-act": say(
    "This task ends by itself as soon as what it asks for is done.",
    "完成所要求的操作后，该任务自动结束。",
    "Do it where the task leads; saying that it is done is not enough.",
    "请在任务指向的页面办理，仅声明已完成不能结束任务。",
  ),
  "task.read-rule-book": say(
    "Version {version} of the rule book is in force: read it and confirm it. Rule C12.",
    "第 {version} 版管理办法已施行，请阅读并确认。规则 C12。",
    "Open the page 'Rule book'; at its end you confirm it.",
    "请打开「管理办法」页面，在文末确认。",
  ),
  "task.confirm-position": say(
    "A position was given to you: {role}. It takes force when you have confirmed its job description. Rule C11.",
    "您被授予岗位：{role}。确认岗位说明书后生效。规则 C11。",
    "Open 'My positions' on your account page.",
    "请打开账户页面的「我的岗位」。",
  ),
} as const satisfies Record<string, Message>;
