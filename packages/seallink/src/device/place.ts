import type { Circle, Fix } from "../wire/fields.ts";
import type { Memory } from "./memory.ts";
import type { SensorReading } from "./ports.ts";

const earthRadius = 6_371_000;

/** Whether a fix lies in a circle. No fix lies nowhere, and so does one that is off by more than the circle. */
export function isInside(fix: Fix | undefined, circle: Circle): boolean {
  if (fix === undefined) return false;
  const [latitude, longitude] = fix.map((degrees) => (degrees * Math.PI) / 180);
  const [centreLatitude, centreLongitude] = circle.c.map((degrees) => (degrees * Math.PI) / 180);
  if (latitude === undefined || longitude === undefined) return false;
  if (centreLatitude === undefined || centreLongitude === undefined) return false;
  const haversine =
    Math.sin((latitude - centreLatitude) / 2) ** 2 +
    Math.cos(latitude) * Math.cos(centreLatitude) * Math.sin((longitude - centreLongitude) / 2) ** 2;
  const distance = 2 * earthRadius * Math.asin(Math.sqrt(haversine));
  return distance <= circle.r && fix[2] <= Math.max(circle.r, 100);
}

/**
 * Where the box stands against the place it is to stay in (clause 3.12): of one that was taken out, the place in the order; else one of those in
 * its settings. Where neither names one, everywhere is inside. In its station it needs no fix: under a roof there often is none.
 */
export function findStanding(
  custody: Memory["custody"],
  settings: readonly Circle[],
  { fix, docked }: Pick<SensorReading, "fix" | "docked">,
): "inside" | "outside" | "unknown" {
  const fences = custody === null ? settings : custody.fence === undefined ? [] : [custody.fence];
  if (fences.length === 0) return "inside";
  if (fix === undefined) return custody === null && docked ? "inside" : "unknown";
  return fences.some((fence) => isInside(fix, fence)) ? "inside" : "outside";
}
