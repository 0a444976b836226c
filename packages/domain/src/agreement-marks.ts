import type { DocumentLine } from "./document-text.ts";
import { joinLines } from "./guarantee-marks.ts";
import { nameTwo } from "./parties-in-text.ts";
import { readSides, readSigners } from "./signing-parties.ts";

/**
 * Marks that people agree on something in this very document, whatever it is called. A letter that speaks of an agreement made
 * elsewhere has some of them; one that makes it has parties or what they owe each other, and says so of itself or is signed
 * by both.
 */
export interface AgreementMarks {
  /** Two parties under the names of their parts: 甲方 and 乙方, Party A and Party B. */
  readonly parties: boolean;
  /** Two companies by their names, that agree or have a place to sign. */
  readonly sides: boolean;
  /** It calls itself an agreement. */
  readonly self: boolean;
  /** What each owes the other for the other's part. */
  readonly exchange: boolean;
  /** Both sign it. */
  readonly bothSign: boolean;
  /** It says from when it binds, or who decides about it. */
  readonly binding: boolean;
  /** Of a letter: what we give and what you give for it, as a deal that this letter makes. */
  readonly deal: boolean;
  readonly count: number;
}

/** Who takes and pays, and who gives. */
const takes = "(?:买|需|购|购货|采购|购买|订购|定作|承租|租用|发包|委托|受让|借款|被许可)(?:方|人|单位)";
const gives =
  "(?:卖|供|销|供货|销售|供应|服务|承揽|承担|出租|承包|受托|转让|出借|贷款|许可)(?:方|人|单位)|供应商|供货商|服务商|承包商";
/** Parts that come in pairs; each stands at the begin of a line or of a cell, before a name or a place for one. */
const pairs: readonly (readonly [RegExp, RegExp])[] = (
  [
    ["甲[方人]", "乙[方人]"],
    [takes, gives],
  ] as const
)
  .map(([one, other]): readonly [RegExp, RegExp] => {
    const part = (name: string): RegExp =>
      new RegExp(
        `(?:^|[\\s(（])(?:${name})(?:[)）]|[(（][^)）]{0,12}[)）])?(?:\\s?/?\\s?[A-Za-z][A-Za-z ]{1,24})?\\s*[:：]`,
        "u",
      );
    return [part(one), part(other)];
  })
  .concat([
    [/(?:^|\s)party a\s*(?:\([^)]{0,30}\))?\s*:/iu, /(?:^|\s)party b\s*(?:\([^)]{0,30}\))?\s*:/iu],
    [
      /^\W*(?:the )?(?:buyer|purchaser|customer|client|lessee|licensee|borrower)\s*:/iu,
      /^\W*(?:the )?(?:seller|supplier|vendor|contractor|consultant|lessor|licensor|lender)\s*:/iu,
    ],
  ]);
const self =
  /本(?:合同|协议)(?!(?:的?(?:签订|签署)情况))|(?:本函|本确认函|本备忘录).{0,24}(?:合同的组成|同等法律效力|双方(?:签|盖))|\bthis (?:\w+ )?(?:agreement|contract|settlement)\b|\b(?:contract|agreement) between us (?:then )?(?:exists|is made|comes)|this letter (?:agreement|constitutes|sets out (?:the|our) (?:agreement|terms)|records (?:the|our) agreement)/iu;
const exchange =
  /(?:双方|各方).{0,16}(?:约定|同意|达成|协商一致|确认(?:如下|以下))|经.{0,10}协商一致|\bwe (?:hereby )?confirm (?:our|the|this) (?:\w+ ){0,2}(?:order|purchase)\b|\bwe (?:hereby )?offer to (?:buy|sell|supply|deliver|pay|let|lend)\b|(?:甲|乙|供|需|买|卖|出租|承租|贵|我)[方司人].{0,24}(?:同意|应当?|保证|承诺).{0,40}(?:供应|提供|支付|交付|付款|承担|出借|归还|还清|质量)|in consideration of|\b(?:we|the parties) (?:have agreed|agree) (?:the following|to pay|as follows|that)|\beither party may|\beach party (?:bears|undertakes|shall)|party [ab] (?:agrees|undertakes|shall|pays|sells|appoints)/iu;
/** What a company by its name, or whoever writes, takes on; told across the ends of lines. */
const companyOwes =
  /(?:公司|集团|厂)(?:应当?|须|将|负责|同意|承诺|保证|拟)[^。;]{0,40}?(?:供应|供货|提供|支付|[先预]付|交付|交货|付款|出资|采购|购买|转让|归还|还清|研发)|\b(?:Ltd|Limited|Inc|LLC|GmbH|Corp|Corporation|PLC|Company)\b\.? (?:will|shall|agrees? to|undertakes? to|(?:hereby )?commits? to) (?:\w+ ){0,3}?(?:pay|supply|deliver|purchase|buy|sell|forward|provide|perform|build|lease|lend|lets?)\b|\bwe (?:will|shall|agree to|undertake to) (?:pay|supply|deliver|buy|purchase|sell|build|install|store)\b/iu;
/** What asks the other side to sign, or says that it did. */
const counterSigned =
  /countersign|\bplease sign below\b|^accepted(?: by| for)?:|(?:accepted and agreed|agreed and accepted|agreed to and accepted)|(?:signed and returned|sign(?:ing)? and return(?:ing)?) (?:this|the) letter|请(?:贵(?:公司|单位|[司方]).{0,8})?(?:盖章|签字|签章|签署).{0,4}(?:确认|回传|寄回|回寄|返回)/iu;
/** A deal as a letter puts it. What an earlier contract says of it is told, and not agreed on. */
const weGive =
  /(?<!(?:根据|依据|按照|依照)[^。;]{0,80})(?:我(?:公司|单位|[司方])|本(?:公司|单位))[^。;]{0,16}(?:同意|愿意?|承诺)[^。;]{0,60}(?:供应|提供|交付|出售|销售|出租|转让|安装|承建|采购|购买)|(?<!\b(?:under|according to|as per|pursuant to) [^.;]{0,60})\bwe (?:will|shall|agree to|undertake to) (?:supply|deliver|sell|provide|build|install|let|lease|buy|purchase)\b/iu;
const youGive =
  /(?<!(?:根据|依据|按照|依照)[^。;]{0,80})贵(?:公司|单位|[司方])[^。;]{0,8}(?:应当?|须|需|同意)[^。;]{0,40}(?:支付|付清|付款|交付|供应|缴纳)|(?<!\b(?:under|according to|as per|pursuant to) [^.;]{0,60})\byou (?:will |shall |agree to |undertake to )?(?:pay|supply|deliver|sell)\b(?! (?:attention|a visit))/iu;
const placeToStamp = /[(（](?:盖章|签字|签章|签字盖章|章)[)）]/gu;
const oneSigns = /signed for|for and on behalf of/giu;
const binding =
  /自?(?:经)?(?:双方|各方).{0,8}(?:签|盖).{0,10}(?:生效|执行|起)|(?<!不|不具)(?:具有|有)(?:同等)?法律(?:约束力|效力)|对双方(?:均)?(?:具有|有)约束力|本(?:函|备忘录|纪要|意向书|订单|确认[书单]|借条)[^。]{0,30}生效|确认(?:后|之?日起?)[即起时]{0,2}生效|(?<!not )legally binding|\bthis (?:letter|memorandum|order|document|statement of work|term sheet) (?:is|shall be|becomes) binding|binding (?:up)?on both|\bbinds? (?:us )?both\b|takes? effect when you|(?:is|are) governed by the laws?|exclusive jurisdiction|由.{0,20}人民法院管辖|一式.{1,2}份.{0,12}双方/iu;

export function readAgreementMarks(lines: readonly DocumentLine[]): AgreementMarks {
  const texts = lines.map(({ text }) => text.slice(0, 400));
  const has = (pattern: RegExp): boolean => texts.some((text) => pattern.test(text));
  // A letter goes on across the ends of its lines.
  const whole = joinLines(lines).text;
  const signatures = texts.reduce((sum, text) => sum + (text.match(oneSigns)?.length ?? 0), 0);
  const stamps = texts.reduce((sum, text) => sum + (text.match(placeToStamp)?.length ?? 0), 0);
  const twoSign = nameTwo(readSigners(lines));
  const marks = {
    parties: pairs.some(([one, other]) => has(one) && has(other)),
    sides: twoSign || readSides(lines).length > 0,
    self: has(self),
    exchange: has(exchange) || companyOwes.test(whole),
    bothSign: has(counterSigned) || signatures >= 2 || stamps >= 2 || twoSign,
    binding: has(binding),
    deal: weGive.test(whole) && youGive.test(whole),
  };
  return { ...marks, count: Object.values(marks).filter(Boolean).length };
}

/**
 * Whether a document that is called something else makes an agreement: two named parties that owe each other something, or
 * three marks with what is owed or who owes it among them, or a deal that the other side is asked to sign. What it speaks of alone never does.
 */
export const makesAgreement = ({
  parties,
  sides,
  self: itself,
  exchange: owes,
  bothSign,
  deal,
  count,
}: AgreementMarks): boolean =>
  ((parties || sides) && owes) ||
  (deal && bothSign) ||
  (count >= 3 && (parties || sides || owes) && (itself || bothSign));
