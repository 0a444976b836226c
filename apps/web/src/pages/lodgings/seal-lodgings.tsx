import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import type { SealDetail } from "../seals/queries.ts";
import { isOver } from "../seals/seal-life.ts";
import { CardDialog } from "./card-dialog.tsx";
import { LodgingList } from "./lodging-list.tsx";
import { lodgingsOfSealQuery } from "./queries.ts";

/** The cards that show a seal, on its page; nothing where there is none and the reader records none. */
export function SealLodgings({ seal }: { seal: SealDetail }): ReactElement | null {
  const t = useText("lodgings");
  const session = useSession();
  const { data, error, refetch } = useQuery(lodgingsOfSealQuery(seal.sealId));
  const [adding, setAdding] = useState(false);
  const [done, setDone] = useState<"lodged" | "withdrawn" | null>(null);
  // A card of a seal that is no more is recorded, where one turns up, on the page of all cards.
  const may = mayUse(session, "specimen.lodge") && !isOver(seal.state);
  if (!error && (!data || (data.items.length === 0 && !may))) return null;
  return (
    <section className="card" aria-labelledby="lodgings-title">
      <header className="row">
        <h2 id="lodgings-title" className="grow">
          {t("section.title")}
        </h2>
        {may && (
          <Button
            onClick={() => {
              setDone(null);
              setAdding(true);
            }}
          >
            {t("record")}
          </Button>
        )}
      </header>
      <div aria-live="polite">{done && <Message tone="success" title={t(`done.${done}`)} />}</div>
      <ErrorPanel error={error} onRetry={() => void refetch()} />
      {data?.items.length === 0 && <p className="card-body note">{t("section.none")}</p>}
      {data && data.items.length > 0 && <LodgingList items={data.items} ofSeal={seal.sealId} onDone={setDone} />}
      <p className="card-body">
        <Link to={paths.specimensLodged}>{t("section.all")}</Link>
      </p>
      {adding && (
        <CardDialog
          sealId={seal.sealId}
          entityId={seal.entity.entityId}
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            setDone("lodged");
          }}
        />
      )}
    </section>
  );
}
