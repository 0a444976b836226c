/**
 * An amount as people type it, with or without groups, in narrow or wide figures: decimal text with two places as it is
 * kept; null where nothing is typed; undefined for what is no amount.
 */
export function readAmount(typed: string): string | null | undefined {
  const text = typed.normalize("NFKC").replace(/[\s,]/gu, "");
  if (text === "") return null;
  const found = /^(\d{1,15})(?:\.(\d{0,2}))?$/.exec(text);
  if (!found) return undefined;
  const whole = (found[1] ?? "0").replace(/^0+(?=\d)/, "");
  return `${whole}.${(found[2] ?? "").padEnd(2, "0")}`;
}
