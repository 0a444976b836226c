import { type AmountRead, asRead } from "./amounts-in-text.ts";
import { asSimplified } from "./chinese-forms.ts";
import { type FactsRead, listOwnAmounts } from "./declared-facts.ts";

/** A price of one piece or one month: what it comes to depends on how many there are. */
const eachWords =
  /\beach\b|\bapiece\b|\b(?:parts|instal?ments|portions|tranches) of\b|\bper (?!cent|annum interest)\p{L}+|\bunit price\b|\b(?:monthly|yearly|annual|quarterly|weekly|daily|hourly)\b|\ba (?:day|week|month|quarter|year|piece|unit|set|ton|hour)\b|每(?:月|年|季度?|周|日|天|期|批|次|笔|台|件|个|套|只|吨|人|次|份|间|平方米)|单价|月(?:租|付|费|薪)|[/／](?:月|年|台|件|个|套|只|吨|人|次|天|日|m2|month|year|pcs?|unit|piece|day)/iu;
const totalWords =
  /\btotal|\bin all\b|\baggregate\b|\baltogether\b|\bcontract (?:price|sum|value)\b|合计|总计|共计|总价|总额|总金额|合同价/iu;
const mostTold = 6;

export interface OtherAmounts {
  /** Amounts beside the declared one, as they are said; the largest first. */
  readonly amounts: readonly string[];
  /** A price of each is named and no total that covers it, so that the document may come to more than any figure in it. */
  readonly open: boolean;
}

const figures = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2 });

/** What a document names beside the declared amount; null where there is nothing to tell (C01). */
export function listOtherAmounts(
  read: Pick<FactsRead, "amounts" | "lines">,
  declared: { readonly amountMinor: number | null; readonly currency: string },
): OtherAmounts | null {
  const own = listOwnAmounts(read);
  const lineOf = ({ line }: AmountRead): string => asSimplified(read.lines[line]?.text ?? "");
  const currencyOf = ({ currency }: AmountRead): string => currency ?? declared.currency;
  const isTotal = (one: AmountRead): boolean => totalWords.test(lineOf(one)) && !eachWords.test(lineOf(one));
  const each = own.filter((one) => eachWords.test(lineOf(one)) && !totalWords.test(lineOf(one)));
  // What so many parts come to is said beside one of them; neither is once more a part.
  const partOf = (whole: AmountRead, one: AmountRead): boolean =>
    whole.line === one.line && whole.minor > one.minor && whole.text.includes(one.text);
  const products = new Set(own.filter((whole) => own.some((one) => partOf(whole, one))));
  const isCovered = (one: AmountRead): boolean =>
    own.some(
      (other) =>
        partOf(other, one) ||
        (currencyOf(other) === currencyOf(one) &&
          other.minor >= one.minor &&
          (isTotal(other) || [...products].some((whole) => whole.line === one.line && whole.minor === one.minor))),
    );
  const open = each.some((one) => !products.has(one) && !isCovered(one));
  // Where the declared amount stands nowhere, that is a disagreement, and told as one.
  if (!open && !own.some(({ minor }) => minor === declared.amountMinor)) return null;
  const others = own.filter(
    (one) =>
      one.minor !== declared.amountMinor || currencyOf(one) !== declared.currency || (open && each.includes(one)),
  );
  const told = others
    .toSorted((a, b) => b.minor - a.minor)
    .map((one) => `${currencyOf(one)} ${figures.format(one.minor / 100)}`);
  const single = own.filter((one) => !products.has(one));
  const again = declared.amountMinor === null ? 0 : countInstalments(single, read.lines, declared.amountMinor);
  const said = `${declared.currency} ${figures.format((declared.amountMinor ?? 0) / 100)}`;
  const amounts = [...new Set([...(again > 1 ? [`${again} × ${said}`] : []), ...told])].slice(0, mostTold);
  return amounts.length === 0 ? null : { amounts, open };
}

/**
 * How often the declared amount stands in figures within two lines: a price is said again elsewhere, instalments side by side.
 * A paper in two languages says each of its amounts in both.
 */
function countInstalments(own: readonly AmountRead[], lines: FactsRead["lines"], minor: number): number {
  const places = own
    .filter((one) => one.form === "figures" && one.minor === minor)
    .map((one) => ({ line: one.line, isHan: isInHan(one, lines) }));
  const isBeside = (one: (typeof places)[number], other: (typeof places)[number]): boolean =>
    one.isHan === other.isHan && (other.line === one.line || other.line === one.line + 1);
  return Math.max(0, ...places.map((one) => places.filter((other) => isBeside(one, other)).length));
}

/** Whether the words that lead to an amount are Chinese; a currency may have its Latin code in both. */
function isInHan({ line, from }: AmountRead, lines: FactsRead["lines"]): boolean {
  const [before, own] = [lines[line - 1], lines[line]];
  const lead = `${before ? asRead(before) : ""} ${own ? asRead(own).slice(0, from) : ""}`;
  const words = lead.replace(/\b(?:[A-Z]{3}|[A-Z]{1,2}\$)[\s:(]*$/u, "");
  return /\p{Script=Han}[^\p{L}]*$/u.test(words);
}
