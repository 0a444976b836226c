import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on supervising the presses of a controller from elsewhere. */
export const remotePressMessages = {
  "remote.not-supervised": say(
    "Nobody has to supervise this stamping, so there is nobody to ask before a press. Rule C04.",
    "本次盖章无须监印，没有可在盖章前征询的人。规则 C04。",
    "Begin with the controller.",
    "请直接使用印控仪开始盖章。",
  ),
  "remote.emergency": say(
    "In an emergency the supervisor stands beside the stamping. Rule C04.",
    "紧急用印时，监印人须在现场监印。规则 C04。",
    "Ask a supervisor to come.",
    "请监印人到场。",
  ),
  "remote.blank-sheets": say(
    "Of a blank sheet no picture tells which one it is, so that its supervisor stands beside it. Rule C04.",
    "空白纸张无法凭照片辨认是哪一张，监印人须在现场监印。规则 C04。",
    "Ask a supervisor to come.",
    "请监印人到场。",
  ),
  "remote.vendor-cloud": say(
    "This controller is reached by its maker's cloud, which asks nobody before a press. Rule C04.",
    "该印控仪通过厂商云连接，不支持在盖章前逐次征询。规则 C04。",
    "Begin with the supervisor beside the controller.",
    "请由监印人在印控仪旁监印。",
  ),
  "remote.not-supervisor": say(
    "A press is agreed to by who confirmed this stamping as its supervisor, and by nobody else. Rule C04.",
    "只有确认本次盖章的监印人可以同意盖章，其他人不可以。规则 C04。",
    "The page of the stamping names the supervisor.",
    "盖章页面显示监印人是谁。",
  ),
  "remote.answered": say(
    "Nobody waits for an answer to this picture any more. Rule C04.",
    "这张照片已不再等待答复。规则 C04。",
    "Whoever presses takes a new picture where one is needed.",
    "如有需要，请盖章人重新拍照。",
  ),
  "remote.late": say(
    "This picture is older than two minutes: the paper may have changed since. Rule C04.",
    "照片已超过两分钟，纸张可能已有变动。规则 C04。",
    "Whoever presses takes a new picture.",
    "请盖章人重新拍照。",
  ),
  "remote.reason-missing": say(
    "A refusal needs a reason, so that whoever presses knows what to change. Rule C04.",
    "拒绝须说明原因，以便盖章人知道如何处理。规则 C04。",
    "Say in a sentence what is wrong.",
    "请用一句话说明问题。",
  ),
  "remote.no-picture": say(
    "The picture has not arrived yet, and nobody agrees to what he has not seen. Rule C09.",
    "照片尚未送达，未看到照片不能同意。规则 C09。",
    "Wait a moment. If it does not come, whoever presses looks at the controller's network.",
    "请稍候。如一直未送达，请盖章人检查印控仪网络。",
  ),
  "remote.other-picture": say(
    "What would be agreed to is another picture or another impression than the one that was shown. Rule C17.",
    "所同意的照片或印迹与页面所示不符。规则 C17。",
    "Load the page again and look at the picture.",
    "请刷新页面并重新查看照片。",
  ),
  "remote.way-fixed": say(
    "This stamping was opened with its supervisor in another place than is asked for now. Rule C04.",
    "本次盖章开启时的监印方式与现在所选不同。规则 C04。",
    "Go on as it was opened, or end it and open it anew.",
    "请按开启时的方式继续，或结束后重新开启。",
  ),
  "finding.stamping.not-agreed": say(
    "An impression of {subject} was pressed at the controller {serial} without the word of who supervises from elsewhere. Rule C04.",
    "{subject} 有一枚印迹未经远程监印人同意，在印控仪 {serial} 上盖下。规则 C04。",
    "Have the box inspected; two people decide what the impression is.",
    "请检查设备；该印迹由两人认定。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
