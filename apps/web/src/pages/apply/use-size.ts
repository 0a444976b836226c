import { type RefObject, useEffect, useState } from "react";

/** The inside of an element in pixels, as it changes; null before it is known. */
export function useSize(
  element: RefObject<HTMLElement | null>,
): { readonly width: number; readonly height: number } | null {
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  useEffect(() => {
    const shown = element.current;
    if (!shown) return;
    const watch = new ResizeObserver(() => setSize({ width: shown.clientWidth, height: shown.clientHeight }));
    watch.observe(shown);
    return () => watch.disconnect();
  }, [element]);
  return size;
}
