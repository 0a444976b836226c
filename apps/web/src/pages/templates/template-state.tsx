import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Tag } from "../../parts/state-tag.tsx";
import type { Template } from "./queries.ts";

const LOOKS = {
  draft: { tone: "waiting", sign: "dashed" },
  "in-force": { tone: "success", sign: "check" },
  replaced: { tone: "ended", sign: "box" },
  withdrawn: { tone: "ended", sign: "stop" },
} as const;

/** How a version of a template stands, as colour, sign and word. */
export function TemplateState({ state }: Pick<Template, "state">): ReactElement {
  const t = useText("templates");
  return <Tag {...LOOKS[state]}>{t(`states.${state}`)}</Tag>;
}
