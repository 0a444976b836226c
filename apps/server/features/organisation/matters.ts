import type { OrganisationMatterKind } from "@chancery/domain";
import { changeDocumentClass } from "../document-classes/class-matter.ts";
import type { MatterHandler } from "../matters/matter-handler.ts";
import { publishRuleBook } from "../rule-book/publish-matter.ts";
import { applyRules } from "../rules/apply-matter.ts";
import { changeRules } from "../rules/change-matter.ts";
import { registerTemplate, withdrawTemplate } from "../templates/matters.ts";
import { leaveEnd } from "./leave-end-matter.ts";
import { personDeparture, personLeave, personTransfer, termEnd } from "./person-matters.ts";
import { representativeChange } from "./representative-matter.ts";
import { closeUnit, mergeUnit, renameUnit } from "./unit-matters.ts";

export const organisationMatterHandlers: Readonly<Record<OrganisationMatterKind, MatterHandler>> = {
  "close-unit": closeUnit,
  "merge-unit": mergeUnit,
  "rename-unit": renameUnit,
  "person-leave": personLeave,
  "leave-end": leaveEnd,
  "person-transfer": personTransfer,
  "person-departure": personDeparture,
  "term-end": termEnd,
  "representative-change": representativeChange,
  "change-rules": changeRules,
  "apply-rules": applyRules,
  "document-class": changeDocumentClass,
  "register-template": registerTemplate,
  "withdraw-template": withdrawTemplate,
  "publish-rule-book": publishRuleBook,
};
