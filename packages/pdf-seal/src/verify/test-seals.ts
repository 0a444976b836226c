import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import {
  type Certificate,
  derContext,
  derElement,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derSet,
  issueRootCertificate,
  issueSealCertificate,
  type PkiOutcome,
} from "@chancery/pki";

const digests = { sha256: "2.16.840.1.101.3.4.2.1", sha1: "1.3.14.3.2.26", md5: "1.2.840.113549.2.5" } as const;
const year = 365 * 86_400_000;

/** A certificate with its key, and the root above it. */
export type TestSeal = {
  readonly root: Certificate;
  readonly rootKey: KeyObject;
  readonly leaf: Certificate;
  readonly key: KeyObject;
};

function value<Value>(outcome: PkiOutcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
}

/** An RSA seal below a root of its own. */
export function makeSeal(): TestSeal {
  const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
  const [above, own] = [pair(), pair()];
  const common = (commonName: string) => ({
    subject: { commonName },
    serial: randomBytes(16),
    notBefore: Date.UTC(2025, 0, 1),
    notAfter: Date.UTC(2025, 0, 1) + 20 * year,
  });
  const root = value(issueRootCertificate({ ...common("Root"), key: above.privateKey }));
  const leaf = value(
    issueSealCertificate({
      ...common("Seal"),
      publicKey: own.publicKey,
      issuer: { certificate: root, key: above.privateKey },
    }),
  );
  return { root, rootKey: above.privateKey, leaf, key: own.privateKey };
}

export type CmsTwist = {
  readonly digest?: keyof typeof digests;
  /** The certificate the signing-certificate attribute names; left out: the seal's own. Null: no attribute. */
  readonly named?: Certificate | null;
  readonly signers?: number;
  readonly content?: Uint8Array;
  readonly messageDigest?: Uint8Array;
  readonly contentType?: string;
  readonly listsDigest?: boolean;
};

/** A CMS over content with a given digest of it, built by hand so that each part can be wrong. */
export function writeCms(seal: TestSeal, contentOf: (digest: string) => Uint8Array, twist: CmsTwist = {}): Uint8Array {
  const digest = twist.digest ?? "sha256";
  const algorithm = derSequence(derOid(digests[digest]), derNull());
  const attribute = (oid: string, content: Uint8Array): Uint8Array => derSequence(derOid(oid), derSet(content));
  const named = twist.named === undefined ? seal.leaf : twist.named;
  const certificateHash = named === null ? null : createHash("sha256").update(named.raw).digest();
  const attributes = derSet(
    attribute("1.2.840.113549.1.9.3", derOid(twist.contentType ?? "1.2.840.113549.1.7.1")),
    attribute("1.2.840.113549.1.9.4", derOctetString(twist.messageDigest ?? contentOf(digest))),
    ...(certificateHash === null
      ? []
      : [
          attribute(
            "1.2.840.113549.1.9.16.2.47",
            derSequence(derSequence(derSequence(derOctetString(certificateHash)))),
          ),
        ]),
  );
  const implicit = Uint8Array.from(attributes);
  implicit[0] = 0xa0;
  const signer = derSequence(
    derInteger(1),
    derSequence(seal.leaf.issuer.raw, derElement(2, seal.leaf.serial)),
    algorithm,
    implicit,
    derSequence(derOid("1.2.840.113549.1.1.1"), derNull()),
    derOctetString(sign(digest, attributes, seal.key)),
  );
  const inner = twist.content === undefined ? [] : [derContext(0, derOctetString(twist.content))];
  const data = derSequence(
    derInteger(1),
    twist.listsDigest === false ? derSet() : derSet(algorithm),
    derSequence(derOid("1.2.840.113549.1.7.1"), ...inner),
    derContext(0, seal.leaf.raw),
    derElement(0x31, ...Array.from({ length: twist.signers ?? 1 }, () => signer)),
  );
  return derSequence(derOid("1.2.840.113549.1.7.2"), derContext(0, data));
}

export type SealTwist = {
  /** The signature's numbers, from those that are right: start of /Contents, its end, length of the file. */
  readonly byteRange?: (gap: number, next: number, length: number) => string;
  /** Stands behind the value of /Contents, before the rest of the dictionary. */
  readonly behind?: string;
  /** Writes the value of /Contents, given its hexadecimal digits. */
  readonly contents?: (hex: string) => string;
  readonly entries?: string;
  readonly cms?: CmsTwist;
  /** Bytes after the CMS, within the value. */
  readonly padding?: Uint8Array;
  readonly subFilter?: string;
};

const ROOM = 12_000;

/**
 * Seals a document of this package's tests by hand: object 10 is its page, 200 the form, 201 the field, 202 the value.
 * The signature covers what the numbers of /ByteRange say, as a signer who is the attacker would do it.
 */
export function sealByHand(base: Buffer, seal: TestSeal, twist: SealTwist = {}): Buffer {
  const before =
    "1 0 obj\n<< /Type /Catalog /Pages 2 0 R /AcroForm 200 0 R >>\nendobj\n" +
    "200 0 obj\n<< /Fields [201 0 R] /SigFlags 3 >>\nendobj\n" +
    "201 0 obj\n<< /FT /Sig /T (Seal) /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /P 10 0 R /V 202 0 R >>\nendobj\n";
  const head = `202 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /${twist.subFilter ?? "ETSI.CAdES.detached"} /ByteRange `;
  const write = (range: string, hex: string): { text: string; gap: number; next: number } => {
    const start = base.length + before.length + head.length;
    const contents = twist.contents?.(hex) ?? `<${hex}>`;
    const gap = start + 64 + " /Contents ".length;
    const body = `${head}${range.padEnd(64)} /Contents ${contents}${twist.behind ?? ""} ${twist.entries ?? ""}>>\nendobj\n`;
    const at = (text: string): number => base.length + (before + body).indexOf(text);
    const rows = ["1 0 obj", "200 0 obj", "201 0 obj", "202 0 obj"].map(
      (name) => `${name.split(" ")[0]} 1\n${String(at(name)).padStart(10, "0")} 00000 n \n`,
    );
    const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(base.toString("latin1"))?.[1];
    const xref = base.length + before.length + body.length;
    const end = `xref\n${rows.join("")}trailer\n<< /Size 1000 /Root 1 0 R /Prev ${previous} >>\nstartxref\n${xref}\n%%EOF\n`;
    return { text: before + body + end, gap, next: gap + contents.length };
  };
  const draft = write("", "0".repeat(ROOM));
  const length = base.length + draft.text.length;
  const range =
    twist.byteRange?.(draft.gap, draft.next, length) ?? `[0 ${draft.gap} ${draft.next} ${length - draft.next}]`;
  const numbers = range.match(/\d+/g)?.map(Number) ?? [];
  const open = Buffer.concat([base, Buffer.from(write(range, "0".repeat(ROOM)).text, "latin1")]);
  const covered = (digest: string): Buffer => {
    const hash = createHash(digest);
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      hash.update(open.subarray(numbers[i] ?? 0, (numbers[i] ?? 0) + (numbers[i + 1] ?? 0)));
    }
    return hash.digest();
  };
  const cms = Buffer.concat([writeCms(seal, covered, twist.cms), twist.padding ?? new Uint8Array()]);
  return Buffer.concat([base, Buffer.from(write(range, cms.toString("hex").padEnd(ROOM, "0")).text, "latin1")]);
}
