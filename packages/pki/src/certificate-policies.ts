import type { Certificate } from "./certificate.ts";
import { sameName } from "./distinguished-name.ts";

/** The inputs of RFC 5280, 6.1.1 (c) to (g) that concern policies; the defaults ask for nothing. */
export type PolicyInputs = {
  readonly initialPolicies?: readonly string[];
  readonly requireExplicitPolicy?: boolean;
  readonly inhibitPolicyMapping?: boolean;
  readonly inhibitAnyPolicy?: boolean;
};

const anyPolicy = "2.5.29.32.0";

/**
 * Certificate policies over a path (RFC 5280, 6.1; as a set for each level, after RFC 9618, so that a hostile path cannot
 * grow a tree). `path` runs from the certificate below the trust anchor to the leaf.
 */
export function satisfiesPolicies(path: readonly Certificate[], inputs: PolicyInputs): boolean {
  const length = path.length;
  let explicit = inputs.requireExplicitPolicy === true ? 0 : length + 1;
  let mapping = inputs.inhibitPolicyMapping === true ? 0 : length + 1;
  let any = inputs.inhibitAnyPolicy === true ? 0 : length + 1;
  /** Policy expected at this level → the policies of the anchor's domain it stems from. */
  let valid = new Map([[anyPolicy, new Set([anyPolicy])]]);
  for (const [index, certificate] of path.entries()) {
    const last = index === length - 1;
    const selfIssued = sameName(certificate.issuer, certificate.subject);
    valid = narrow(valid, certificate.policies, any > 0 || (!last && selfIssued));
    if (explicit === 0 && valid.size === 0) return false;
    if (last) {
      if (certificate.requireExplicitPolicy === 0) explicit = 0;
      else if (explicit > 0) explicit -= 1;
      break;
    }
    const { policyMappings } = certificate;
    if (policyMappings.some((pair) => pair.issuerPolicy === anyPolicy || pair.subjectPolicy === anyPolicy))
      return false;
    if (policyMappings.length > 0) valid = map(valid, policyMappings, mapping > 0);
    if (!selfIssued) {
      explicit = Math.max(0, explicit - 1);
      mapping = Math.max(0, mapping - 1);
      any = Math.max(0, any - 1);
    }
    explicit = Math.min(explicit, certificate.requireExplicitPolicy ?? explicit);
    mapping = Math.min(mapping, certificate.inhibitPolicyMapping ?? mapping);
    any = Math.min(any, certificate.inhibitAnyPolicy ?? any);
  }
  if (explicit > 0) return true;
  const initial = inputs.initialPolicies;
  const origins = new Set([...valid.values()].flatMap((from) => [...from]));
  if (initial === undefined || initial.includes(anyPolicy)) return origins.size > 0;
  return initial.some((policy) => origins.has(policy)) || (origins.has(anyPolicy) && initial.length > 0);
}

type Policies = Map<string, Set<string>>;

function narrow(valid: Policies, stated: readonly string[] | null, anyAllowed: boolean): Policies {
  const result: Policies = new Map();
  const wide = valid.get(anyPolicy);
  for (const policy of stated ?? []) {
    if (policy === anyPolicy) continue;
    const from = valid.get(policy) ?? (wide === undefined ? undefined : new Set([policy]));
    if (from !== undefined) result.set(policy, from);
  }
  if (stated?.includes(anyPolicy) && anyAllowed)
    for (const [policy, from] of valid) if (!result.has(policy)) result.set(policy, from);
  return result;
}

function map(valid: Policies, mappings: Certificate["policyMappings"], allowed: boolean): Policies {
  const result: Policies = new Map(valid);
  for (const { issuerPolicy } of mappings) result.delete(issuerPolicy);
  if (!allowed) return result;
  for (const { issuerPolicy, subjectPolicy } of mappings) {
    const from = valid.get(issuerPolicy) ?? (valid.has(anyPolicy) ? new Set([issuerPolicy]) : undefined);
    if (from !== undefined) result.set(subjectPolicy, new Set([...(result.get(subjectPolicy) ?? []), ...from]));
  }
  return result;
}
