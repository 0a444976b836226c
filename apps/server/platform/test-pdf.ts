/** What else stands in a test PDF: entries of catalog and page, and objects numbered from 6. */
export interface TestPdfParts {
  readonly catalog?: string;
  readonly page?: string;
  readonly objects?: readonly string[];
  /** Operators of the page after its lines. */
  readonly drawn?: string;
}

/** A stream of a test PDF, with what its dictionary says besides its length. */
export const streamInTest = (data: string, dictionary = ""): string =>
  `<< ${dictionary} /Length ${data.length} >>\nstream\n${data}\nendstream`;

/** A small PDF of one page with these lines, classic cross-reference table. */
export function makeTestPdf(lines: readonly string[], parts: TestPdfParts = {}): Buffer {
  const escaped = (text: string): string => text.replace(/[\\()]/g, "\\$&");
  const content = `BT /F1 12 Tf 14 TL 60 780 Td ${lines.map((line) => `(${escaped(line)}) Tj T*`).join(" ")} ET ${parts.drawn ?? ""}`;
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${parts.catalog ?? ""} >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R ${parts.page ?? ""} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    streamInTest(content),
    ...(parts.objects ?? []),
  ];
  return writeTestPdf(objects);
}

/** A PDF of these objects, numbered from 1, of which the first is its catalog; classic cross-reference table. */
export function writeTestPdf(objects: readonly string[]): Buffer {
  let body = "%PDF-1.7\n";
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = body.length;
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`;
  body += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(body, "latin1");
}

/** What stays inside: it names neither a counterparty nor what kind of document it is. */
export const testNotice = (): Buffer =>
  makeTestPdf([
    "To all who work at Lanxi Instruments Ltd",
    "From 30 November 2026 on twelve gauges are kept in the store of each department.",
    "What they cost is booked with CNY 1,286,000.00.",
    "Signed for the company:",
  ]);

/** A contract without blanks, long enough to count as content. */
export const testContract = (
  parts: TestPdfParts = {},
  about = "twelve gauges",
  party = "Beicheng Ltd",
  own = "Lanxi Instruments Ltd",
): Buffer =>
  makeTestPdf(
    [
      "Supply contract",
      `between ${own} and ${party}.`,
      `The seller delivers ${about} to the buyer by 30 November 2026.`,
      "The price is CNY 1,286,000.00, paid within thirty days of acceptance.",
      "Signed for the buyer:",
    ],
    parts,
  );
