/** A text string (ISO 32000-2, 7.9.2.2): printable ASCII as it is, else UTF-16BE with its mark. */
export function encodeText(text: string): Uint8Array {
  if (/^[\x20-\x7e]*$/.test(text)) return Buffer.from(text, "latin1");
  return Buffer.from(`\uFEFF${text}`, "utf16le").swap16();
}

/** A date (7.9.4) in UTC from epoch milliseconds. */
export function encodeDate(milliseconds: number): Uint8Array {
  const text = new Date(milliseconds).toISOString();
  const digits = [0, 5, 8, 11, 14, 17].map((at) => text.slice(at, at === 0 ? 4 : at + 2)).join("");
  return Buffer.from(`D:${digits}+00'00'`, "latin1");
}

/** A string as it stands in the file (7.3.4): a literal where its bytes can be read, else hexadecimal. */
export function writeBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = buffer.toString("latin1");
  if (/^[\x20-\x7e]*$/.test(text)) return `(${text.replace(/[\\()]/g, "\\$&")})`;
  return `<${buffer.toString("hex").toUpperCase()}>`;
}

/** A number with at most four decimals and never an exponent (7.3.3). */
export function writeNumber(value: number): string {
  const text = value.toFixed(4);
  return text.includes(".") ? text.replace(/\.?0+$/, "").replace(/^-0$/, "0") : text;
}
