import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, type ReactNode, useState } from "react";
import { findProblem } from "../../api.ts";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { EvidenceBadge, listedLeaf } from "../../parts/evidence-badge.tsx";
import { Message } from "../../parts/message.tsx";
import { useMaskedTitle } from "../../parts/request-title.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { CorrectionDialog } from "./correction-dialog.tsx";
import { Owed } from "./line-table.tsx";
import { type Line, lineQuery, type RegisterName } from "./queries.ts";

/** One line whole, with its proof; it has an address of its own. */
export function LineDialog(props: {
  register: RegisterName;
  lineId: string;
  onGo: (search: Record<string, string>) => void;
  onClose: () => void;
}): ReactElement {
  const t = useText("registers");
  const forms = useText("forms");
  const session = useSession();
  const [correcting, setCorrecting] = useState(false);
  // Who watches over the entity; the server asks whether it is this one.
  const watches = session.roles.some((role) => role === "inspector" || role === "seal-administrator");
  const { data: line, error, refetch } = useQuery({ ...lineQuery(props.register, props.lineId), retry: false });
  const status = findProblem(error)?.status;
  const gone = status === 404 || status === 400;
  return (
    <Dialog
      title={line ? t("line.title", { number: line.number }) : t("list.number")}
      onClose={props.onClose}
      actions={
        <>
          {line && watches && <Button onClick={() => setCorrecting(true)}>{forms("correction.ask")}</Button>}
          <Button onClick={props.onClose}>{t("line.close")}</Button>
        </>
      }
    >
      {gone && <p>{t("line.gone")}</p>}
      {!gone && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!line && !error && <LinesSkeleton lines={8} />}
      {line && correcting && <CorrectionDialog line={line} onClose={() => setCorrecting(false)} />}
      {line && <WholeLine line={line} onGo={props.onGo} />}
    </Dialog>
  );
}

function WholeLine(props: { line: Line; onGo: (search: Record<string, string>) => void }): ReactElement {
  const { line } = props;
  const t = useText("registers");
  const language = useLanguage();
  const moment = useMoment();
  const { corrects, seal, unit, matter, request } = line;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t("list.at"), moment(line.at)],
    [t("line.entity"), nameIn(line.entity.name, language)],
    ...line.facts
      // What is linked below is not said twice.
      .filter(({ value }) => value.en !== matter?.number && value.en !== request?.number)
      .map(({ name, value }) => [nameIn(name, language), nameIn(value, language)] as const),
    [
      t("line.seal"),
      seal && (
        <Link to={paths.seal(seal.sealId)}>
          {seal.number} {nameIn(seal.name, language)}
        </Link>
      ),
    ],
    [t("line.unit"), unit && nameIn(unit.name, language)],
    [t("line.request"), request && <RequestName request={request} />],
    [t("line.matter"), matter && <Link to={paths.matter(matter.matterId)}>{matter.number ?? t("line.matter")}</Link>],
  ];
  return (
    <div className="stack line-detail">
      <p>
        <strong>{nameIn(line.title, language)}</strong> <Owed line={line} />
      </p>
      {line.correctedBy.length > 0 && (
        <Message
          tone="warning"
          title={t("line.corrected", {
            numbers: formatNames(
              line.correctedBy.map((one) => one.number),
              language,
            ),
          })}
          action={line.correctedBy.map((one) => (
            <Button key={one.lineId} size="small" onClick={() => props.onGo({ line: one.lineId })}>
              {t("list.open", { number: one.number })}
            </Button>
          ))}
        />
      )}
      {corrects && (
        <p>
          {t("line.corrects", { number: corrects.number })}{" "}
          <Button size="small" onClick={() => props.onGo({ line: corrects.lineId })}>
            {t("list.open", { number: corrects.number })}
          </Button>
        </p>
      )}
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== null && value !== "")
          .map(([name, value]) => (
            <div key={name} className="facts-line">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        <dt>{t("line.proof")}</dt>
        <dd>
          <EvidenceBadge evidence={listedLeaf(line.event.leaf, line.event)} />
          <p className="note">{t("line.proofWhy")}</p>
        </dd>
      </dl>
      <div className="row">
        {seal && (
          <Button size="small" onClick={() => props.onGo({ sealId: seal.sealId })}>
            {t("line.onlySeal")}
          </Button>
        )}
        {line.people.map((person) => (
          <Button key={person.personId} size="small" onClick={() => props.onGo({ personId: person.personId })}>
            {t("line.onlyPerson", { name: nameIn(person.name, language) })}
          </Button>
        ))}
      </div>
    </div>
  );
}

function RequestName({ request }: { request: NonNullable<Line["request"]> }): ReactNode {
  const titleOf = useMaskedTitle();
  const name = [request.number, titleOf(request.title)].filter((part) => part).join(" · ");
  return request.open ? <Link to={paths.request(request.requestId)}>{name}</Link> : name;
}
