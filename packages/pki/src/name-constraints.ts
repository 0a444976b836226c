import type { Certificate } from "./certificate.ts";
import type { GeneralName } from "./general-name.ts";

/**
 * Whether the names of a certificate stay within the constraints of the certificates above it (RFC 5280, 4.2.1.10 and
 * 6.1.3 (b), (c)). Each entry of `constraints` is one certificate's; permitted subtrees of different certificates
 * intersect. A constraint or name of a kind that is not understood fails where the two meet.
 */
export function satisfiesNameConstraints(
  certificate: Certificate,
  constraints: readonly NonNullable<Certificate["nameConstraints"]>[],
): boolean {
  if (constraints.length === 0) return true;
  const names: GeneralName[] = [...certificate.subjectAltNames];
  if (certificate.subject.relativeNames.length > 0) names.push({ kind: "directory", name: certificate.subject });
  if (!certificate.subjectAltNames.some((name) => name.kind === "email"))
    for (const { type, value } of certificate.subject.relativeNames.flat())
      if (type === "1.2.840.113549.1.9.1") names.push({ kind: "email", value });
  return constraints.every(({ permitted, excluded }) =>
    names.every((name) => {
      const bound = permitted.filter((base) => base.kind === name.kind);
      if (bound.length > 0 && !bound.some((base) => lies(name, base) === true)) return false;
      return !excluded.some((base) => base.kind === name.kind && lies(name, base) !== false);
    }),
  );
}

/** Whether `name` lies in the subtree of `base`; undefined when this cannot be decided. */
function lies(name: GeneralName, base: GeneralName): boolean | undefined {
  if (name.kind === "directory" && base.kind === "directory") {
    const within = name.name.comparable;
    return base.name.comparable.every((relative, index) => within[index] === relative);
  }
  if (name.kind === "dns" && base.kind === "dns") return liesInDomain(name.value, base.value);
  if (name.kind === "email" && base.kind === "email") return liesInMail(name.value, base.value);
  if (name.kind === "uri" && base.kind === "uri") {
    const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)(?::\d*)?(?:[/?#]|$)/i.exec(name.value)?.[1];
    // A constraint on a host cannot be applied to an address without one (RFC 5280, 4.2.1.10).
    if (host === undefined || /^\d+(\.\d+){3}$/.test(host)) return undefined;
    return base.value.startsWith(".") ? endsWithDomain(host, base.value) : equalText(host, base.value);
  }
  if (name.kind === "ip" && base.kind === "ip") {
    const { bytes } = name;
    if (base.bytes.length !== bytes.length * 2) return false;
    return bytes.every((byte, index) => {
      const mask = base.bytes[bytes.length + index] ?? 0;
      return (byte & mask) === ((base.bytes[index] ?? 0) & mask);
    });
  }
  return undefined;
}

function equalText(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function endsWithDomain(host: string, dotted: string): boolean {
  return host.length > dotted.length && host.toLowerCase().endsWith(dotted.toLowerCase());
}

function liesInDomain(host: string, base: string): boolean {
  if (base === "") return true;
  const bare = base.startsWith(".") ? base.slice(1) : base;
  return equalText(host, bare) || endsWithDomain(host, `.${bare}`);
}

function liesInMail(address: string, base: string): boolean | undefined {
  const at = address.lastIndexOf("@");
  if (at < 0) return undefined;
  const [local, host] = [address.slice(0, at), address.slice(at + 1)];
  const baseAt = base.lastIndexOf("@");
  if (baseAt >= 0) return local === base.slice(0, baseAt) && equalText(host, base.slice(baseAt + 1));
  return base.startsWith(".") ? endsWithDomain(host, base) : equalText(host, base);
}
