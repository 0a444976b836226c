import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterKind } from "../matters/queries.ts";
import { ImportFacts } from "./import-facts.tsx";

/** Imports begin on a page of their own, where their sheets are looked at first. */
export const stockForms: Partial<Record<MatterKind, MatterForm>> = {
  "batch-import": { concerns: [], ownPage: "import", Facts: ImportFacts },
  "opening-stock": { concerns: [], ownPage: "import", Facts: ImportFacts },
};
