import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on training, commitment and fitness to hold a seal. */
export const fitnessMessages = {
  "fitness.conflict": say(
    "Duties that must be apart meet in this person, so he is not fit to hold the seal. Rule C12.",
    "此人兼任不相容的职责，不具备保管资格。规则 C12。",
    "End one of his roles first.",
    "请先结束其中一项角色。",
  ),
  "fitness.term-over": say(
    "This person's term as custodian of the seal is not running today; its last day: {until}. Rule C12.",
    "此人今日不在该印章的保管任期内；任期截止：{until}。规则 C12。",
    "Hand the seal over, or have the role granted anew.",
    "请办理印章交接，或重新授予角色。",
  ),
  "fitness.training-missing": say(
    "This person has not passed the training for custodians. Rule C12.",
    "此人尚未通过保管人培训。规则 C12。",
    "He takes the course on the page 'Training'; it is about half an hour.",
    "请其在「培训」页面完成课程，约需半小时。",
  ),
  "fitness.training-lapsed": say(
    "This person's training certificate ran out on {until}. Rule C12.",
    "此人的培训合格证已于 {until} 到期。规则 C12。",
    "He takes the course again on the page 'Training'.",
    "请其在「培训」页面重新完成课程。",
  ),
  "fitness.commitment-missing": say(
    "This person has not signed the commitment letter of custodians. Rule C12.",
    "此人尚未签署保管人承诺书。规则 C12。",
    "He signs it on the page 'Training'.",
    "请其在「培训」页面签署。",
  ),
  "finding.custodian.unfit": say(
    "A custodian of this seal is no longer fit to hold it, so the seal is frozen. Rule C12.",
    "该印章的保管人已不具备保管资格，印章已冻结。规则 C12。",
    "Hand the seal over, or let the custodian do what is missing on the page 'Training'; then unfreeze it.",
    "请办理交接，或由保管人在「培训」页面补齐所缺事项，然后解除冻结。",
  ),
  "task.stay-fit": say(
    "You are fit to hold seals until {until}. Rule C12.",
    "您的保管资格截至 {until}。规则 C12。",
    "The page 'Training' says what to do: pass the course, sign the letter, or have your term renewed.",
    "「培训」页面会说明所需事项：通过课程、签署承诺书或续任。",
  ),
  "task.custodian-fitness-ends": say(
    "A custodian is fit to hold seals until {until} only; after that day they are frozen. Rule C12.",
    "一位保管人的保管资格仅至 {until}；此后其所管印章将被冻结。规则 C12。",
    "Remind him, or prepare a handover.",
    "请提醒其办理，或准备交接。",
  ),
  "finding.rotation.overdue": say(
    "A custodian was to be relieved by {dueOn} and still keeps this seal. Rule C15.",
    "保管人应于 {dueOn} 前轮岗，至今仍保管该印章。规则 C15。",
    "Plan the rotation on the page 'Rotation', or say why the custodian stays.",
    "请在「轮岗」页面安排轮岗，或说明继续保管的理由。",
  ),
  "task.plan-rotation": say(
    "A custodian of this seal is to be relieved by {dueOn}. Rule C15.",
    "该印章的保管人应于 {dueOn} 前轮岗。规则 C15。",
    "The page 'Rotation' proposes moves that break no rule.",
    "「轮岗」页面会提出符合全部规定的调整方案。",
  ),
  "commitment.signed-already": say(
    "You have signed this letter already. Rule C12.",
    "您已签署该承诺书。规则 C12。",
    "Reload the page; it shows when.",
    "请刷新页面查看签署时间。",
  ),
  "training.document-unknown": say(
    "A document of the course is none that you uploaded. Rule C12.",
    "课程所列文件并非由您上传。规则 C12。",
    "Upload it, then publish the course.",
    "请先上传文件，再发布课程。",
  ),
  "training.text-missing": say(
    "A course says something before it asks. Rule C12.",
    "课程须先有学习内容。规则 C12。",
    "Write at least one paragraph, in both languages.",
    "请至少撰写一段中英文内容。",
  ),
  "training.too-few-questions": say(
    "A course asks at least {least} {least:question|questions}. Rule C12.",
    "课程至少须有 {least} 道题。规则 C12。",
    "Add questions.",
    "请补充题目。",
  ),
  "training.looser-than-set": say(
    "A course for custodians asks for less than the organisation's rules: {mark} per cent, and a certificate of at most {months} {months:month|months}. Rule C12.",
    "保管人课程低于本单位规定：合格分数 {mark}%，合格证有效期最长 {months} 个月。规则 C12。",
    "Leave the marks empty, or have the setting changed, which takes a second person.",
    "请将分数与有效期留空；如需放宽，请修改设置并由第二人确认。",
  ),
  "training.question-twice": say(
    "Two questions bear the same id. Rule C12.",
    "有两道题的编号相同。规则 C12。",
    "Give each question an id of its own.",
    "请为每道题使用不同的编号。",
  ),
  "training.question-without-answer": say(
    "Question {question} has no right choice among its own. Rule C12.",
    "第 {question} 题的选项中没有正确答案。规则 C12。",
    "Give it two choices or more, and say which is right.",
    "请提供至少两个选项并标明正确答案。",
  ),
  "training.pass-mark": say(
    "The pass mark lies between {least} and {most} per cent. Rule C12.",
    "合格线须在 {least}% 至 {most}% 之间。规则 C12。",
    "Choose one in between.",
    "请选择范围内的数值。",
  ),
  "training.validity": say(
    "A certificate is valid for {least} to {most} {most:month|months}. Rule C12.",
    "合格证有效期为 {least} 至 {most} 个月。规则 C12。",
    "Choose a validity in between.",
    "请选择范围内的有效期。",
  ),
  "training.course-changed": say(
    "The course changed while you answered it. Rule C12.",
    "答题期间课程内容已更新。规则 C12。",
    "Open it again; your answers to the older version do not count.",
    "请重新打开课程；对旧版本的作答不计入。",
  ),
  "training.too-many-attempts": say(
    "You have tried this course {most} {most:time|times} today. Rule C12.",
    "您今日已作答 {most} 次。规则 C12。",
    "Read its text once more, and try again tomorrow.",
    "请重新学习课程内容，明日再试。",
  ),
  "training.answers-missing": say(
    "{openCount} {openCount:question is|questions are} not answered yet. Rule C12.",
    "还有 {openCount} 题未作答。规则 C12。",
    "Answer them, then hand the test in.",
    "请作答后再交卷。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
