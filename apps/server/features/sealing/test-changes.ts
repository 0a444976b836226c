import assert from "node:assert/strict";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { sealPdf } from "@chancery/pdf-seal/seal";
import { createLocalSealSigner, issueRootCertificate } from "@chancery/pki";
import { redPicture } from "../../platform/test-picture.ts";

/** In millimetres from the top left of page 1. */
type Place = { xMm: number; yMm: number; widthMm: number; heightMm: number };
/** A real signature with a key made just now, below a root that nobody here knows. */
export async function signAsStranger(bytes: Buffer, place: Place, signedAt: number): Promise<Buffer> {
  const { privateKey: key } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const root = issueRootCertificate({
    key,
    subject: { commonName: "Stranger" },
    serial: randomBytes(16),
    notBefore: Date.UTC(2020, 0, 1),
    notAfter: Date.UTC(2050, 0, 1),
  });
  assert.ok(root.ok);
  const signer = createLocalSealSigner({ key, chain: [root.value.raw] });
  assert.ok(signer.ok);
  const face = { kind: "png", bytes: redPicture() } as const;
  const made = await sealPdf({
    bytes,
    signer: signer.value,
    signedAt,
    id: "stranger",
    appearance: { page: 0, face, ...place },
  });
  assert.ok(made.ok, made.ok ? "" : made.refusal.code);
  return Buffer.concat([bytes, made.tail]);
}

/** The appearance of a field. */
export const formOf = (text: string): string => {
  const content = `BT /F1 9 Tf 2 2 Td ${text} ET`;
  return `<< /Type /XObject /Subtype /Form /BBox [0 0 81 21] /Length ${content.length} >>\nstream\n${content}\nendstream`;
};
/** Objects put behind a file, as an editor or an attacker would. */
export function append(bytes: Buffer, objects: Record<number, string> = {}): Buffer {
  const text = bytes.toString("latin1");
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1];
  const [, size] = [...text.matchAll(/\/Size (\d+)/g)].at(-1) ?? [];
  const [, root] = [...text.matchAll(/\/Root (\d+ 0 R)/g)].at(-1) ?? [];
  let body = "";
  let rows = "";
  for (const [number, object] of Object.entries(objects)) {
    rows += `${number} 1\n${String(bytes.length + body.length).padStart(10, "0")} 00000 n \n`;
    body += `${number} 0 obj\n${object}\nendobj\n`;
  }
  const at = bytes.length + body.length;
  const end = `xref\n${rows === "" ? "0 0\n" : rows}trailer\n<< /Size ${size} /Root ${root} /Prev ${previous} >>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([bytes, Buffer.from(body + end, "latin1")]);
}
