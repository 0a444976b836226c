import type { DeclaredFacts } from "@chancery/domain";
import type { LabelledDocument } from "./entry-make.ts";
import { type Placed, place, under } from "./entry-paper.ts";

const declared: DeclaredFacts = {
  ...{ documentClass: "official-letter", external: true, counterparty: null, amountMinor: null, currency: null },
};
/** What an honest applicant says of it. */
function declare(name: string): Partial<DeclaredFacts> {
  if (name.includes("commission")) return { documentClass: "authorisation-letter" };
  if (name.includes("proof of income")) return { documentClass: "employment-certificate" };
  if (name.includes("contract")) return { documentClass: "contract" };
  return name.includes("receipt") ? { amountMinor: 41_000, currency: "GBP" } : {};
}
const body = (isBlank: boolean, name: string, ...pages: readonly (readonly Placed[])[]): LabelledDocument => ({
  ...{ name: `letter bodies: ${name}`, group: isBlank ? "blank" : "no template", unfinished: isBlank, changed: null },
  ...{ declared: { ...declared, ...declare(name) }, misdeclared: [], bytes: () => place(...pages) },
});
const at = (y: number, text: string, more: Partial<Placed> = {}): Placed => ({ y, text, ...more });

const mill = [at(46, "Tarn Mill Company", { size: 18, x: 210 }), at(70, "Spinners and Weavers", { size: 9, x: 240 })];
const yard = [at(52, "南汇船舶修造厂", { size: 20, x: 200 })];

/** Letters and forms with nothing where something has to be said, and short ones that say it. */
export const labelledBodies: readonly LabelledDocument[] = [
  // Papers on which anything could be written above the seal.
  body(true, "a line about the insurer in its foot", [
    ...[...mill, at(130, "Dear Mr. Penrose"), at(560, "Respectfully,"), at(600, "Tarn Mill Company")],
    ...under(790, ["Goods travel at the risk of the customer and are insured with Lakeland Mutual only on request."], {
      size: 7,
    }),
  ]),
  body(true, "thanks for printing on both sides", [
    ...[...mill, at(140, "To whom it may concern"), at(620, "Yours truly")],
    at(800, "We print on recycled paper. Think of the forest before you print this letter again.", { size: 7 }),
  ]),
  body(true, "a prize that was won, and a jubilee", [
    ...[...mill, at(90, "Winner of the Northern Export Prize 2019. Forty years of woollens.", { size: 8 })],
    ...[at(150, "Dear Sirs"), at(520, "With kind regards"), at(560, "Edith Crane")],
  ]),
  body(true, "a complaint line and office hours", [
    ...[...mill, at(120, "3 October 2026"), at(150, "Dear Customer,"), at(500, "Best wishes,")],
    at(760, "Our counter is open from Monday to Friday, nine to five. Complaints are answered within two days.", {
      size: 8,
    }),
  ]),
  body(true, "a letter of recommendation without one", [
    ...[at(90, "LETTER OF RECOMMENDATION", { size: 16, x: 170 }), at(130, "Ref: TM-77")],
    ...[at(600, "For Tarn Mill Company"), at(625, "Edith Crane, Managing Director"), at(650, "3 October 2026")],
  ]),
  body(true, "a subject and a handling note", [
    ...[...mill, at(110, "STRICTLY PERSONAL"), at(130, "Messrs. Hollow & Pike"), at(145, "18 Canal Row, Leeds")],
    ...[at(175, "Dear Sirs,"), at(200, "Re: Delivery of yarn"), at(600, "Yours faithfully,"), at(660, "p.p. E. Crane")],
  ]),
  body(true, "in Chinese, a motto and a hotline", [
    ...[...yard, at(84, "安全重于泰山，质量就是生命。", { size: 9, x: 210 }), at(140, "上海东港航运有限公司：")],
    ...[at(600, "顺颂商祺"), at(640, "南汇船舶修造厂", { x: 380 }), at(800, "监督举报请拨打集团纪检室。", { size: 8 })],
  ]),
  body(true, "in Chinese, a statement of nothing", [
    ...[at(90, "声 明", { size: 20, x: 270 }), at(600, "特此声明。"), at(640, "声明人：南汇船舶修造厂", { x: 360 })],
    at(665, "二〇二六年十月三日", { x: 380 }),
  ]),
  body(true, "in Chinese, a commission for whatever comes", [
    ...[at(90, "法人授权书", { size: 20, x: 240 }), at(135, "授权编号：南船授字第 18 号")],
    ...[at(560, "授权单位（盖章）：南汇船舶修造厂"), at(585, "法定代表人（签字）：陆远航"), at(610, "2026年10月3日")],
  ]),
  body(true, "in Chinese, a letter that refuses to be copied", [
    ...[...yard, at(130, "尊敬的郑主任："), at(560, "此致"), at(580, "敬礼！")],
    at(790, "本信函内容仅供收信人阅读，未经许可不得复制或转交他人。", { size: 8 }),
  ]),
  body(true, "in Chinese, an introduction with wide spaces", [
    ...[at(90, "介绍信", { size: 20, x: 260 }), at(150, "东港海事处：")],
    ...[at(180, "现介绍"), at(180, "同志前来贵处联系", { x: 190 }), at(180, "事项，请给予协助。", { x: 390 })],
    ...[at(240, "南汇船舶修造厂", { x: 380 }), at(262, "2026年10月3日", { x: 380 })],
  ]),
  body(true, "in Chinese, a proof of income with wide spaces", [
    at(90, "收入证明", { size: 20, x: 250 }),
    at(150, "兹证明　　　　　先生系我单位职工，月收入为人民币　　　　　　元。"),
    ...[at(200, "特此证明。"), at(260, "南汇船舶修造厂", { x: 380 }), at(282, "2026年10月3日", { x: 380 })],
  ]),
  body(true, "a certificate with wide spaces", [
    at(90, "CERTIFICATE OF SERVICE", { size: 16, x: 190 }),
    ...[at(150, "This is to certify that"), at(150, "has served with our company", { x: 290 })],
    ...[at(168, "from"), at(168, "until", { x: 190 }), at(260, "Tarn Mill Company"), at(280, "3 October 2026")],
  ]),

  body(false, "thanks in one sentence, with the insurer in its foot", [
    ...[
      ...mill,
      at(130, "Dear Mr. Penrose"),
      at(160, "Thank you for your call of yesterday, which settles the matter."),
    ],
    ...[at(200, "Respectfully,"), at(230, "Tarn Mill Company")],
    at(790, "Goods travel at the risk of the customer and are insured with Lakeland Mutual only on request.", {
      size: 7,
    }),
  ]),
  body(false, "a refusal of five words", [
    ...[
      ...mill,
      at(150, "Dear Sirs"),
      at(180, "We cannot accept your offer."),
      at(230, "Yours truly"),
      at(260, "E. Crane"),
    ],
  ]),
  body(false, "a letter of recommendation", [
    at(90, "LETTER OF RECOMMENDATION", { size: 16, x: 170 }),
    ...under(150, [
      "Miss Ivy Stone worked in our dye house for six years and left",
      "at her own wish. We recommend her warmly.",
    ]),
    ...[at(600, "For Tarn Mill Company"), at(625, "Edith Crane, Managing Director"), at(650, "3 October 2026")],
  ]),
  body(false, "a receipt with what it is for", [
    ...[...mill, at(120, "RECEIPT", { size: 16, x: 260 })],
    ...under(170, ["Received from: Hollow & Pike", "Sum: GBP 410.00", "For: yarn, lot 9", "3 October 2026"]),
  ]),
  body(false, "a list of what is sent", [
    ...[...mill, at(130, "Dear Ms. Holt,"), at(155, "please find enclosed:")],
    ...under(180, ["- two samples of yarn", "- our price list", "- a map of the mill"]),
    ...[at(260, "With best wishes"), at(290, "Edith Crane")],
  ]),
  body(false, "a letter set low on its page", [
    ...[...mill, at(330, "Dear Ms. Holt,"), at(360, "The looms arrived today and run."), at(400, "Sincerely,")],
  ]),
  body(false, "in Chinese, one sentence and a motto", [
    ...[...yard, at(84, "安全重于泰山，质量就是生命。", { size: 9, x: 210 }), at(140, "上海东港航运有限公司：")],
    ...[at(170, "贵司“海明”轮已于昨日修毕，请派员接船。"), at(210, "顺颂商祺"), at(250, "南汇船舶修造厂", { x: 380 })],
  ]),
  body(false, "in Chinese, a statement", [
    ...[at(90, "声 明", { size: 20, x: 270 }), at(150, "我厂从未委托任何个人收取修船款。"), at(200, "特此声明。")],
    ...[at(240, "声明人：南汇船舶修造厂", { x: 360 }), at(262, "二〇二六年十月三日", { x: 380 })],
  ]),
  body(false, "in Chinese, a commission", [
    ...[at(90, "法人授权书", { size: 20, x: 240 }), at(135, "授权编号：南船授字第 18 号")],
    ...[at(165, "兹授权我厂周立同志办理“海明”轮交船手续，期限至2026年10月31日。")],
    ...[at(560, "授权单位（盖章）：南汇船舶修造厂"), at(585, "法定代表人（签字）：陆远航"), at(610, "2026年10月3日")],
  ]),
  body(false, "in Chinese, an introduction that is filled in", [
    ...[at(90, "介绍信", { size: 20, x: 260 }), at(150, "东港海事处：")],
    ...[at(180, "现介绍　周立　同志前来贵处联系　交船　事项，请给予协助。")],
    ...[at(240, "南汇船舶修造厂", { x: 380 }), at(262, "2026年10月3日", { x: 380 })],
  ]),
  body(false, "in Chinese, columns of names", [
    ...[...yard, at(140, "各车间："), at(165, "下列人员十月三日参加培训，请准时到会。")],
    ...[at(190, "周立　　　　钳工　　　　一车间"), at(210, "何平　　　　焊工　　　　二车间")],
    at(260, "南汇船舶修造厂", { x: 380 }),
  ]),
  body(
    false,
    "a contract with its cover",
    [at(250, "船舶修理合同", { size: 26, x: 200 }), at(330, "合同编号：NH-26-9"), at(360, "南汇船舶修造厂")],
    under(100, ["一、我厂修理贵司“海明”轮的主机，修期二十日。", "二、修理费于交船当日付清。", "2026年10月3日"]),
  ),
];
