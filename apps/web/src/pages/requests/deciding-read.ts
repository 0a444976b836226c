import type { RequestDetail } from "./queries.ts";

type Disagreements = readonly Pick<
  RequestDetail["facts"]["disagreements"][number],
  "fact" | "read" | "stricter" | "ruling"
>[];

/** Whether the document's word decides on it: it is the stricter, and no reviewer confirmed the application. */
const decides = ({ stricter, ruling }: Disagreements[number]): boolean =>
  stricter === "read" && ruling?.ruling !== "declared";

/** What decides where the documents' word does: the class they say, and that it goes outside. */
export function findDecidingRead(
  declared: Pick<RequestDetail, "documentClass" | "external">,
  facts: { readonly decisive: Pick<RequestDetail["facts"]["decisive"], "documentClass">; disagreements: Disagreements },
): { readonly documentClass: RequestDetail["documentClass"]; readonly external: boolean } {
  const open = facts.disagreements.filter(decides);
  return {
    documentClass: open.some(({ fact }) => fact === "class") ? facts.decisive.documentClass : declared.documentClass,
    external: declared.external || open.some(({ fact }) => fact === "external"),
  };
}
