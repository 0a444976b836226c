import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useFieldName } from "../templates/use-field-name.ts";
import type { RequestDetail } from "./queries.ts";
import "./said.css";

type Value = RequestDetail["facts"]["templates"][number]["values"][number];

/** What the fields of a template were filled with: whoever reads it alone can tell a value from a clause. */
export function FilledValues(props: { values: readonly Value[] }): ReactElement | null {
  const t = useText("templates");
  const fieldName = useFieldName();
  if (props.values.length === 0) return null;
  return (
    <dl className="facts" aria-label={t("compare.fields")}>
      {props.values.map(({ name, text, anyWords }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields of a form may bear one name
        <div key={at} className="facts-line">
          <dt>{fieldName(name)}</dt>
          <dd>
            <span className="typed">{text}</span>
            {anyWords && <span className="note small said-where">{t("compare.anyWords")}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
