import type { OrganisationMatterKind } from "@chancery/domain";
import type { MatterHandler } from "../matters/matter-handler.ts";
import { closeUnit, mergeUnit, renameUnit } from "./unit-matters.ts";

export const organisationMatterHandlers: Readonly<Record<OrganisationMatterKind, MatterHandler>> = {
  "close-unit": closeUnit,
  "merge-unit": mergeUnit,
  "rename-unit": renameUnit,
};
