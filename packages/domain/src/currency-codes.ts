/**
 * The currencies that circulate, by their codes of ISO 4217, but for those that money-words.ts knows by more than a code. A
 * code stands next to a figure and makes it money, whether the rules have a rate for it or not.
 */
const plain =
  "AED|AFN|AOA|ARS|AUD|AWG|AZN|BBD|BDT|BGN|BHD|BIF|BMD|BND|BRL|BWP|BYN|BZD|CDF|CHF|CLF|CLP|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|FJD|FKP|GMD|GNF|GTQ|GYD|HNL|HTG|HUF|IDR|ILS|INR|IQD|ISK|JMD|JOD|KES|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LBP|LKR|LRD|LSL|LYD|MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MXV|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PGK|PKR|PLN|PYG|QAR|RSD|RUB|RWF|SAR|SBD|SCR|SEK|SGD|SHP|SLE|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TND|TTD|TWD|TZS|UAH|UGX|UYU|UZS|VED|VES|VND|VUV|WST|XAF|XCD|XCG|XDR|XOF|XPF|YER|ZAR|ZMW|ZWG";
/** Codes that are words, measures or names, too: these are money in capitals alone, beside a figure that looks like money. */
const worded =
  "ALL|AMD|ANG|BAM|BOB|BSD|BTN|CAD|CHE|CHW|COP|CRC|CUP|CVE|GEL|GHS|GIP|IRR|KGS|LAK|MAD|PEN|PHP|RON|SDG|SOS|TOP|TRY|USN";

export const plainCodes = `(?:${plain})(?![A-Za-z])`;
const wordedBefore = new RegExp(`(?<![A-Za-z])(${worded})\\s?[(:=]?\\s?$`, "u");
const wordedBehind = new RegExp(`^\\s?[(]?(${worded})(?![A-Za-z])(?!\\s?\\d)`, "u");
/** What is weighed in KGS is no money. */
const weighed = /weight|gross|\bnet\b|[毛净重]/iu;

/** A code that is a word, too, directly before a figure or behind it; null where there is none. */
export function readWordedCode(left: string, right: string): string | null {
  const found = wordedBefore.exec(left)?.[1] ?? wordedBehind.exec(right)?.[1] ?? null;
  return found === "KGS" && weighed.test(left) ? null : found;
}

/** Names of currencies that have one code, in Chinese and English. */
const names: readonly (readonly [name: string, code: string])[] = [
  ["澳元|australian dollars?", "AUD"],
  ["加元|加拿大元|canadian dollars?", "CAD"],
  ["新加坡元|新币|singapore dollars?", "SGD"],
  ["瑞士法郎|瑞郎|swiss francs?", "CHF"],
  ["韩[元圆]|韩币|(?:south )?korean won|₩|원", "KRW"],
  ["越南盾|(?:vietnam(?:ese)? )?dong|₫", "VND"],
  ["印尼盾|印度尼西亚盾|(?:indonesian )?rupiahs?", "IDR"],
  ["泰铢|(?:thai )?baht|฿", "THB"],
  ["科威特第纳尔|kuwaiti dinars?", "KWD"],
  ["卢布|(?:russian )?rou?bles?|₽", "RUB"],
  ["印度卢比|(?:indian )?rupees?|(?<![A-Za-z])Rs\\.?|₹", "INR"],
  ["林吉特|令吉|ringgits?", "MYR"],
  ["迪拉姆|dirhams?", "AED"],
  ...["₺ TRY", "₱ PHP", "₪ ILS", "₦ NGN", "₴ UAH", "₸ KZT"].map((one) => one.split(" ") as [string, string]),
];
/** For use behind the end of a word or a figure, not within one. */
export const currencyNames = `(?:${names.map(([name]) => name).join("|")})(?![A-Za-z])`;
const namePatterns = names.map(([name, code]) => [new RegExp(`(?:${name})(?![A-Za-z])`, "iu"), code] as const);
export const findNamedCurrency = (text: string): string | null =>
  namePatterns.find(([pattern]) => pattern.test(text))?.[1] ?? null;
