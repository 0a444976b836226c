import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn: string, wayZh: string): Message => ({
  sentence: { en, zh },
  wayOut: { en: wayEn, zh: wayZh },
});

/** Sentences on series: what is wrong with a list, and why a series goes no further. */
export const seriesMessages = {
  "series.head-unknown": say(
    "The column “{head}” is none of this template's.",
    "“{head}”不是该模板的列。",
    "Download the list for this template and use its heads.",
    "请下载该模板的清单，并使用其中的表头。",
  ),
  "series.head-missing": say(
    "The column “{head}” is missing.",
    "缺少“{head}”一列。",
    "Download the list for this template and use its heads.",
    "请下载该模板的清单，并使用其中的表头。",
  ),
  "series.head-twice": say(
    "The column “{head}” stands there twice.",
    "“{head}”一列重复。",
    "Delete one of them.",
    "请删除其中一列。",
  ),
  "series.too-few": say(
    "A list has at least {least} {least:line|lines} below its heads.",
    "清单在表头之下至少须有 {least} 行。",
    "For a single document apply in the ordinary way.",
    "单份文件请按常规方式申请。",
  ),
  "series.too-many": say(
    "A series has at most {most} {most:document|documents}.",
    "一批最多 {most} 份文件。",
    "Part the list into several.",
    "请将清单拆分为多份。",
  ),
  "series.several-sheets": say(
    "The file has several sheets with something in them.",
    "文件中有多个非空工作表。",
    "Leave one sheet, and delete the others.",
    "请只保留一个工作表。",
  ),
  "series.cell-missing": say(
    "Nothing stands here. Rule C05.",
    "此处未填写。规则 C05。",
    "Fill it in: the document would have a blank there.",
    "请填写，否则文件在该处留空。",
  ),
  "series.cell-too-wide": say(
    "The text does not fit its place in the template, even drawn narrower. It is never cut.",
    "文字缩窄后仍放不进模板的位置；系统不会截断文字。",
    "Shorten it, or have a version of the template with more room there.",
    "请缩短文字，或登记该处留空更宽的模板版本。",
  ),
  "series.cell.too-long": say(
    "The text is longer than the template allows in this field. Rule C03.",
    "文字超过模板为该栏设定的长度。规则 C03。",
    "Shorten it.",
    "请缩短文字。",
  ),
  "series.cell.too-many-lines": say(
    "The text takes more lines than a value may. Rule C03.",
    "文字行数超过一个填写值的范围。规则 C03。",
    "Shorten it to one line.",
    "请缩短为一行。",
  ),
  "series.cell.clause": say(
    "This reads like a clause, not like a value. Rule C03.",
    "这像是一项条款，而不是填写值。规则 C03。",
    "Write the value alone; a document with a clause of its own is applied for by itself.",
    "请只填写值；另有条款的文件请单独申请。",
  ),
  "series.cell.not-amount": say(
    "This is no amount. Rule C03.",
    "这不是金额。规则 C03。",
    "Write figures, as 12,500.00, or the amount in words.",
    "请填写数字（如 12,500.00）或大写金额。",
  ),
  "series.cell.not-date": say(
    "This is no day. Rule C03.",
    "这不是日期。规则 C03。",
    "Write a day, as 2027-03-31.",
    "请填写日期，如 2027-03-31。",
  ),
  "series.amount": say(
    "An amount is written in figures with at most two decimals.",
    "金额须为数字，最多两位小数。",
    "Write it as 12500.00.",
    "请写作 12500.00。",
  ),
  "series.character": say(
    "A character in it is not in the font that fills the template.",
    "其中有字体不支持的字符。",
    "Use another character; emoji and rare signs cannot be written.",
    "请改用其他字符；表情和罕见符号无法填写。",
  ),
  "series.same-line": say(
    "This line makes the same document as line {line}.",
    "本行与第 {line} 行生成的文件相同。",
    "Delete one of them, or say in what they differ.",
    "请删除其中一行，或写明区别。",
  ),
  "series.unfinished": say(
    "The document made from this line has open places: {count}. Rule C05.",
    "本行生成的文件仍有 {count} 处空白。规则 C05。",
    "Fill in the empty cells of the line.",
    "请补全本行的空单元格。",
  ),
  "series.differs": say(
    "The document made from this line is not the template but for its fields. Rule C03.",
    "本行生成的文件与模板在填写栏之外不一致。规则 C03。",
    "Shorten the longest value of the line.",
    "请缩短本行最长的值。",
  ),
  "series.says-other.counterparty": say(
    "The document names {read} as the other side. Rule C06.",
    "文件写明的相对方为 {read}。规则 C06。",
    "Write the same name in both columns.",
    "请使两列的名称一致。",
  ),
  "series.says-other.amount": say(
    "The document states {read}. Rule C06.",
    "文件写明的金额为 {read}。规则 C06。",
    "Write the same amount in both columns.",
    "请使两列的金额一致。",
  ),
  "series.document-refused": say(
    "The document made from this line cannot be sealed.",
    "本行生成的文件无法用印。",
    "Have the template saved as a plain PDF and registered anew.",
    "请将模板另存为普通 PDF 并重新登记。",
  ),
  "series.template-unfit": say(
    "The field “{field}” of the template has words of its own, which would show beneath a value.",
    "模板的“{field}”栏已有文字，填写后会重叠。",
    "Have a version of the template registered that leaves the field blank.",
    "请登记该栏留空的模板版本。",
  ),
  "series.template-ended": say(
    "The template of this series is in force no more, or a newer version is. Rule C03.",
    "该批文件的模板已失效或已有新版本。规则 C03。",
    "Make the documents anew from the template in force.",
    "请按现行模板重新生成文件。",
  ),
  "series.not-ready": say(
    "The documents of this series are not all made. Rule C03.",
    "该批文件尚未全部生成。规则 C03。",
    "Wait until they are, or hand in another list.",
    "请等待生成完毕，或改用其他清单。",
  ),
  "series.other-documents": say(
    "The documents are not those of the series. Rule C17.",
    "文件与该批清单不一致。规则 C17。",
    "Reload the page and place the seal again.",
    "请刷新页面并重新放置印章。",
  ),
  "series.sample-not-opened": say(
    "Of the documents drawn by lot you have not opened {count} yet. Rule C03.",
    "抽中的文件您还有 {count} 份未打开。规则 C03。",
    "Open each of them on this page, then approve.",
    "请在本页逐份打开后再审批。",
  ),
  "series.not-yours-to-open": say(
    "Only who is asked to decide opens the drawn documents on record.",
    "仅待审批人打开抽中文件时予以记录。",
    "Read the documents in the list.",
    "请在清单中查看文件。",
  ),
  "series.with-emergency": say(
    "A series is no emergency: one paper that can not wait is asked for alone. Rule C02.",
    "批量用印不适用应急；不能等待的文件请单独申请。规则 C02。",
    "Apply for that document by itself.",
    "请单独申请该文件。",
  ),
  "series.with-standing": say(
    "Nobody would look at the drawn documents under a standing authorisation. Rule C01.",
    "常设授权下无人查看抽中文件，批量用印不适用。规则 C01。",
    "Submit the series for approval.",
    "请将该批文件提交审批。",
  ),
  "question.series-sum": say(
    "Each of the {count} {count:document|documents} stays below the limit of {limit} {currency}; together they come to {sum} {currency}.",
    "{count} 份文件单份均未达到 {limit} {currency} 的限额，合计 {sum} {currency}。",
    "Say why they are separate, if there is a reason: whoever decides reads it.",
    "如有分开的原因请说明，审批人会看到。",
  ),
} as const satisfies Record<string, Message>;
