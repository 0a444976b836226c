import { type RefObject, useEffect, useState } from "react";

/** The width of an element's inside in pixels, as it changes; 0 before it is known. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const shown = element.current;
    if (!shown) return;
    // While it is not laid out it has none; what was drawn for the last one may stay.
    const watch = new ResizeObserver(([entry]) =>
      setWidth((last) => Math.floor(entry?.contentRect.width ?? 0) || last),
    );
    watch.observe(shown);
    return () => watch.disconnect();
  }, [element]);
  return width;
}
