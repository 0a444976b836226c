import { type ComponentType, lazy, type ReactElement, Suspense } from "react";
import type { Area } from "../i18n/areas.ts";
import { loadTexts } from "../i18n/i18n.ts";

/** A part of a page that few readers see: it is fetched with the texts it needs when it is drawn first, and nothing stands there before. */
export function lazyPart<Props extends object>(
  areas: readonly Area[],
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => ReactElement {
  const Part = lazy(async () => {
    const [part] = await Promise.all([load(), loadTexts(areas)]);
    return { default: part };
  });
  return (props) => (
    <Suspense fallback={null}>
      <Part {...props} />
    </Suspense>
  );
}
