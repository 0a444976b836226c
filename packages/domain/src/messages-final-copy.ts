import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on the final copy: how it comes back, what the comparison says, and who says what a difference is. */
export const finalCopyMessages = {
  "task.bring-final-copy": say(
    "Bring back the final copy of {subject}, signed by all, as a scan. Rule C19.",
    "请扫描收回 {subject} 各方签署后的最终文本。规则 C19。",
    "Open the request; under the stamped copies choose the copy and give its scan, or a photo of each page.",
    "请打开申请，在“用印件去向”中选择份次并上传扫描件或逐页照片。",
  ),
  "task.review-final-copy": say(
    "Review the final copy of {subject}: it is not seen to be what was approved. Rule C17.",
    "请审核 {subject} 的最终文本：比对未显示其与批准文本一致。规则 C17。",
    "Open the request, look at the pages that are marked, and say what each difference is and why.",
    "请打开申请，查看标出的页面，认定差异并说明原因。",
  ),
  "finding.final-copy.late": say(
    "The final copy of {subject} has not come back within the days set. Rule C19.",
    "{subject} 的最终文本未在规定期限内收回。规则 C19。",
    "Ask who applied for it: the scan is brought on the request's page.",
    "请联系申请人，在申请页面上传扫描件。",
  ),
  "finding.final-copy.review-late": say(
    "Nobody has said in time what the final copy of {subject} is, which differs. Rule C17.",
    "{subject} 的最终文本存在差异，未在时限内审核。规则 C17。",
    "Ask legal review; who has a part in the request cannot review it.",
    "请联系法务审核人；与该申请有关的人员不得审核。",
  ),
  "finding.final-copy.differs": say(
    "The final copy of {subject}, copy {copy}, differs from what was approved: {pages}. Rule C17.",
    "{subject} 第 {copy} 份的最终文本与批准文本不一致：{pages}。规则 C17。",
    "Legal review looks at the pages and says whether the change was agreed to.",
    "请由法务审核页面并认定变更是否经双方同意。",
  ),
  "finding.final-copy.not-agreed": say(
    "The final copy of {subject}, copy {copy}, says what nobody here agreed to. Rule C17.",
    "{subject} 第 {copy} 份的最终文本含有未经我方同意的内容。规则 C17。",
    "Tell the other party, and have a right copy made and brought back.",
    "请告知相对方，重新签署并收回正确的文本。",
  ),
  "final-copy.not-keeper": say(
    "The final copy is brought by who asked for it, who handles it, or who stamped it. Rule C19.",
    "最终文本由申请人、经办人或盖章人收回。规则 C19。",
    "Give the scan to one of them.",
    "请将扫描件交给其中一人。",
  ),
  "final-copy.voided": say(
    "Copy {copy} was voided; it is nobody's final copy. Rule C19.",
    "第 {copy} 份已作废，不能作为最终文本。规则 C19。",
    "Choose the copy that the parties signed.",
    "请选择各方签署的份次。",
  ),
  "final-copy.replaced": say(
    "Copy {copy} was lost and has been replaced: if its paper is there, two originals exist. Rule C19.",
    "第 {copy} 份曾遗失并已补盖：如纸件仍在，则存在两份原件。规则 C19。",
    "Report it as found on the request's page, and have it voided on its paper; the final copy is the one that replaced it.",
    "请在申请页面登记找回，并将该纸件作废；最终文本以补盖的一份为准。",
  ),
  "final-copy.no-file": say(
    "No file is given.",
    "未提供文件。",
    "Give the scan, or a photo of each page.",
    "请上传扫描件或逐页照片。",
  ),
  "final-copy.too-many-files": say(
    "A final copy comes in at most {most} {most:file|files}.",
    "最终文本最多 {most} 个文件。",
    "Scan it into one PDF.",
    "请扫描为一个 PDF 文件。",
  ),
  "final-copy.being-read": say(
    "The scan of this copy is being compared just now.",
    "该份扫描件正在比对。",
    "Wait until it is done; the page shows how far it is.",
    "请等待比对完成，页面显示进度。",
  ),
  "final-copy.filed-already": say(
    "The final copy of copy {copy} is filed already.",
    "第 {copy} 份的最终文本已归档。",
    "Look at it on the page of the request.",
    "请在申请页面查看。",
  ),
  "final-copy.in-review": say(
    "The final copy of this copy waits for legal review. Rule C17.",
    "该份最终文本正待法务审核。规则 C17。",
    "Wait for the review; after it another scan may be brought.",
    "请等待审核；审核后可再次提交扫描件。",
  ),
  "final-copy.not-in-review": say(
    "This final copy does not wait for a review. Rule C17.",
    "该最终文本不在审核中。规则 C17。",
    "Look at the page again: somebody may have reviewed it meanwhile.",
    "请刷新页面：可能已由他人审核。",
  ),
  "final-copy.own-part": say(
    "Nobody reviews the final copy of a request that he has a part in. Rule C11.",
    "与该申请有关的人员不得审核其最终文本。规则 C11。",
    "Leave it to a legal reviewer or an inspector without a part in it.",
    "请由未参与的法务审核人或检查人员办理。",
  ),
  "final-copy.not-reviewer": say(
    "A final copy that differs is reviewed by legal review, and by the inspectors where nobody there may. Rule C17.",
    "存在差异的最终文本由法务审核；无人可审核时由检查人员办理。规则 C17。",
    "Leave it to one of them.",
    "请由其中一人办理。",
  ),
  "final-copy.lacks-pages": say(
    "Pages of it are missing; what is not there cannot be found right. Rule C17.",
    "扫描件缺页，缺少的内容无法认定。规则 C17。",
    "Ask for the missing pages first, or say that it was not agreed to.",
    "请先补齐缺页，或认定为未经同意。",
  ),
  "final-copy.reason-missing": say(
    "The reason of the review is missing. Rule C17.",
    "缺少审核理由。规则 C17。",
    "Say in a few words what differs and why it is right or not.",
    "请简要说明差异及认定理由。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
