import type { MatterKind } from "@chancery/domain";
import { custodyMatterHandlers } from "../custody/matters.ts";
import { formMatterHandlers } from "../forms/matters.ts";
import { stockMatterHandlers } from "../opening-stock/matters.ts";
import { organisationMatterHandlers } from "../organisation/matters.ts";
import { sealMatterHandlers } from "../seals/matters.ts";
import { standingAuthorisation } from "../standing/standing-matter.ts";
import type { MatterHandler } from "./matter-handler.ts";

/** One handler for each kind of matter; a kind without one is a type error. */
export const matterHandlers: Readonly<Record<MatterKind, MatterHandler>> = {
  ...sealMatterHandlers,
  ...custodyMatterHandlers,
  ...organisationMatterHandlers,
  ...formMatterHandlers,
  ...stockMatterHandlers,
  "standing-authorisation": standingAuthorisation,
};
