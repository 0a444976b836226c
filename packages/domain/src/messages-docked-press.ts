import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn: string, wayZh: string): Message => ({
  sentence: { en, zh },
  wayOut: { en: wayEn, zh: wayZh },
});

/** Sentences on stamping with a controller that presses only in its docking station. */
export const dockedPressMessages = {
  "docked.emergency": say(
    "An emergency has an authorisation of its own, which is not bound to the dock. Rule C09.",
    "紧急用印使用专门的授权，不限于底座。规则 C09。",
    "Begin with the controller.",
    "请直接使用印控仪开始盖章。",
  ),
  "docked.vendor-cloud": say(
    "This controller is reached by its maker's cloud, which does not tell whether it stands in its dock. Rule C09.",
    "该印控仪通过厂商云连接，无法得知其是否在底座上。规则 C09。",
    "Begin with the controller, and have it stay where it stands.",
    "请直接使用印控仪开始盖章，并勿移动设备。",
  ),
  "docked.way-fixed": say(
    "Whether this stamping is bound to the dock was said when it was opened. Rule C09.",
    "本次盖章是否限于底座，开启时已经确定。规则 C09。",
    "Go on as it was opened, or end it and open it anew.",
    "请按开启时的方式继续，或结束后重新开启。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
