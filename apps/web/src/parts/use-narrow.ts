import { useSyncExternalStore } from "react";

const narrow = matchMedia("(max-width: 700px)");

/** Whether the window is as narrow as a phone, for what style sheets cannot do. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      narrow.addEventListener("change", changed);
      return () => narrow.removeEventListener("change", changed);
    },
    () => narrow.matches,
  );
}
