import type { ComponentType } from "react";
import type { CallOptions } from "../../api.ts";
import { custodyForms } from "../custody/custody-forms.ts";
import { classForms } from "../document-classes/matter-form.tsx";
import { formMatterForms } from "../forms/form-matters.tsx";
import { lifeForms } from "../life/life-forms.ts";
import { stockForms } from "../opening-stock/stock-forms.ts";
import { personForms } from "../organisation/person-forms.tsx";
import { unitForms } from "../organisation/unit-forms.tsx";
import { ruleBookForms } from "../rule-book/matter-form.tsx";
import { ruleForms } from "../rules/matter-form.tsx";
import { standingForms } from "../standing/matter-form.tsx";
import { templateForms } from "../templates/matter-form.tsx";
import type { AboutSeal } from "./matter-body.ts";
import type { MatterDetail, MatterKind } from "./queries.ts";

export type MatterData = MatterDetail["data"];
export type ConfirmationFacts = CallOptions<"POST /v1/matters/:matterId/confirm">["body"]["facts"];

/** What the generic form asks for of a kind, and the parts of a form that belong to the kind alone. */
export interface MatterForm {
  /** What the matter is about, each a choice of the form; all are needed. */
  readonly concerns: readonly ("seal" | "unit" | "person")[];
  /** States of the seals that can be chosen; left out, any seal can. */
  readonly sealStates?: readonly string[];
  /** Whether its data name pieces of seals, of which one at least has to be chosen. */
  readonly pieces?: true;
  /** Entity and seal follow from what its own fields choose, so the form does not ask for them beside. */
  readonly followsSeal?: true;
  /** Whether a day may be named on which it takes effect. */
  readonly dated?: boolean;
  /** It is begun on a page of its own, and not offered among the others; a named page is where it is changed too. */
  readonly ownPage?: true | "seal" | "import" | "rule-book" | "rules" | "template";
  /** Which of the kind's own fields still lack an answer that the kind can not do without; the form says so beside each. */
  readonly listMissing?: (data: MatterData) => readonly string[];
  /** The fields of the kind's own data. */
  readonly Fields?: ComponentType<{
    readonly data: MatterData;
    /** Fields to complain about, once somebody tried to keep the draft without them. */
    readonly missing: readonly string[];
    readonly entityId: string;
    readonly sealId: string | null;
    readonly unitId: string | null;
    readonly personId?: string | null;
    /** `about` is the seal that the fields chose, of a kind that follows it. */
    readonly onChange: (data: MatterData, about?: AboutSeal) => void;
    /** Tells that nothing can be asked for here as it stands; the fields say why, and the form asks for nothing more. */
    readonly onStuck?: (stuck: boolean) => void;
  }>;
  /** The data as facts on the matter's page. */
  readonly Facts?: ComponentType<{ readonly matter: MatterDetail }>;
  /** What a confirmation still lacks, asked before the proof of presence. */
  readonly listUnconfirmed?: (matter: MatterDetail, part: string, facts: ConfirmationFacts) => readonly string[];
  /** What a confirmation of the kind asks for beside the proof of presence: a count, a state. */
  readonly Confirmation?: ComponentType<{
    readonly matter: MatterDetail;
    readonly part: string;
    readonly facts: ConfirmationFacts;
    /** What to complain about, once somebody tried to confirm without it. */
    readonly missing: readonly string[];
    readonly onChange: (facts: ConfirmationFacts) => void;
  }>;
}

/** Kinds that are about a seal, take effect on a day and have no data of their own need no line here. */
const matterForms: Partial<Record<MatterKind, MatterForm>> = {
  ...custodyForms,
  ...lifeForms,
  ...unitForms,
  ...personForms,
  ...ruleBookForms,
  ...ruleForms,
  ...templateForms,
  ...classForms,
  ...formMatterForms,
  ...stockForms,
  ...standingForms,
};

export function matterForm(kind: MatterKind): MatterForm {
  return matterForms[kind] ?? { concerns: ["seal"], dated: true };
}
