import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import type { Reading } from "./queries.ts";

/** In what a draft asks for less than the rules it would replace; told to who writes it and to who decides on it. */
export function Weakened(props: { warnings: Reading["warnings"] }): ReactElement | null {
  const { warnings } = props;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  if (warnings.length === 0) return null;
  return (
    <Message tone="warning" title={t("weakened.title")}>
      <ul className="rule-faults">
        {warnings.map(({ sentence }) => (
          <li key={sentence.en}>{sentence[language]}</li>
        ))}
      </ul>
    </Message>
  );
}
