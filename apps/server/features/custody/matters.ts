import type { custodyMatters } from "@chancery/domain";
import type { MatterHandler } from "../matters/matter-handler.ts";

export const custodyMatterHandlers: Readonly<Record<keyof typeof custodyMatters, MatterHandler>> = {};
