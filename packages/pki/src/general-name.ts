import { type DerNode, decodeOid } from "./der.ts";
import { type DistinguishedName, nameOf } from "./distinguished-name.ts";
import { fail } from "./outcome.ts";

/** GeneralName (RFC 5280, 4.2.1.6), the kinds that name constraints and distribution points use; others as `other`. */
export type GeneralName =
  | { readonly kind: "email" | "dns" | "uri"; readonly value: string }
  | { readonly kind: "directory"; readonly name: DistinguishedName }
  | { readonly kind: "ip"; readonly bytes: Uint8Array }
  | { readonly kind: "registered"; readonly oid: string }
  | { readonly kind: "other"; readonly tag: number };

export function generalNameOf(node: DerNode): GeneralName {
  if (node.tagClass !== "context") return fail("der.type-unexpected", "A GeneralName was expected.");
  const text = Buffer.from(node.content).toString("latin1");
  switch (node.tag) {
    case 1:
      return { kind: "email", value: text };
    case 2:
      return { kind: "dns", value: text };
    case 4:
      return { kind: "directory", name: nameOf(node.children[0]) };
    case 6:
      return { kind: "uri", value: text };
    case 7:
      return { kind: "ip", bytes: node.content };
    case 8:
      return { kind: "registered", oid: decodeOid(node.content) };
    default:
      return { kind: "other", tag: node.tag };
  }
}
