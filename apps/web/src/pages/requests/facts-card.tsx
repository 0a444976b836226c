import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { Message } from "../../parts/message.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { countToSettle } from "./decision.ts";
import { DisagreementLine, nameAmong } from "./disagreement-line.tsx";
import { type Disagreement, isForReaders } from "./facts-words.ts";
import { type RequestDetail, refreshRequests } from "./queries.ts";
import { RouteShortened } from "./route-shortened.tsx";

type Ruling = NonNullable<Disagreement["ruling"]>["ruling"];
/** What a reviewer says of it: of pages that are pictures, whether he read in them what is declared. */
const rulingWords = {
  differ: { declared: "said.declaredRight", document: "said.documentRight" },
  unread: { declared: "said.readSo", document: "said.readOther" },
} as const;
const wordsOf = (fact: Disagreement["fact"]) => rulingWords[isForReaders(fact) ? "unread" : "differ"];

/** The heading of the card, which the bar at the foot leads to. */
export const saidTitle = "said-title";

const rulings = ["declared", "document"] as const satisfies readonly Ruling[];
interface Asked {
  readonly key: string;
  readonly fact: Disagreement["fact"];
  readonly ruling: Ruling;
}

/** Where the documents say another thing than the application; who reviews it settles who is right. */
export function FactsCard(props: { request: RequestDetail }): ReactElement | null {
  const { request } = props;
  const { disagreements } = request.facts;
  const t = useText("templates");
  const [asked, setAsked] = useState<Asked | null>(null);
  if (disagreements.length === 0) return null;
  const open = countToSettle(request);
  return (
    <section className="card" aria-labelledby={saidTitle}>
      <header>
        <h2 id={saidTitle} tabIndex={-1}>
          {t("said.title")}
        </h2>
      </header>
      <div className="card-body stack">
        {disagreements.some(({ fact }) => !isForReaders(fact)) && <p className="note">{t("said.lead")}</p>}
        <RouteShortened request={request} />
        {open > 0 && <Message tone="action" title={t("said.blocking", { count: open })} />}
        <ul className="stack said-list">
          {disagreements.map((one) => (
            <DisagreementLine
              key={one.key}
              disagreement={one}
              file={nameAmong(request.documentList, one.documentId)}
              declaredDecides={t("said.stricterDeclaredReviewer")}
            >
              {one.answer !== null && <p>{t("said.applicant", { reason: one.answer })}</p>}
              {one.ruling && <Settled ruling={one.ruling} fact={one.fact} />}
              {request.maySettleFacts && (one.stricter === "read" || one.read === "") && !one.ruling && (
                <fieldset className="row said-acts">
                  <legend className="unseen">{t("said.settle")}</legend>
                  {rulings.map((ruling) => (
                    <Button key={ruling} onClick={() => setAsked({ key: one.key, fact: one.fact, ruling })}>
                      {t(wordsOf(one.fact)[ruling])}
                    </Button>
                  ))}
                </fieldset>
              )}
            </DisagreementLine>
          ))}
        </ul>
      </div>
      {asked && <SettleDialog request={request} asked={asked} onClose={() => setAsked(null)} />}
    </section>
  );
}

function Settled(props: { ruling: NonNullable<Disagreement["ruling"]>; fact: Disagreement["fact"] }): ReactElement {
  const { ruling, by, at, reason } = props.ruling;
  const t = useText("templates");
  const language = useLanguage();
  const moment = useMoment();
  const who = { name: by ? nameIn(by.name, language) : "", at: moment(at) };
  return (
    <div>
      <Tag tone={ruling === "declared" ? "success" : "warning"} sign={ruling === "declared" ? "check" : "warning"}>
        {isForReaders(props.fact)
          ? t(ruling === "declared" ? "said.settledRead" : "said.settledOther", who)
          : t(ruling === "declared" ? "said.settledDeclared" : "said.settledDocument", who)}
      </Tag>
      <p className="note small">{t("said.settledWhy", { reason })}</p>
    </div>
  );
}

function SettleDialog(props: { request: RequestDetail; asked: Asked; onClose: () => void }): ReactElement {
  const { request, asked, onClose } = props;
  const t = useText("templates");
  const queries = useQueryClient();
  const settle = useMutation({
    mutationFn: (reason: string) =>
      api("POST /v1/seal-use-requests/:requestId/facts", {
        params: { requestId: request.requestId },
        body: { key: asked.key, ruling: asked.ruling, reason, digest: request.digest ?? "" },
      }),
    onSuccess: async () => {
      await refreshRequests(queries);
      onClose();
    },
  });
  const title = t(wordsOf(asked.fact)[asked.ruling]);
  const confirms = isForReaders(asked.fact) ? "said.readSoWhat" : "said.declaredWhat";
  return (
    <ReasonDialog
      title={title}
      what={t(asked.ruling === "declared" ? confirms : "said.documentWhat")}
      label={t(isForReaders(asked.fact) ? "said.found" : "said.reason")}
      missing={t("said.reasonMissing")}
      give={title}
      busy={settle.isPending}
      error={settle.error}
      onGive={(reason) => settle.mutate(reason)}
      onClose={onClose}
    />
  );
}
