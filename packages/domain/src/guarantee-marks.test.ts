import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareDeclared, readFacts } from "./declared-facts.ts";
import { starterBook } from "./document-class.ts";
import { type DocumentLine, readDocumentText } from "./document-text.ts";
import { findGuarantee } from "./guarantee-marks.ts";
import { layOut } from "./test-pages.ts";

const linesOf = (texts: readonly string[]): DocumentLine[] =>
  texts.map((text) => ({ text, page: 0, box: { x: 0, y: 0, width: 1, height: 1 }, running: false }));
const guarantees = [
  "我公司对明河机械有限公司在贵行的借款人民币伍佰万元承担连带责任,直至其还清为止。",
  "明河机械有限公司到期不还的,由我公司代为清偿全部本息,本承诺不可撤销。",
  "应贵行要求,我公司同意对上述贷款承担连带保证责任。",
  "我司愿以全部资产为天津海河阀门有限公司的债务提供担保",
  "在收到贵方首次书面索赔通知后七日内无条件向贵方支付不超过壹佰万元的款项。",
  "若借款人逾期,由我司负责偿还",
  "我公司愿就海河公司欠付贵司的工程款承担补充清偿责任。",
  "如债务人未履行,本公司将替其支付。",
  "我公司对该笔贷款承担连带责任,但不承担其他责任。",
  "现任质检工程师,其贷款由我单位担保,一职。",
  "明河公司所欠货款如不能按期支付,我单位愿承担一切还款责任。",
  "我司作为股东,确保明河公司有足够资金偿还贵行贷款,不足部分由我司补足。",
  "其在贵司的全部欠款,我司愿兜底。",
  "We irrevocably guarantee the repayment of the loan of CNY 5,000,000 to Bright River Machinery.",
  "We undertake to pay to you, on your first written demand, any sum up to USD 100.",
  "The undersigned shall be jointly and severally liable with the borrower for the loan.",
  "We, Farhill Gauges Ltd., hereby guarantee the due performance of all obligations of Bright River.",
  "Should Bright River default, we shall make good any loss you suffer.",
  "In case our subsidiary does not pay its invoices, we shall settle them within ten days.",
  "We promise to repay the loan if Bright River is unable to repay it.",
  "You may hold us liable for any sum that Bright River owes you.",
  "We accept full responsibility for the repayment of the facility granted to Bright River.",
  "Any amount unpaid by Bright River will be paid by us upon your request.",
  "We will see that our subsidiary is at all times in a position to meet its liabilities towards you.",
  "If Bright River does not meet its obligations under the lease, we shall do so in its stead.",
  "We give you our irrevocable guarantee for the repayment of the loan.",
  "东海机械到期未归还的本金和利息,由我司负责偿还,贵行可直接向我司追索。",
  "承租人宏图餐饮若拖欠租金,我司自愿以自有资金补足差额。",
  "瑞丰物流任何一期租金发生逾期,贵司均可直接向我司收取。",
  "若其出现偿付困难,集团将予以全额代偿。",
  "力拓工程如中途违约给贵公司造成损失的,一切损失由我方先行赔付。",
  "我司同意作为还款义务人与春晖服饰一并偿付。",
  "其学费住宿费如有拖欠,我单位愿负责缴清。",
  "如百川科技未按期付款,我司承诺无条件回购该应收账款。",
  "Whatever rent Riverside Foods leaves outstanding, we shall pay in its stead.",
  "If an invoice of theirs stays open beyond sixty days, it will be paid by us.",
  "The undersigned company takes upon itself all sums that Otaru Works may owe you.",
  "In the event of its insolvency the lenders may look to us for all principal and interest.",
  "We undertake to indemnify you against any loss that you suffer because Pacific Bottling does not pay the price.",
  "Should Fjord Marine leave any of your invoices unpaid, we will settle them on hearing from you.",
  "Should the collections not be enough to repay the loan, the diocese will pay the remainder.",
  "We are liable to you, alongside Tilia Textiles, for the repayment of the term loan.",
];
const others = [
  "我公司未为该笔借款提供任何担保,不承担连带责任。",
  "贵行来函要求我公司对该借款承担连带责任。",
  "贵司作为保证人应承担连带清偿责任。请贵司于七日内代为清偿,否则我司将提起诉讼。",
  "法院判决天津海河阀门有限公司承担连带清偿责任。",
  "我单位对以上证明内容的真实性承担连带责任。",
  "不作为我单位对该员工任何形式的担保。",
  "我司委托李四代为支付货款。",
  "随函退还履约保函原件,我公司与贵司的保证责任就此解除。",
  "我公司保证产品质量符合国家标准,并承担三包责任。",
  "We enclose the bank guarantee for the advance payment of our customer.",
  "We guarantee delivery in March and the best quality.",
  "We do not guarantee the debts of others, and we will not pay if it defaults.",
  "If the machine fails, we will cover the cost of repair.",
  "If you do not pay within ten days, we will settle the matter in court.",
  "We ask you to act as guarantor for the loan.",
  "我公司将按合同约定向贵司提供履约保函。",
  "贵司如未按期付款,应承担违约责任,并赔偿我公司损失。",
  "Bright River defaults on its invoices, and we shall claim payment.",
  "We accept no liability for the debts of Bright River.",
  "Whoever sends you a quotation or guarantee, will tell you the same.",
  "逾期未付的,我司将按合同约定收取违约金,并要求担保人承担保证责任。",
  "截至九月三十日我司在贵行的借款余额为五百万元,由东海投资提供连带责任保证。",
  "贵司之保证人中联集团应对此承担连带保证责任。",
  "贵司询问我司是否愿意为恒泰公司的借款提供担保。我司不同意提供任何形式的担保。",
  "由于疏忽,本月货款未能按时支付,我司已于今日全额付清。",
  "Your invoice 8812 remains open on our side, and we will pay it as soon as the missing parts arrive.",
  "If the client has not paid by the end of the month, we will send a second reminder.",
  "The amount will be settled by us this week, with the interest you are owed.",
];

test("C03: whoever answers for what another owes guarantees it, whatever the paper is called", () => {
  for (const text of guarantees) assert.equal(findGuarantee(linesOf(["Letter", text])), 1, text);
});

test("C03: to deny a guarantee, to ask for one or to tell of one makes none", () => {
  for (const text of others) assert.equal(findGuarantee(linesOf([text])), null, text);
  assert.equal(findGuarantee([]), null);
});

test("C03: an undertaking is found across the ends of lines, and whatever stands around it", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...guarantees),
      fc.array(fc.constantFrom(...others)),
      fc.array(fc.constantFrom(...others)),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (text, before, after, share) => {
        // Cut where a writer of texts would: between two words or two Chinese characters.
        const cuts = [...text.matchAll(/(?<=\p{Script=Han})(?=\p{Script=Han})|(?<= )/gu)].map(({ index }) => index);
        const cut = cuts[Math.floor(share * (cuts.length - 1))] ?? 0;
        const lines = [...before, text.slice(0, cut), text.slice(cut), ...after];
        const found = findGuarantee(linesOf(lines)) ?? -1;
        assert.ok(found === before.length || found === before.length + 1);
      },
    ),
  );
});

test("C03: a guarantee declared as a letter asks who declared it, at the line that makes it one", () => {
  const declared = { documentClass: "official-letter", external: true, counterparty: null } as const;
  const ask = (...lines: string[]) =>
    compareDeclared(
      { ...declared, amountMinor: 500_000_000, currency: "CNY" },
      readFacts(readDocumentText(layOut(lines)), [], starterBook),
      starterBook,
    ).map(({ fact, read, stricter, text }) => [fact, read, stricter, text]);
  for (const title of ["保证函", "承诺函", "Letter", "通知", "情况说明"]) {
    const [text = ""] = guarantees;
    assert.deepEqual(ask(title, text), [["class", "guarantee", "read", text]], title);
  }
  // Between two parties that agree it is one clause of their contract.
  const [found] = ask(
    "函",
    "甲方：北京远山仪表有限公司",
    "乙方：上海近水设备有限公司",
    "双方约定，乙方应交付仪表。",
    ...guarantees,
  );
  assert.deepEqual(found?.slice(0, 3), ["class", "contract", "read"]);
});
