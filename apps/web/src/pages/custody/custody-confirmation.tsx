import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useEffect } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { faceOf, SealFace, Specimen } from "../../parts/seal-face.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import type { ConfirmationFacts } from "../matters/matter-forms.ts";
import { evidenceAddress, type MatterDetail } from "../matters/queries.ts";
import { ConditionChoice, Tick } from "./custody-choices.tsx";
import { CONDITIONS } from "./custody-data.ts";
import "./custody.css";
import { sealChoicesQuery } from "../seals/queries.ts";

interface Props {
  readonly matter: MatterDetail;
  readonly part: string;
  readonly facts: ConfirmationFacts;
  /** What to complain about, once somebody tried to confirm without it. */
  readonly missing: readonly string[];
  readonly onChange: (facts: ConfirmationFacts) => void;
}

/** How many of what is handed over make an impression on paper. */
export const countPieces = (matter: Pick<MatterDetail, "handedOver">): number =>
  (matter.handedOver?.bodies ?? []).filter((body) => body.kind === "physical").length;

/** Counting, and for the receiver the fresh impressions beside the specimen, at one glance. */
export function HandoverConfirmation({ matter, part, facts, missing, onChange }: Props): ReactElement {
  const t = useText("custody");
  const count = typeof facts.count === "number" ? facts.count : "";
  return (
    <>
      {part === "receiver" && <Comparison matter={matter} />}
      <Field label={t("confirm.count")} problem={missing.includes("count") ? t("confirm.gaps.count") : undefined}>
        {(control) => (
          <TextInput
            {...control}
            type="number"
            inputMode="numeric"
            min={0}
            value={count}
            onChange={(event) =>
              onChange({ ...facts, count: Math.max(0, Math.trunc(Number(event.target.value)) || 0) })
            }
          />
        )}
      </Field>
      {part === "receiver" && countPieces(matter) > 0 && (
        <Tick
          label={t("confirm.matches")}
          problem={missing.includes("matches") ? t("confirm.gaps.matches") : undefined}
          checked={facts.impressionsMatch === true}
          // A tick taken away is an answer taken back, not one that an impression differs.
          onChange={(checked) => onChange({ ...facts, impressionsMatch: checked ? true : null })}
        />
      )}
    </>
  );
}

function Comparison(props: { matter: MatterDetail }): ReactElement | null {
  const { matter } = props;
  const t = useText("custody");
  const language = useLanguage();
  const { data: seals } = useQuery(sealChoicesQuery);
  const seal = seals?.items.find((one) => one.sealId === matter.seal?.sealId);
  const files = matter.evidence.find((slot) => slot.slot === "impression")?.files ?? [];
  return (
    <div className="custody-compare">
      {seal && (
        <Specimen caption={t("confirm.specimen")}>
          <SealFace
            {...{ source: faceOf(seal.sealId), name: seal.name, widthMm: seal.widthMm, heightMm: seal.heightMm }}
            state="pale"
            pxPerMm={2.35}
          />
        </Specimen>
      )}
      {files.length === 0 && <p className="note">{t("confirm.noPhoto")}</p>}
      {files.map((file) => (
        <Specimen key={file.evidenceId} caption={t("confirm.fresh")}>
          <img
            src={evidenceAddress.preview(file.evidenceId)}
            alt={`${t("confirm.fresh")} ${seal ? nameIn(seal.name, language) : ""}`}
          />
        </Specimen>
      ))}
    </div>
  );
}

/** The state a piece is in at issue and at return. */
export function ConditionConfirmation({ matter, facts, onChange }: Props): ReactElement {
  const t = useText("custody");
  const condition = CONDITIONS.find((one) => one === facts.condition);
  // It begins with what the return says, so that a click does not contradict it.
  const said = CONDITIONS.find((one) => one === matter.data.condition) ?? "good";
  // What is shown as chosen is what is sent.
  useEffect(() => {
    if (condition === undefined) onChange({ ...facts, condition: said });
  });
  return (
    <ConditionChoice
      label={t("confirm.condition")}
      value={condition ?? said}
      onChange={(chosen) => onChange({ ...facts, condition: chosen })}
    />
  );
}
