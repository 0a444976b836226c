import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { SignIcon } from "../../parts/state-tag.tsx";
import { SIGNS } from "./answer-signs.ts";
import { type AnswerTone, judge, toneOf } from "./judgement.ts";
import type { FileCheck } from "./use-file-checks.ts";

/** The files of this visit, once there are several: each with its answer in a few words. */
export function FileList(props: {
  checks: readonly FileCheck[];
  shownId: number | null;
  onShow: (id: number) => void;
}): ReactElement | null {
  const t = useText("verify");
  if (props.checks.length < 2) return null;
  return (
    <nav className="verify-files" aria-label={t("files.title")}>
      <ul>
        {props.checks.map((check) => (
          <li key={check.id}>
            <button
              type="button"
              aria-current={check.id === props.shownId ? "true" : undefined}
              data-tone={tone(check)}
              onClick={() => props.onShow(check.id)}
            >
              <SignIcon sign={check.outcome === null ? "clock" : SIGNS[tone(check)]} />
              <span className="verify-files-name">{check.name}</span>
              <span className="note small">
                <ShortAnswer check={check} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function tone(check: FileCheck): AnswerTone {
  return check.outcome === null || check.outcome.kind === "stopped" ? "plain" : toneOf(check.outcome);
}

function ShortAnswer(props: { check: FileCheck }): ReactElement {
  const { outcome } = props.check;
  const t = useText("verify");
  const language = useLanguage();
  switch (outcome?.kind) {
    case undefined:
      return <>{t("files.checking")}</>;
    case "stopped":
      return <>{t("files.stopped")}</>;
    case "answered":
      return (
        <>
          {judge(outcome.answer, outcome.proof).contradicted
            ? t("contradicted.headline")
            : outcome.answer.headline[language]}
        </>
      );
    case "not-pdf":
      return <>{t("notPdf.headline")}</>;
    case "too-large":
      return <>{t("tooLarge.headline")}</>;
    case "unreadable":
      return <>{t("unreadable.headline")}</>;
    case "mismatch":
      return <>{t("mismatch.headline")}</>;
    case "unknown-digest":
    case "problem":
      return <>{t("problem.headline")}</>;
  }
}
