import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn: string, wayZh: string): Message => ({
  sentence: { en, zh },
  wayOut: { en: wayEn, zh: wayZh },
});

/** Sentences on the settings of controllers. */
export const boxSettingsMessages = {
  "box-settings.waits": say(
    "Another change of this controller's settings waits for a second person. Rule C18.",
    "该印控仪已有一项设置变更在等待第二人确认。规则 C18。",
    "Have it agreed to or declined first.",
    "请先确认或拒绝该变更。",
  ),
  "box-settings.unchanged": say(
    "Nothing differs from what is asked of the controller already. Rule C18.",
    "与现行设置相比没有任何变化。规则 C18。",
    "Change a setting first.",
    "请先修改设置。",
  ),
  "box-settings.out-of-bounds": say(
    "A setting is beyond what a controller may be set to. Rule C18.",
    "有设置项超出允许范围。规则 C18。",
    "Keep to the bounds that stand beside the field.",
    "请按字段旁注明的范围填写。",
  ),
  "box-settings.second-person": say(
    "Whoever asked for the change does not agree to it. Rule C18.",
    "提出变更的人不能自行确认。规则 C18。",
    "Another custodian or seal administrator of the entity agrees to it or declines it.",
    "请由本单位另一位保管人或印章管理员确认或拒绝。",
  ),
} as const satisfies Record<string, Message>;
