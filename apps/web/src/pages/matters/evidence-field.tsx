import type { ReactElement } from "react";
import { OctagonIcon } from "../../parts/icons.tsx";
import { EvidenceInput } from "./evidence-input.tsx";
import type { EvidenceFile, EvidenceSlot } from "./queries.ts";
import "./matters.css";

/** One file that shows what is said, with its name once it is taken. */
export function EvidenceField(props: {
  label: string;
  hint?: string;
  accepts: EvidenceSlot["accepts"];
  file: Pick<EvidenceFile, "name"> | null;
  problem?: string | undefined;
  onTaken: (file: EvidenceFile) => void;
}): ReactElement {
  return (
    <fieldset className="field evidence-field">
      <legend>{props.label}</legend>
      {props.hint && <span className="field-hint">{props.hint}</span>}
      <EvidenceInput accepts={props.accepts} label={props.label} onTaken={props.onTaken} />
      <p className="note small" aria-live="polite">
        {props.file?.name}
      </p>
      {props.problem && (
        <p className="field-problem" role="alert">
          <OctagonIcon />
          {props.problem}
        </p>
      )}
    </fieldset>
  );
}
