/** A text string (ISO 32000-2, 7.9.2.2): a literal where printable ASCII suffices, else UTF-16BE in hexadecimal. */
export function writeText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return `(${text.replace(/[\\()]/g, "\\$&")})`;
  const utf16 = Buffer.from(text, "utf16le").swap16().toString("hex");
  return `<FEFF${utf16.toUpperCase()}>`;
}

/** A date (7.9.4) in UTC from epoch milliseconds. */
export function writeDate(milliseconds: number): string {
  const digits = new Date(milliseconds).toISOString().replace(/[-:T]/g, "").slice(0, 14);
  return `(D:${digits}+00'00')`;
}

/** A number with at most four decimals and never an exponent (7.3.3). */
export function writeNumber(value: number): string {
  const text = value.toFixed(4);
  return text.includes(".") ? text.replace(/\.?0+$/, "").replace(/^-0$/, "0") : text;
}
