import { useText } from "../../i18n/i18n.ts";
import type { Impression } from "./queries.ts";
import { whereBooked } from "./stamp-turns.ts";

/** To which copy and page a photo is booked, in words, where that is another than the one whose turn it was; null where nothing is to be said. */
export function useBookingWords(): (impression: Impression) => string | null {
  const t = useText("stamping");
  return (impression) => {
    const booked = whereBooked(impression);
    const { nth, turn, copy } = impression;
    const pages = { page: impression.placement.page + 1, turnPage: impression.turnPage + 1 };
    return (
      booked &&
      t(`comparison.${booked.how}`, { nth, turn, ...pages, copy: booked.how === "copyHeld" ? booked.shown : copy })
    );
  };
}
