import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign, verify } from "node:crypto";
import { openForSealing, sealPdf } from "@chancery/pdf-seal/seal";
import { createLocalSealSigner, issueRootCertificate, issueSealCertificate, type SealSigner } from "@chancery/pki";

import type { BenchLine } from "./line.ts";

type Subject = { readonly name: string; readonly bytes: Buffer; readonly kind: "rsa" | "p256"; readonly seals: number };
type Key = { readonly signer: SealSigner; readonly privateKey: KeyObject; readonly publicKey: KeyObject };

const ROUNDS = 120;
/** Seals before anything is measured: a server has long been running when a document comes. */
const WARM_UP = 2000;
const AGAINST = "SHA-256 of the file, sign and verify";

/**
 * Seals per second of the engine, from opening the file to the finished tail, its own check of the signature included,
 * against the bare cryptography of the same bytes: the digest of the file, one signature and its verification. Both
 * alternate in short turns, so that other work on the machine meets both; the median of the turns' ratios counts.
 */
export async function benchSeal(): Promise<BenchLine[]> {
  const keys = { rsa: makeKey("rsa"), p256: makeKey("p256") };
  const small = writeDocument(1, 18_000);
  const pages = writeDocument(100, 2200);
  const large = writeDocument(1, 10_000_000);
  const subjects: Subject[] = [
    { name: "seal: 10 MB, RSA-2048", bytes: large, kind: "rsa", seals: 1 },
    { name: "seal: 10 MB, P-256", bytes: large, kind: "p256", seals: 1 },
    { name: "seal: 100 pages, RSA-2048", bytes: pages, kind: "rsa", seals: 10 },
    { name: "seal: 100 pages, P-256", bytes: pages, kind: "p256", seals: 15 },
    { name: "seal: 19 KB, RSA-2048", bytes: small, kind: "rsa", seals: 15 },
    { name: "seal: 19 KB, P-256", bytes: small, kind: "p256", seals: 50 },
  ];
  for (const kind of ["rsa", "p256"] as const) {
    const warmUp: Subject = { name: "", bytes: small, kind, seals: WARM_UP / 2 };
    timeBare(warmUp, keys[kind]);
    await timeEngine(warmUp, keys[kind]);
  }
  const lines: BenchLine[] = [];
  for (const subject of subjects) lines.push(await compare(subject, keys[subject.kind]));
  return lines;
}

async function compare(subject: Subject, key: Key): Promise<BenchLine> {
  const engine: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = round % 2 === 0 ? timeBare(subject, key) : null;
    const ours = await timeEngine(subject, key);
    engine.push(ours);
    ratios.push((before ?? timeBare(subject, key)) / ours);
  }
  return {
    name: subject.name,
    value: Math.round(subject.seals / (median(engine) / 1000)),
    unit: "seals/s",
    ratio: Math.round(median(ratios) * 1000) / 1000,
    against: AGAINST,
  };
}

async function timeEngine({ bytes, seals }: Subject, { signer }: Key): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < seals; i++) {
    const opened = openForSealing(bytes);
    if (!opened.ok) throw new Error(opened.refusal.message);
    const sealed = await sealPdf({ document: opened.document, signer, signedAt: 1_800_000_000_000 + i, id: `${i}` });
    if (!sealed.ok) throw new Error(sealed.refusal.message);
  }
  return performance.now() - started;
}

function timeBare({ bytes, seals }: Subject, { privateKey, publicKey }: Key): number {
  const started = performance.now();
  for (let i = 0; i < seals; i++) {
    const digest = createHash("sha256").update(bytes).digest();
    const signature = sign("sha256", digest, privateKey);
    if (!verify("sha256", digest, publicKey, signature)) throw new Error("The bare signature does not verify.");
  }
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** A key below an authority of its own: the chain of three that a real seal carries. */
function makeKey(kind: "rsa" | "p256"): Key {
  const pair = () =>
    kind === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "P-256" });
  const validity = { notBefore: Date.UTC(2026, 0, 1), notAfter: Date.UTC(2036, 0, 1) };
  const authority = pair();
  const root = issueRootCertificate({
    ...validity,
    subject: { commonName: "Bench root" },
    serial: randomBytes(16),
    key: authority.privateKey,
  });
  if (!root.ok) throw new Error(root.detail);
  const { privateKey, publicKey } = pair();
  const leaf = issueSealCertificate({
    ...validity,
    subject: { commonName: "Bench seal", organisation: "Bench" },
    serial: randomBytes(16),
    publicKey,
    issuer: { certificate: root.value, key: authority.privateKey },
  });
  if (!leaf.ok) throw new Error(leaf.detail);
  const signer = createLocalSealSigner({ key: privateKey, chain: [leaf.value.raw, root.value.raw] });
  if (!signer.ok) throw new Error(signer.detail);
  return { signer: signer.value, privateKey, publicKey };
}

/** A document whose pages each carry `contentLength` bytes of content, with a cross-reference table. */
function writeDocument(pageCount: number, contentLength: number): Buffer {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  let length = 0;
  const put = (...pieces: readonly (string | Buffer)[]): void => {
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      parts.push(bytes);
      length += bytes.length;
    }
  };
  const object = (...body: readonly (string | Buffer)[]): void => {
    offsets.push(length);
    put(`${offsets.length} 0 obj\n`, ...body, "\nendobj\n");
  };
  put("%PDF-1.7\n");
  object("<< /Type /Catalog /Pages 2 0 R >>");
  const kids = Array.from({ length: pageCount }, (_, i) => `${3 + 2 * i} 0 R`).join(" ");
  object(`<< /Type /Pages /Kids [${kids}] /Count ${pageCount} /MediaBox [0 0 595 842] >>`);
  const content = Buffer.alloc(contentLength, "0 g 72 72 9 9 re f\n");
  for (let i = 0; i < pageCount; i++) {
    object(`<< /Type /Page /Parent 2 0 R /Resources << >> /Contents ${4 + 2 * i} 0 R >>`);
    object(`<< /Length ${contentLength} >>\nstream\n`, content, "\nendstream");
  }
  const xrefAt = length;
  put(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n`);
  for (const offset of offsets) put(`${String(offset).padStart(10, "0")} 00000 n \n`);
  put(`trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${xrefAt}\n%%EOF\n`);
  return Buffer.concat(parts);
}
