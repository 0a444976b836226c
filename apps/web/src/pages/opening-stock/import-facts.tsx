import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import type { MatterDetail } from "../matters/queries.ts";
import { saveFile } from "../requests/save-file.ts";
import { PreviewLines } from "./preview-lines.tsx";
import { matterPreviewQuery } from "./queries.ts";
import "./stock.css";

const THINGS = ["units", "people", "roles", "containers", "seals", "pieces"] as const;

/** How many of a thing the matter names; its data belong to its kind and are read with care. */
function countOf({ data }: MatterDetail, thing: string): number {
  const { counts } = data;
  const named = typeof counts === "object" && counts !== null ? Object.entries(counts) : [];
  const found: unknown = named.find(([name]) => name === thing)?.[1];
  return typeof found === "number" ? found : 0;
}

/** How many of what an import makes, its lines while they are decided on, and the links of those who came by it. */
export function ImportFacts(props: { matter: MatterDetail }): ReactElement {
  const { matter } = props;
  const t = useText("stock");
  const session = useSession();
  const mine = matter.askedBy?.personId === session.person.personId;
  const open = ["draft", "in-review", "approved", "returned"].includes(matter.state);
  return (
    <div className="stack">
      <dl className="facts">
        {THINGS.map((thing) => [thing, countOf(matter, thing)] as const)
          .filter(([, count]) => count > 0)
          .map(([thing, count]) => (
            <div key={thing} className="facts-line">
              <dt>{t(`things.${thing}`)}</dt>
              <dd>{count}</dd>
            </div>
          ))}
      </dl>
      {open && <MatterLines matterId={matter.matterId} kind={matter.kind} />}
      {matter.state === "done" && matter.kind === "batch-import" && mine && <Invitations matterId={matter.matterId} />}
      {matter.state === "done" && matter.kind === "opening-stock" && (
        <Message tone="action" title={t("done.confirm")} action={<Link to={paths.checks}>{t("done.toChecks")}</Link>}>
          {t("done.confirmWhy")}
        </Message>
      )}
    </div>
  );
}

function MatterLines(props: { matterId: string; kind: string }): ReactElement {
  const t = useText("stock");
  const { data, error, refetch } = useQuery(matterPreviewQuery(props.matterId));
  const part = data?.parts.find((one) => one.part === props.kind);
  const lines = (data?.lines ?? []).filter((line) => line.part === props.kind);
  return (
    <>
      <ErrorPanel error={error} onRetry={() => void refetch()} />
      {!data && !error && <LinesSkeleton lines={4} />}
      {part && part.refusals.length > 0 && <RefusalList refusals={part.refusals} />}
      {data && (
        <details>
          <summary>{t("done.lines", { count: lines.length })}</summary>
          <PreviewLines lines={lines} title={t("preview.title")} />
        </details>
      )}
    </>
  );
}

/** Links by which new people come in: made when they are fetched, shown once, to be handed over by a way one trusts. */
function Invitations(props: { matterId: string }): ReactElement {
  const t = useText("stock");
  const language = useLanguage();
  const [copied, setCopied] = useState(false);
  const invite = useMutation({
    mutationFn: () => api("POST /v1/imports/:matterId/invitations", { params: { matterId: props.matterId } }),
  });
  const items = (invite.data?.items ?? []).map((item) => ({
    ...item,
    link: new URL(item.link, window.location.origin).href,
  }));
  const text = items.map((item) => `${nameIn(item.name, language)}\t${item.login}\t${item.link}`).join("\n");
  return (
    <div className="stack stack-tight">
      <h3>{t("invite.title")}</h3>
      <p className="note">{t("invite.lead")}</p>
      <ErrorPanel error={invite.error} />
      {invite.data === undefined && (
        <div className="row">
          <Button type="primary" loading={invite.isPending} onClick={() => invite.mutate()}>
            {t("invite.make")}
          </Button>
        </div>
      )}
      {invite.data && items.length === 0 && <Message tone="frozen" title={t("invite.none")} live />}
      {items.length > 0 && (
        <>
          <Message tone="warning" title={t("invite.once", { count: items.length })} live />
          <div className="row">
            <Button onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
              {t("invite.copy")}
            </Button>
            <Button
              onClick={() =>
                saveFile(
                  new Blob([`\ufeff${text}\n`], { type: "text/tab-separated-values" }),
                  `${t("invite.file")}.tsv`,
                )
              }
            >
              {t("invite.save")}
            </Button>
            <span role="status">{copied && t("invite.copied")}</span>
          </div>
          <ul className="rows">
            {items.map((item) => (
              <li key={item.personId} className="rows-line stack stack-tight">
                <span>
                  <strong>{nameIn(item.name, language)}</strong> <span className="note">{item.login}</span>
                </span>
                <span className="mono small file-name">{item.link}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
