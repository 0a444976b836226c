import CheckOutlined from "@ant-design/icons/CheckOutlined";
import PauseOutlined from "@ant-design/icons/PauseOutlined";
import type { ReactElement, ReactNode } from "react";
import { useText } from "../i18n/i18n.ts";
import { SealIcon } from "./icons.tsx";

/** `seal` is the step "in use" of a seal's life, the only vermilion one; at `ended` it stopped for ever. */
export type StepState = "done" | "now" | "frozen" | "ended" | "seal" | "todo";
export interface Step {
  readonly key: string;
  readonly title: string;
  readonly detail?: ReactNode;
  readonly state: StepState;
}

/** Where something stands on its way. Under 700 px: one sentence, and all steps on demand. */
export function StepBar(props: { steps: readonly Step[]; label: string }): ReactElement {
  const t = useText("parts");
  const found = props.steps.findLastIndex((step) => step.state !== "todo");
  const at = found === -1 ? 0 : found;
  const current = props.steps[at];
  return (
    <>
      <ol className="steps not-narrow" aria-label={props.label}>
        {props.steps.map((step, index) => (
          <StepItem key={step.key} step={step} number={index + 1} />
        ))}
      </ol>
      <details className="steps-compact only-narrow">
        <summary>
          {t("steps.compact", { step: at + 1, total: props.steps.length, title: current?.title ?? "" })}
          <span className="unseen">{t("steps.all")}</span>
        </summary>
        <ol className="steps-list" aria-label={props.label}>
          {props.steps.map((step, index) => (
            <StepItem key={step.key} step={step} number={index + 1} />
          ))}
        </ol>
      </details>
    </>
  );
}

function StepItem(props: { step: Step; number: number }): ReactElement {
  const t = useText("parts");
  const { step } = props;
  const stopped = step.state === "frozen" || step.state === "ended";
  const current = step.state === "now" || step.state === "seal" || stopped;
  return (
    <li className="step" data-step={step.state} aria-current={current ? "step" : undefined}>
      <span className="step-line" aria-hidden>
        <span className="step-disc">
          {step.state === "done" ? (
            <CheckOutlined aria-hidden />
          ) : stopped ? (
            <PauseOutlined aria-hidden />
          ) : step.state === "seal" ? (
            <SealIcon size={14} />
          ) : (
            props.number
          )}
        </span>
      </span>
      <span className="step-title">
        {step.title}
        <span className="unseen"> {t(`steps.${step.state === "seal" ? "now" : step.state}`)}</span>
      </span>
      {step.detail !== undefined && <span className="step-detail">{step.detail}</span>}
    </li>
  );
}
