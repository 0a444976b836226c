/** A PDF with a JPEG on each page, as scanners write it. */
export function makeTestScan(pictures: readonly { jpeg: Buffer; width: number; height: number }[]): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.4\n", "latin1")];
  const offsets: number[] = [];
  const length = (): number => parts.reduce((sum, part) => sum + part.length, 0);
  const write = (head: string, body?: Buffer): void => {
    offsets.push(length());
    parts.push(Buffer.from(`${offsets.length} 0 obj\n${head}\n`, "latin1"));
    if (body) parts.push(Buffer.from("stream\n"), body, Buffer.from("\nendstream\n"));
    parts.push(Buffer.from("endobj\n"));
  };
  const kids = pictures.map((_, at) => `${3 + at * 3} 0 R`).join(" ");
  write("<< /Type /Catalog /Pages 2 0 R >>");
  write(`<< /Type /Pages /Kids [${kids}] /Count ${pictures.length} >>`);
  for (const [at, { jpeg, width, height }] of pictures.entries()) {
    const content = Buffer.from("q 595 0 0 842 0 0 cm /I Do Q");
    write(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${4 + at * 3} 0 R /Resources << /XObject << /I ${5 + at * 3} 0 R >> >> >>`,
    );
    write(`<< /Length ${content.length} >>`, content);
    write(
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>`,
      jpeg,
    );
  }
  const xref = length();
  const rows = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  parts.push(
    Buffer.from(
      `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
