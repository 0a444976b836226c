import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn: string, wayZh: string): Message => ({
  sentence: { en, zh },
  wayOut: { en: wayEn, zh: wayZh },
});

/** Sentences on leading a controller out of its quarantine. */
export const epochMessages = {
  "epoch.not-quarantined": say(
    "The controller is not in quarantine. Rule C18.",
    "该印控仪不在隔离状态。规则 C18。",
    "Reload the page to see where it stands.",
    "请刷新页面查看当前状态。",
  ),
  "epoch.waits": say(
    "A new epoch is being prepared for this controller already. Rule C18.",
    "该印控仪的新纪元已在办理中。规则 C18。",
    "Have it agreed to or declined, or carry out its order at the box. Once the order's day is over it can be ordered again.",
    "请先确认或拒绝，或在设备旁执行该指令；指令逾期后可重新提出。",
  ),
  "epoch.readings-unfit": say(
    "Each counter of the box has to be read, and no other. Rule C18.",
    "须逐一读取设备每个印位的计数。规则 C18。",
    "Read the counter of each slot off the box.",
    "请在设备上读取每个印位的计数。",
  ),
  "epoch.counter-back": say(
    "A counter reads lower than the journal told before. Counters never go back. Rule C09.",
    "计数读数低于日志已记载的数值，计数不得回退。规则 C09。",
    "Read it again. If it is so, revoke the controller, and enrol its box anew.",
    "请重新读取；如确实如此，请吊销该印控仪并重新注册设备。",
  ),
  "epoch.second-person": say(
    "Whoever asked for the new epoch does not agree to it. Rule C11.",
    "提出新纪元的人不能自行确认。规则 C11。",
    "Another custodian or seal administrator with a finger on the box reads the counters himself and agrees.",
    "请由另一位在设备上录有指纹的保管人或印章管理员亲自读数并确认。",
  ),
  "epoch.incident-open": say(
    "The incident that led to the quarantine is still open. Rule C18.",
    "导致隔离的事件尚未关闭。规则 C18。",
    "Have the finding looked into and closed first, by somebody who may close it.",
    "请先由有权限的人员查明并关闭该问题。",
  ),
  "epoch.readings-differ": say(
    "These are not the numbers that the first person read. Rule C09.",
    "读数与第一人所读不一致。规则 C09。",
    "Read the counters again. If they are so, decline, and have the first person read them anew.",
    "请重新读取；如确实如此，请拒绝并由第一人重新读数。",
  ),
} as const satisfies Record<string, Message>;
