import { BOX_NUMBERS, BOX_SETTINGS, type BoxNumber, boxSettingDefinitions, mostFences } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import { ControllerId, Done, PersonRef, Time } from "../shapes.ts";

const Params = z.object({ controllerId: ControllerId });
const within = (name: BoxNumber) => {
  const { least, most } = boxSettingDefinitions[name];
  return z.number().int().min(least).max(most);
};
/** What a controller may be set to (SealLink 1, clause 3.11). Times in seconds unless the name says otherwise. */
const BoxSettingsShape = z.object({
  maxOffline: within("maxOffline"),
  fence: z
    .array(
      z.object({
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
        radius: z.number().int().min(1).max(1_000_000),
      }),
    )
    .max(mostFences),
  longPressMs: within("longPressMs"),
  vibLevel: within("vibLevel"),
  heartbeat: within("heartbeat"),
  picQuality: within("picQuality"),
  volume: within("volume"),
  sleep: within("sleep"),
});

/** Settings of a controller: what is asked of it and what it says (docs/seallink.md, clause 3.11). */
export const controllerSettingsRoutes = {
  "GET /v1/controllers/:controllerId/settings": {
    summary: "What a controller is to be set to, what it says it is set to, and since when they differ",
    permission: "controller.read",
    params: Params,
    response: z.object({
      /** 0: its own defaults. */
      version: z.number().int(),
      desired: BoxSettingsShape,
      reported: z
        .object({
          version: z.number().int(),
          settings: BoxSettingsShape,
          at: Time,
          /** Its journal tells of settings that it took, signed. */
          signed: z.boolean(),
        })
        .nullable(),
      differing: z.array(z.enum(BOX_SETTINGS)),
      differsSince: Time.nullable(),
      waiting: z
        .object({
          changeId: z.string(),
          settings: BoxSettingsShape,
          changed: z.array(z.enum(BOX_SETTINGS)),
          reason: z.string(),
          askedBy: PersonRef.nullable(),
          askedAt: Time,
          mayAgree: z.boolean(),
          mayDecline: z.boolean(),
        })
        .nullable(),
      /** How far each number may go, and whether a second person has to agree. */
      bounds: z.array(
        z.object({
          name: z.enum(BOX_NUMBERS),
          least: z.number().int(),
          most: z.number().int(),
          guarded: z.boolean(),
        }),
      ),
      mayChange: z.boolean(),
    }),
  },
  "POST /v1/controllers/:controllerId/settings": {
    summary:
      "Ask for other settings; what limits, detects or proves anything waits for a second person, the rest is signed at once",
    permission: "controller.manage",
    params: Params,
    body: z.object({ boxSettings: BoxSettingsShape, reason: z.string().trim().min(1).max(1000) }),
    response: z.object({ state: z.enum(["waiting", "agreed"]) }),
  },
  "POST /v1/controllers/:controllerId/settings-decision": {
    summary: "Agree as a second person to the change of settings that waits, or decline it",
    permission: "controller.manage",
    params: Params,
    body: z.object({ changeId: z.string().regex(/^bsc_[0-9a-f-]{36}$/), confirm: z.boolean() }),
    response: Done,
  },
} as const satisfies Record<string, Route>;
