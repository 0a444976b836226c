import type { ReactElement } from "react";
import { useLanguage } from "../i18n/i18n.ts";
import type { LocalName } from "../i18n/language.ts";

/**
 * A name in both languages, the reader's own first, side by side in one size, weight and ink; once only where both are
 * the same.
 */
export function BothNames(props: { name: LocalName; stacked?: boolean }): ReactElement {
  const { en, zh } = props.name;
  const names = [
    <span key="en" lang="en">
      {en}
    </span>,
    zh !== en && (
      <span key="zh" lang="zh-CN">
        {zh}
      </span>
    ),
  ];
  const ordered = useLanguage() === "zh" ? names.reverse() : names;
  return <span className={props.stacked ? "both-names both-names-stacked" : "both-names"}>{ordered}</span>;
}
