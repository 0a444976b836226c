import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { EvidenceInput } from "../matters/evidence-input.tsx";
import type { EvidenceFile } from "../matters/queries.ts";
import "../matters/matters.css";
import "./lodgings.css";

/** One file that shows what is said, with its name once it is taken. */
export function EvidenceField(props: {
  label: string;
  hint?: string;
  file: EvidenceFile | null;
  problem?: string | undefined;
  onTaken: (file: EvidenceFile) => void;
}): ReactElement {
  const t = useText("lodgings");
  return (
    <fieldset className="field lodging-file">
      <legend>{props.label}</legend>
      {props.hint && <span className="field-hint">{props.hint}</span>}
      <EvidenceInput accepts="any" label={props.label} onTaken={props.onTaken} />
      <p className="note small" aria-live="polite">
        {props.file && t("taken", { name: props.file.name })}
      </p>
      {props.problem && (
        <p className="field-problem" role="alert">
          {props.problem}
        </p>
      )}
    </fieldset>
  );
}
