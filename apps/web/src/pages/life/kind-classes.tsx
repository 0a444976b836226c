import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Tick } from "../custody/custody-choices.tsx";
import type { SealTypeChange } from "./seal-kind-form.ts";
import "./life.css";
import { useClassName } from "../document-classes/queries.ts";

type DocumentClass = SealTypeChange["classes"][number];
const CLASSES: readonly DocumentClass[] = [
  ...(["contract", "framework-agreement", "tender", "quotation", "guarantee"] as const),
  ...(["authorisation-letter", "official-letter", "employment-certificate", "labour-contract"] as const),
  ...(["financial-statement", "invoice-document", "customs-declaration", "internal-notice", "other"] as const),
];

/** The classes of documents that seals of a kind may stand on. */
export function KindClasses(props: {
  classes: readonly DocumentClass[];
  onChange: (classes: DocumentClass[]) => void;
}): ReactElement {
  const { classes } = props;
  const t = useText("life");
  const className = useClassName();
  return (
    <fieldset className="field kind-classes">
      <legend>{t("types.classes")}</legend>
      <span className="field-hint">{t("types.classesHint")}</span>
      <div className="kind-class-list">
        {CLASSES.map((id) => (
          <Tick
            key={id}
            label={className(id)}
            checked={classes.includes(id)}
            onChange={(on) => props.onChange(on ? [...classes, id] : classes.filter((one) => one !== id))}
          />
        ))}
      </div>
    </fieldset>
  );
}
