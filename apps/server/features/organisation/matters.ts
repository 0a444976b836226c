import type { organisationMatters } from "@chancery/domain";
import type { MatterHandler } from "../matters/matter-handler.ts";

export const organisationMatterHandlers: Readonly<Record<keyof typeof organisationMatters, MatterHandler>> = {};
