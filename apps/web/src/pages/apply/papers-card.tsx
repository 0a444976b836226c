import { Button } from "antd";
import { Fragment, type ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Tag } from "../../parts/state-tag.tsx";
import { EvidenceInput } from "../matters/evidence-input.tsx";
import { evidenceAddress } from "../matters/queries.ts";
import { useApply } from "./apply-context.ts";
import type { CheckResult } from "./queries.ts";

/** Papers that the rules ask for beside the documents, each with a place to attach it. */
export function PapersCard(props: { papers: CheckResult["papers"] }): ReactElement | null {
  const { draft, store } = useApply();
  const t = useText("apply");
  const say = useText("requests");
  const language = useLanguage();
  const attached = draft.facts.papers;
  const kinds = props.papers;
  if (kinds.length === 0) return null;
  const change = (papers: typeof attached): void => store.change({ type: "fact", change: { papers } });
  return (
    <section className="card" aria-labelledby="apply-papers">
      <header>
        <h2 id="apply-papers">{t("papers.title")}</h2>
      </header>
      <ul className="rows">
        {kinds.map(({ kind, name, reasons, unnamed }) => {
          const own = attached.filter((paper) => paper.kind === kind);
          return (
            <li key={kind} className="card-body stack stack-tight">
              <div className="row">
                <strong className="grow">{nameIn(name, language)}</strong>
                <Tag tone={own.length > 0 ? "success" : "warning"} sign={own.length > 0 ? "check" : "warning"}>
                  {own.length > 0 ? t("papers.attached") : t("papers.missing")}
                </Tag>
              </div>
              {reasons.map((reason) => (
                <p key={reason.en} className="note">
                  {t("papers.why", { reason: nameIn(reason, language) })}
                </p>
              ))}
              {own.map((paper) => (
                <Fragment key={paper.evidenceId}>
                  <div className="row">
                    <a className="grow" href={evidenceAddress.file(paper.evidenceId)} download={paper.name}>
                      {paper.name}
                    </a>
                    <Button
                      size="small"
                      onClick={() => change(attached.filter((one) => one.evidenceId !== paper.evidenceId))}
                    >
                      {t("papers.remove", { name: paper.name })}
                    </Button>
                  </div>
                  {unnamed.includes(paper.evidenceId) && (
                    <p className="note small">{say("facts.paperUnnamed", { name: nameIn(name, language) })}</p>
                  )}
                </Fragment>
              ))}
              <EvidenceInput
                accepts="any"
                label={nameIn(name, language)}
                onTaken={(file) =>
                  // Read anew: several files may come one after the other.
                  change([
                    ...store.read().draft.facts.papers,
                    { kind, evidenceId: file.evidenceId, name: file.name, named: null },
                  ])
                }
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
