import { firmwareClaims } from "../claims/platform.ts";
import { digest } from "../wire/crypto.ts";
import { openClaims } from "../wire/open-claims.ts";
import { type Answer, type Core, deny, done } from "./core.ts";

/** Where an update stands (clause 3.13). */
export type FirmwareState = "idle" | "downloading" | "downloaded" | "updating";

export function firmwareState(core: Core): FirmwareState {
  if (core.memory.target !== null) return "updating";
  if (core.passing.firmware === undefined) return "idle";
  return core.passing.downloaded ? "downloaded" : "downloading";
}

/** A manifest arrives: for this model, and not older than what may be installed. The shell downloads the image then. */
export async function takeManifest(core: Core, text: string): Promise<Answer> {
  const opened = await openClaims(text, "seal-fw+jwt", firmwareClaims, core.table, core.crypto);
  if (!opened.ok) {
    if (core.mayWrite("alarm.fw", 3).write) await core.raise("alarm.fw", { det: opened.code });
    return deny(opened.code);
  }
  const { claims } = opened.value;
  const refused = core.refusal("firmware");
  if (refused !== undefined) return deny(refused);
  if (claims.model !== core.ports.firmware.model) return deny("FW_MODEL");
  const least = Math.max(core.memory.rollbackIndex, core.ports.firmware.rollbackIndex);
  if (claims.rollbackIndex < least) {
    if (core.mayWrite("alarm.fw", 3).write) await core.raise("alarm.fw", { det: "FW_ROLLBACK" });
    return deny("FW_ROLLBACK");
  }
  core.passing.firmware = claims;
  core.passing.downloaded = false;
  return done;
}

/** The downloaded image: taken only where it is exactly what the manifest says. */
export async function takeImage(core: Core, image: Uint8Array): Promise<Answer> {
  const manifest = core.passing.firmware;
  if (manifest === undefined) return deny("NOT_NOW");
  if (image.length === manifest.size && (await digest(core.crypto, image)) === manifest.sha256) {
    core.passing.downloaded = true;
    return done;
  }
  core.passing.firmware = undefined;
  core.passing.downloaded = false;
  await core.raise("alarm.fw", { det: "FW_HASH" });
  return deny("FW_HASH");
}

/**
 * Says in the journal that the image is being installed, after which the shell writes the other slot and restarts. Only
 * docked, with enough power and with nobody at work.
 */
export async function install(core: Core): Promise<Answer> {
  const refused = core.refusal("install");
  if (refused !== undefined) return deny(refused);
  const manifest = core.passing.firmware;
  if (manifest === undefined || !core.passing.downloaded) return deny("NOT_NOW");
  const { battery, docked } = await core.ports.sensors.read();
  if (battery < 40) return deny("LOW_BATTERY");
  if (!docked) return deny("NOT_DOCKED");
  await core.append({ ty: "fw.begin", ver: manifest.ver, h: manifest.sha256, rb: manifest.rollbackIndex });
  core.passing.firmware = undefined;
  core.passing.downloaded = false;
  return done;
}

/** After a start: the update worked, or the previous slot came up again, or nobody knows what is running. */
export async function confirmFirmware(core: Core): Promise<void> {
  const { target } = core.memory;
  if (target === null) return;
  const { ver, hash } = core.ports.firmware;
  if (hash === target.h) {
    await core.append({ ty: "fw.end", ver, h: hash, res: "ok" });
    return;
  }
  await core.append({ ty: "fw.end", ver, h: hash, res: ver === target.ver ? "failed" : "previous" });
  if (ver === target.ver) await core.raise("alarm.fw", { det: "FW_HASH" });
}
