import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, type ReactNode, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { EvidenceBadge, listedLeaf } from "../../parts/evidence-badge.tsx";
import { SignIcon } from "../../parts/state-tag.tsx";
import { leafProofQuery } from "../../proof/leaf-proof.ts";
import { AnswerBanner } from "./answer-banner.tsx";
import { FINDING_TONES, SIGNS } from "./answer-signs.ts";
import { findTarget, type LedgerProof, type Outcome } from "./check-file.ts";
import { FileDetails } from "./file-details.tsx";
import { countFindings, type Judgement, judge } from "./judgement.ts";
import { SealPanel } from "./seal-panel.tsx";
import { WithoutUs } from "./without-us.tsx";

type Answered = Extract<Outcome, { kind: "answered" }>;

/** An answer: the sentence, the five findings, the seal, how to do without us, and everything else below. */
export function AnswerView(props: {
  outcome: Answered;
  head: (facts: ReactNode) => ReactElement;
  name: string;
  byLink: boolean;
}): ReactElement {
  const { answer, sent } = props.outcome;
  const t = useText("verify");
  const language = useLanguage();
  const moment = useMoment();
  const [proof, setProof] = useState<LedgerProof>(props.outcome.proof);
  const judgement = judge(answer, proof, !props.byLink);
  const checkedAt = moment(answer.checkedAt, answer.known?.timeZone);
  const entity = answer.known ? nameIn(answer.known.entity.name, language) : "";
  const pages = answer.file.pages === null ? "" : t("head.pages", { count: answer.file.pages });
  return (
    <article className="verify-answer">
      <PrintHead at={checkedAt} digest={answer.file.digest} />
      {props.head([pages, t("head.checked", { at: checkedAt })].filter(Boolean).join(language === "en" ? ", " : "，"))}
      {judgement.contradicted ? (
        <AnswerBanner
          tone="problem"
          headline={t("contradicted.headline")}
          explanation={t("contradicted.explanation", { entity })}
        />
      ) : (
        <AnswerBanner
          tone={judgement.tone}
          headline={
            props.byLink
              ? t(answer.answer === "original-only" ? "byLink.original" : "byLink.sealed")
              : answer.headline[language]
          }
          explanation={props.byLink ? t("byLink.why") : answer.explanation[language]}
        />
      )}
      <div className="verify-columns">
        <Findings answer={answer} judgement={judgement} onProof={setProof} />
        <div className="stack verify-side">
          <SealPanel answer={answer} judgement={judgement} />
          <WithoutUs answer={answer} proof={proof} sent={sent} fileName={props.byLink ? null : props.name} />
        </div>
        <FileDetails answer={answer} byLink={props.byLink} />
      </div>
    </article>
  );
}

function Findings(props: {
  answer: Answered["answer"];
  judgement: Judgement;
  onProof: (proof: LedgerProof) => void;
}): ReactElement {
  const { answer, judgement } = props;
  const t = useText("verify");
  const language = useLanguage();
  const counts = countFindings(judgement.answers).map(({ answer: kind, count }) =>
    t(kind === "yes" ? "findings.all" : `findings.${kind}`, { count }),
  );
  return (
    <section className="card findings" aria-labelledby="findings-title">
      <header>
        <h2 id="findings-title">{t("findings.title")}</h2>
        <span className="note">{counts.join(language === "en" ? ", " : "，")}</span>
      </header>
      <ol>
        {answer.findings.map((finding, at) => {
          const tone = FINDING_TONES[judgement.answers[at] ?? "unknown"];
          const ledger = finding.id === "ledger" ? judgement.ledger : null;
          const unseen = finding.id === "unchanged" && !judgement.hasFile;
          return (
            <li key={finding.id} data-tone={tone}>
              <span className="finding-sign" aria-hidden>
                <SignIcon sign={SIGNS[tone]} />
              </span>
              <div className="finding-text">
                <div className="finding-line">
                  <h3>{finding.question[language]}</h3>
                  <strong className="finding-word">
                    {unseen
                      ? t("byLink.unchangedWord")
                      : ledger
                        ? t(
                            ledger.state === "proved" && ledger.names === "sealed-file"
                              ? "ledger.sealedFileWord"
                              : `ledger.${ledger.state}Word`,
                          )
                        : finding.word[language]}
                  </strong>
                </div>
                {ledger ? (
                  <LedgerFinding answer={answer} ledger={ledger} onProof={props.onProof} />
                ) : (
                  <p>{unseen ? t("byLink.unchangedWhy") : finding.reason[language]}</p>
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** The one finding that this browser computes itself; its badge opens the proof. */
function LedgerFinding(props: {
  answer: Answered["answer"];
  ledger: NonNullable<Judgement["ledger"]>;
  onProof: (proof: LedgerProof) => void;
}): ReactElement {
  const { answer, ledger } = props;
  const t = useText("verify");
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const target = findTarget(answer);
  const leaf = target?.leaf ?? 0;
  const retry = async (): Promise<void> => {
    if (target === null) return;
    setAsking(true);
    try {
      props.onProof(await queries.fetchQuery({ ...leafProofQuery(target), staleTime: 0 }));
    } catch {
      props.onProof({ state: "unreachable" });
    } finally {
      setAsking(false);
    }
  };
  return (
    <>
      <p>
        {ledger.state === "proved" && t(`ledger.proved.${ledger.names}`, { leaf: ledger.leaf, size: ledger.size })}
        {ledger.state === "fails" && t(`ledger.fails.${ledger.fault}`, { leaf })}
        {ledger.state === "open" && t(`ledger.open.${ledger.reason}`, { leaf })}
      </p>
      <div className="row finding-acts">
        {target && <EvidenceBadge evidence={listedLeaf(target.leaf, target.expected)} />}
        {ledger.state === "open" && (ledger.reason === "unreachable" || ledger.reason === "not-published") && (
          <Button size="small" loading={asking} onClick={() => void retry()}>
            {t("ledger.again")}
          </Button>
        )}
      </div>
    </>
  );
}

/** What a printed report needs beside the page: where and when it was made, and about which bytes. */
function PrintHead(props: { at: string; digest: string }): ReactElement {
  const t = useText("verify");
  return (
    <div className="only-print print-head">
      <strong>{t("print.title")}</strong>
      <p>{t("print.by", { url: window.location.origin, at: props.at })}</p>
      <p className="mono">{t("print.digest", { digest: props.digest.replace(/^sha256:/, "") })}</p>
    </div>
  );
}
