import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareDeclared, readFacts } from "./declared-facts.ts";
import { starterBook } from "./document-class.ts";
import { readDocumentText } from "./document-text.ts";
import { condenseFacts } from "./kept-facts.ts";
import { layOut } from "./test-pages.ts";

const own = ["Orrin Pumps Limited", "青岛海岬泵业有限公司"];
const read = (...lines: string[]) => readFacts(readDocumentText(layOut(lines)), own, starterBook);
const classOf = (...lines: string[]) => read(...lines).documentClass?.documentClass ?? "none";
const asked = (documentClass: "official-letter" | "internal-notice", external: boolean, ...lines: string[]) =>
  compareDeclared(
    { documentClass, external, counterparty: null, amountMinor: null, currency: null },
    read(...lines),
    starterBook,
  ).map(({ fact, read: said, stricter }) => `${fact} ${said} ${stricter}`);

const powers = [
  ["To whom it may concern", "Mr Zhou Lan acts on our behalf in the tender; whatever he signs there binds us."],
  ["Dear Sirs,", "We hereby authorise Ms Jane Doe, fitter, to negotiate and", "sign the lease of the hall with you."],
  ["Dear Sirs,", "Ms Doe is empowered to conclude the sale on our behalf."],
  [
    "介绍信",
    "杭州地铁集团：",
    "兹委派张华同志全权代表我公司办理贵单位项目投标、签约等一切事宜，",
    "其所签署的文件我公司均予认可。",
  ],
  ["函", "我公司特委托李明先生代表我公司与贵方签订设备采购合同。"],
];
const deals = [
  [
    ...[
      "Dear Ms Weber,",
      "We will supply twelve pumps before 31 March. You pay 30% within ten days of",
      "countersigning this letter.",
    ],
    ...["Yours sincerely,", "Agreed and accepted:", "Bluewater Trading GmbH"],
  ],
  [
    ...[
      "确认函",
      "蓝水贸易有限公司：",
      "我公司同意以人民币1,500,000.00元向贵公司供应离心泵12台，",
      "贵公司应于签收后十日内付清货款。",
    ],
    "请贵公司盖章回传确认。",
  ],
];
/** Letters that speak of signing, of representing, of what each owes, and give no power and make no deal. */
const innocent = [
  ["Dear Sirs,", "Mr Zhou represents us at the fair in Hanover and looks forward to meeting you there."],
  ["Dear Sirs,", "Ms Doe is not authorised to sign contracts on our behalf."],
  ["Dear Sirs,", "We withdraw the authority of Mr Doe to sign for us with effect from today."],
  ["Dear Sirs,", "Please send us the name of who is authorised to sign on your behalf."],
  ["Dear Sirs,", "Please countersign the enclosed delivery note and return it to our stores."],
  ["Dear Sirs,", "We will deliver the spare parts on Monday. You will find the packing list enclosed."],
  ["Dear Sirs,", "If the carrier does not pay, we will refund you the price of the broken pump."],
  ["函", "蓝水贸易有限公司：", "兹介绍我公司张华同志前往贵公司参观，请予接洽。"],
  ["函", "蓝水贸易有限公司：", "截至11月30日，贵公司尚欠我公司货款12,000元。请贵公司核对后盖章回传确认。"],
  [
    "函",
    "蓝水贸易有限公司：",
    "根据双方签订的合同，我公司承诺于12月5日交付设备，贵公司应于到货后支付尾款。请贵公司盖章回传。",
  ],
  ["函", "蓝水贸易有限公司：", "我公司原员工王明已离职，不再代表我公司签订任何合同。"],
  ["函", "我公司李明总经理将代表我公司出席贵单位的签约仪式。"],
];

test("C03: a letter that gives somebody the power to bind who writes it is a power, whatever it is called", () => {
  for (const lines of powers) {
    assert.equal(classOf(...lines), "authorisation-letter", lines.join(" "));
    assert.ok(asked("official-letter", true, ...lines).includes("class authorisation-letter read"));
  }
});

test("C03: a letter with a deal that the other side is asked to sign is a contract", () => {
  for (const lines of deals) {
    assert.equal(classOf(...lines), "contract", lines.join(" "));
    const alone = lines.filter((line) => !/accepted|countersign|回传/u.test(line));
    assert.notEqual(classOf(...alone), "contract", "nobody is asked to sign it");
  }
});

test("C03: letters that speak of signing, of representing or of what is owed are letters", () => {
  for (const lines of innocent) assert.ok(["none", "official-letter"].includes(classOf(...lines)), lines.join(" "));
});

test("C03: a power is found wherever it stands among other sentences", () => {
  const other = fc.constantFrom(...innocent.map((lines) => lines.at(-1) ?? "").filter((line) => /^[A-Z]/u.test(line)));
  fc.assert(
    fc.property(fc.array(other, { maxLength: 4 }), fc.array(other, { maxLength: 4 }), (before, after) => {
      const power = "Whatever Mr Zhou signs there binds us.";
      assert.equal(classOf("Dear Sirs,", ...before, power, ...after), "authorisation-letter");
    }),
  );
});

/** No notice within the house any more, and nothing says what it is instead. */
const outgoing = ["class other read", "external true read"];

test("C02: a notice is external by whom it addresses, with and without a name", () => {
  const body = "自2027年1月1日起，收款账户变更，请按新账户付款。";
  for (const to of ["蓝水贸易有限公司：", "致：蓝水贸易有限公司", "尊敬的客户：", "各位供应商：", "海港银行："])
    assert.deepEqual(asked("internal-notice", false, "通知", to, body), outgoing, to);
  for (const to of ["To: Bluewater Trading GmbH", "Dear customers,", "To: all our suppliers"])
    assert.deepEqual(asked("internal-notice", false, "Notice", to, "The account changes."), outgoing, to);
  assert.deepEqual(asked("official-letter", true, "通知", "尊敬的客户：", body), [], "it is a letter, too");
  // It is kept beside the document, and read again from there.
  const kept = condenseFacts(read("通知", "尊敬的客户：", body));
  assert.equal(kept.lines[kept.outsiders ?? -1]?.text, "尊敬的客户:");
});

test("C02: a notice to the organisation's own people is internal", () => {
  for (const to of [
    "To: all staff of Orrin Pumps Limited",
    "To: all employees",
    "To: heads of department and all staff",
  ])
    assert.deepEqual(asked("internal-notice", false, "Internal notice", to, "The canteen is closed."), [], to);
  for (const to of ["致：全体员工", "各部门、全体员工：", "青岛海岬泵业有限公司：", "各子公司："])
    assert.deepEqual(asked("internal-notice", false, "通知", to, "食堂检修停用。"), [], to);
  const theirs = asked(
    "internal-notice",
    false,
    "Internal notice",
    "To: all staff of Bluewater Trading GmbH",
    "Closed.",
  );
  assert.deepEqual(theirs, outgoing);
});
