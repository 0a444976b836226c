import { generateKeyPairSync, sign } from "node:crypto";
import { deflateSync } from "node:zlib";
import {
  createLocalSealSigner,
  derBitString,
  derContext,
  derInteger,
  derNull,
  derOid,
  derSequence,
  derSet,
  derTime,
  derUtf8,
  type SealSigner,
} from "@chancery/pki";

/** A document for tests, one way of writing it each. */
export type DocumentShape = {
  readonly xref?: "table" | "stream" | "object-streams";
  /** Entries put into each page besides /Type, /Parent and /Contents. */
  readonly page?: string;
  /** Entries put into the page tree's root, which pages inherit. */
  readonly pages?: string;
  readonly catalog?: string;
  readonly trailer?: string;
  readonly pageCount?: number;
  /** More objects, numbered from 100. */
  readonly objects?: readonly string[];
  readonly endOfLine?: boolean;
};

/** Writes a small PDF: 1 catalog, 2 page tree, 3 contents, 10… pages, 100… further objects. */
export function writeDocument(shape: DocumentShape = {}): Buffer {
  const count = shape.pageCount ?? 1;
  const kids = Array.from({ length: count }, (_, i) => `${10 + i} 0 R`);
  const content = "0.5 g 72 72 200 100 re f";
  const objects = new Map<number, string>([
    [1, `<< /Type /Catalog /Pages 2 0 R ${shape.catalog ?? ""} >>`],
    [2, `<< /Type /Pages /Kids [${kids.join(" ")}] /Count ${count} /MediaBox [0 0 595 842] ${shape.pages ?? ""} >>`],
    [3, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`],
    ...kids.map((_, i): [number, string] => [
      10 + i,
      `<< /Type /Page /Parent 2 0 R /Contents 3 0 R /Resources << >> ${shape.page ?? ""} >>`,
    ]),
    ...(shape.objects ?? []).map((body, i): [number, string] => [100 + i, body]),
  ]);
  let text = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
  const rows: { number: number; fields: [number, number, number] }[] = [];
  const put = (number: number, body: string): void => {
    rows.push({ number, fields: [1, text.length, 0] });
    text += `${number} 0 obj\n${body}\nendobj\n`;
  };
  const packed = [...objects].filter(([, body]) => shape.xref === "object-streams" && !body.includes("stream\n"));
  for (const [number, body] of objects) if (!packed.some(([n]) => n === number)) put(number, body);
  if (packed.length > 0) {
    let head = "";
    let data = "";
    for (const [index, [number, body]] of packed.entries()) {
      head += `${number} ${data.length} `;
      data += `${body} `;
      rows.push({ number, fields: [2, 900, index] });
    }
    const bytes = deflateSync(Buffer.from(head + data, "latin1"));
    const entries = `/Type /ObjStm /N ${packed.length} /First ${head.length} /Filter /FlateDecode /Length ${bytes.length}`;
    put(900, `<< ${entries} >>\nstream\n${bytes.toString("latin1")}\nendstream`);
  }
  const trailer = `/Root 1 0 R /ID [<0102> <0102>] ${shape.trailer ?? ""}`;
  const at = text.length;
  if (shape.xref === undefined || shape.xref === "table") {
    text += `xref\n0 1\n0000000000 65535 f \n`;
    for (const { number, fields } of rows) text += `${number} 1\n${String(fields[1]).padStart(10, "0")} 00000 n \n`;
    text += `trailer\n<< /Size 1000 ${trailer} >>\n`;
  } else {
    rows.push({ number: 901, fields: [1, at, 0] });
    const data = Buffer.alloc(rows.length * 6);
    for (const [i, { fields }] of rows.entries()) {
      data[i * 6] = fields[0];
      data.writeUInt32BE(fields[1], i * 6 + 1);
      data[i * 6 + 5] = fields[2];
    }
    const index = rows.map(({ number }) => `${number} 1`).join(" ");
    const entries = `/Type /XRef /Size 1000 /W [1 4 1] /Index [${index}] /Length ${data.length} ${trailer}`;
    text += `901 0 obj\n<< ${entries} >>\nstream\n${data.toString("latin1")}\nendstream\nendobj\n`;
  }
  text += `startxref\n${at}\n%%EOF${shape.endOfLine === false ? "" : "\n"}`;
  return Buffer.from(text, "latin1");
}

/** A signer with a new key and a certificate it signed itself. */
export function makeSigner(kind: "rsa" | "p256", commonName = "Test seal 测试章"): SealSigner {
  const { privateKey, publicKey } =
    kind === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = derSequence(derSet(derSequence(derOid("2.5.4.3"), derUtf8(commonName))));
  const algorithm =
    kind === "rsa"
      ? derSequence(derOid("1.2.840.113549.1.1.11"), derNull())
      : derSequence(derOid("1.2.840.10045.4.3.2"));
  const body = derSequence(
    derContext(0, derInteger(2)),
    derInteger(4711),
    algorithm,
    name,
    derSequence(derTime(Date.UTC(2025, 0, 1)), derTime(Date.UTC(2045, 0, 1))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const certificate = derSequence(body, algorithm, derBitString(sign("sha256", body, privateKey)));
  const signer = createLocalSealSigner({ key: privateKey, chain: [certificate] });
  if (!signer.ok) throw new Error(signer.detail);
  return signer.value;
}
