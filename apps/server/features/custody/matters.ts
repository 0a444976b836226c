import type { custodyMatters } from "@chancery/domain";
import type { MatterHandler } from "../matters/matter-handler.ts";
import { handover } from "./handover-matter.ts";
import { shortHandover, shortReturn } from "./short-handover-matters.ts";
import { takeOutExtension, takeOutPaper, takeOutReturn } from "./take-out-changes.ts";
import { takeOut } from "./take-out-matter.ts";

export const custodyMatterHandlers: Readonly<Record<keyof typeof custodyMatters, MatterHandler>> = {
  handover,
  "short-handover": shortHandover,
  "short-return": shortReturn,
  "take-out": takeOut,
  "take-out-extension": takeOutExtension,
  "take-out-paper": takeOutPaper,
  "take-out-return": takeOutReturn,
};
