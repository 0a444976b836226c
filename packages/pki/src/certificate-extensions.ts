import {
  bitStringOf,
  booleanOf,
  childrenOf,
  type DerNode,
  isContext,
  isUniversal,
  octetStringOf,
  oidOf,
  readDer,
  smallInteger,
  smallIntegerOf,
} from "./der.ts";
import { type GeneralName, generalNameOf } from "./general-name.ts";
import { fail, unwrap } from "./outcome.ts";

export type Extension = { readonly oid: string; readonly critical: boolean; readonly value: Uint8Array };

export type KeyUsage =
  | "digitalSignature"
  | "nonRepudiation"
  | "keyEncipherment"
  | "dataEncipherment"
  | "keyAgreement"
  | "keyCertSign"
  | "cRLSign"
  | "encipherOnly"
  | "decipherOnly";

export type PolicyMapping = { readonly issuerPolicy: string; readonly subjectPolicy: string };

/** The extensions a path is judged by (RFC 5280, 4.2.1); null where the certificate has none. */
export type CertificateExtensions = {
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | null } | null;
  readonly keyUsage: ReadonlySet<KeyUsage> | null;
  readonly extendedKeyUsage: readonly string[] | null;
  readonly subjectKeyId: Uint8Array | null;
  readonly authorityKeyId: Uint8Array | null;
  readonly subjectAltNames: readonly GeneralName[];
  readonly nameConstraints: {
    readonly permitted: readonly GeneralName[];
    readonly excluded: readonly GeneralName[];
  } | null;
  readonly policies: readonly string[] | null;
  readonly policyMappings: readonly PolicyMapping[];
  readonly requireExplicitPolicy: number | null;
  readonly inhibitPolicyMapping: number | null;
  readonly inhibitAnyPolicy: number | null;
  /** Addresses of revocation lists (RFC 5280, 4.2.1.13), full names that are URIs only. */
  readonly crlAddresses: readonly string[];
  /** Critical extensions this package does not process: a path through them fails. */
  readonly unknownCritical: readonly string[];
};

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const keyUsageBits: readonly KeyUsage[] = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
];

/** The list of Extension elements; one identifier twice is refused (RFC 5280, 4.2). */
export function extensionsOf(node: DerNode | undefined): Extension[] {
  const seen = new Set<string>();
  return childrenOf(node).map((child) => {
    const [id, second, third] = childrenOf(child);
    const oid = oidOf(id);
    if (seen.has(oid)) fail("certificate.extension-duplicate", `The extension ${oid} stands twice.`);
    seen.add(oid);
    return isUniversal(second, 1)
      ? { oid, critical: booleanOf(second), value: octetStringOf(third) }
      : { oid, critical: false, value: octetStringOf(second) };
  });
}

export function readExtensions(extensions: readonly Extension[]): CertificateExtensions {
  const result: Mutable<CertificateExtensions> = {
    basicConstraints: null,
    keyUsage: null,
    extendedKeyUsage: null,
    subjectKeyId: null,
    authorityKeyId: null,
    subjectAltNames: [],
    nameConstraints: null,
    policies: null,
    policyMappings: [],
    requireExplicitPolicy: null,
    inhibitPolicyMapping: null,
    inhibitAnyPolicy: null,
    crlAddresses: [],
    unknownCritical: [],
  };
  const unknownCritical: string[] = [];
  for (const extension of extensions) {
    const known = readKnown(extension, result);
    if (!known && extension.critical) unknownCritical.push(extension.oid);
  }
  result.unknownCritical = unknownCritical;
  return result;
}

function readKnown(extension: Extension, result: Mutable<CertificateExtensions>): boolean {
  const parse = (): DerNode => unwrap(readDer(extension.value));
  switch (extension.oid) {
    case "2.5.29.19": {
      const [first, second] = childrenOf(parse());
      const ca = isUniversal(first, 1) && booleanOf(first);
      const length = isUniversal(first, 2) ? first : second;
      result.basicConstraints = { ca, pathLength: length === undefined ? null : smallIntegerOf(length) };
      return true;
    }
    case "2.5.29.15": {
      const { bytes } = bitStringOf(parse());
      const has = (bit: number): boolean => (((bytes[bit >> 3] ?? 0) << (bit & 7)) & 0x80) !== 0;
      result.keyUsage = new Set(keyUsageBits.filter((_, bit) => has(bit)));
      return true;
    }
    case "2.5.29.37":
      result.extendedKeyUsage = childrenOf(parse()).map(oidOf);
      return true;
    case "2.5.29.14":
      result.subjectKeyId = octetStringOf(parse());
      return true;
    case "2.5.29.35":
      result.authorityKeyId = childrenOf(parse()).find((field) => isContext(field, 0))?.content ?? null;
      return true;
    case "2.5.29.17":
      result.subjectAltNames = childrenOf(parse()).map(generalNameOf);
      return true;
    case "2.5.29.18":
      // The issuer's other names take no part in path validation.
      return true;
    case "2.5.29.30":
      result.nameConstraints = nameConstraintsOf(parse());
      return true;
    case "2.5.29.32": {
      const policies = childrenOf(parse()).map((policy) => oidOf(childrenOf(policy)[0]));
      if (new Set(policies).size !== policies.length) fail("certificate.policy-duplicate", "A policy stands twice.");
      result.policies = policies;
      return true;
    }
    case "2.5.29.33":
      result.policyMappings = childrenOf(parse()).map((mapping) => {
        const [issuer, subject] = childrenOf(mapping);
        return { issuerPolicy: oidOf(issuer), subjectPolicy: oidOf(subject) };
      });
      return true;
    case "2.5.29.36":
      for (const field of childrenOf(parse())) {
        if (isContext(field, 0)) result.requireExplicitPolicy = smallInteger(field.content);
        else if (isContext(field, 1)) result.inhibitPolicyMapping = smallInteger(field.content);
      }
      return true;
    case "2.5.29.54":
      result.inhibitAnyPolicy = smallIntegerOf(parse());
      return true;
    case "2.5.29.31":
      result.crlAddresses = crlAddressesOf(parse());
      return true;
    default:
      return false;
  }
}

function nameConstraintsOf(node: DerNode): NonNullable<CertificateExtensions["nameConstraints"]> {
  const subtrees = (tag: number): GeneralName[] =>
    childrenOf(node)
      .filter((field) => isContext(field, tag))
      .flatMap((field) => field.children)
      .map((subtree) => {
        const [base, ...bounds] = childrenOf(subtree);
        // RFC 5280, 4.2.1.10: minimum is 0 and maximum absent; anything else could not be honoured.
        if (base === undefined || bounds.length > 0)
          return fail("certificate.name-constraint-invalid", "A subtree has bounds.");
        return generalNameOf(base);
      });
  return { permitted: subtrees(0), excluded: subtrees(1) };
}

function crlAddressesOf(node: DerNode): string[] {
  return childrenOf(node)
    .flatMap((point) => childrenOf(point))
    .filter((field) => isContext(field, 0))
    .flatMap((point) => point.children)
    .filter((name) => isContext(name, 0))
    .flatMap((full) => full.children.map(generalNameOf))
    .flatMap((name) => (name.kind === "uri" ? [name.value] : []));
}
