import type { ReactElement, ReactNode } from "react";
import { SignIcon } from "../../parts/state-tag.tsx";
import { SIGNS } from "./answer-signs.ts";
import type { AnswerTone } from "./judgement.ts";

/** The answer, first and largest: one sentence, and what follows from it. */
export function AnswerBanner(props: {
  tone: AnswerTone;
  headline: string;
  explanation: string;
  children?: ReactNode;
}): ReactElement {
  return (
    <section className="answer" data-tone={props.tone}>
      <span className="answer-sign" aria-hidden>
        <SignIcon sign={SIGNS[props.tone]} />
      </span>
      <div>
        <h1 tabIndex={-1}>{props.headline}</h1>
        <p>{props.explanation}</p>
        {props.children}
      </div>
    </section>
  );
}
