/** Types that every reader of PDF brings (ISO 32000-2, 9.6.2.2); most others draw letters and figures much as they do. */
const fonts = [
  ...["Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Times-Roman", "Times-Bold", "Times-Italic"],
  ...["Courier", "Courier-Bold"],
];
const rows = ["ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789"];
const page = { width: 1400, height: 842 };

/** A page with each letter and figure in each of these types, to see how they are drawn, and its size in millimetres. */
export function makeReferencePage(): {
  readonly bytes: Uint8Array;
  readonly widthMm: number;
  readonly heightMm: number;
} {
  const content = fonts
    .map((_, at) => {
      const lines = rows.map((row) => `(${[...row].join(" ")}) Tj 0 -28 Td`).join(" ");
      return `BT /F${at} 24 Tf 40 ${page.height - 40 - at * 96} Td ${lines} ET`;
    })
    .join("\n");
  const named = fonts.map((_, at) => `/F${at} ${5 + at} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] /Resources << /Font << ${named} >> >> /Contents 4 0 R >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ...fonts.map((font) => `<< /Type /Font /Subtype /Type1 /BaseFont /${font} /Encoding /WinAnsiEncoding >>`),
  ];
  let body = "%PDF-1.7\n";
  const offsets = objects.map((object, at) => {
    const offset = body.length;
    body += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const lines = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const tail = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  const millimetre = 25.4 / 72;
  return {
    bytes: Buffer.from(body + tail, "latin1"),
    ...{ widthMm: page.width * millimetre, heightMm: page.height * millimetre },
  };
}
