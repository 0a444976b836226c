import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterKind } from "../matters/queries.ts";
import { EngravingFacts, makeLifeFacts } from "./life-facts.tsx";
import { makeLifeFields } from "./life-fields.tsx";
import { type LifeKind, lifeKinds, listLifeGaps } from "./life-kinds.ts";

const listed = Object.fromEntries(
  (Object.keys(lifeKinds) as LifeKind[]).map((kind): [LifeKind, MatterForm] => [
    kind,
    {
      concerns: ["seal"],
      listMissing: (data) => listLifeGaps(kind, data),
      Fields: makeLifeFields(kind),
      Facts: makeLifeFacts(kind),
    },
  ]),
);

/** What matters of a seal's life ask for and show; a seal is asked for on a page of its own, beside its face. */
export const lifeForms: Partial<Record<MatterKind, MatterForm>> = {
  ...listed,
  engrave: { concerns: [], Facts: EngravingFacts, ownPage: "seal" },
  replace: { concerns: ["seal"], Facts: EngravingFacts, ownPage: "seal" },
};
