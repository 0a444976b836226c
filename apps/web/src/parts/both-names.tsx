import type { ReactElement } from "react";
import type { LocalName } from "../i18n/language.ts";

/** A name in both languages, side by side in one size, weight and ink; once only where both are the same. */
export function BothNames(props: { name: LocalName; stacked?: boolean }): ReactElement {
  const { en, zh } = props.name;
  return (
    <span className={props.stacked ? "both-names both-names-stacked" : "both-names"}>
      <span lang="en">{en}</span>
      {zh !== en && <span lang="zh-CN">{zh}</span>}
    </span>
  );
}
