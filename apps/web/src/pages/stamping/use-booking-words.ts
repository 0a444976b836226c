import { useText } from "../../i18n/i18n.ts";
import type { Impression } from "./queries.ts";
import { whereBooked } from "./stamp-turns.ts";

/** To which copy a photo is booked, in words, where that is another than the one whose turn it was; null where nothing is to be said. */
export function useBookingWords(): (impression: Impression) => string | null {
  const t = useText("stamping");
  return (impression) => {
    const booked = whereBooked(impression);
    const { nth, turn, copy } = impression;
    return (
      booked && t(`comparison.${booked.how}`, { nth, turn, copy: booked.how === "copyHeld" ? booked.shown : copy })
    );
  };
}
