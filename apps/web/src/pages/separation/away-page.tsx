import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Message } from "../../parts/message.tsx";
import { OnLeave } from "../../parts/on-leave.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { DelegateDialog } from "./delegate-dialog.tsx";
import { DelegationList } from "./delegation-list.tsx";
import { delegationsQuery } from "./queries.ts";
import "./separation.css";

/** While I am away: who acts in my place and in whose place I act; give and end. */
export function AwayPage(): ReactElement {
  const t = useText("separation");
  const shell = useText("shell");
  const { personId } = useSession().person;
  const { data, error } = useQuery(delegationsQuery("mine"));
  const [giving, setGiving] = useState(false);
  const [given, setGiven] = useState(false);
  const mayGive = data !== undefined && data.grants.length > 0;
  return (
    <>
      <PageHeader
        title={t("away.title")}
        trail={[{ to: paths.account, name: shell("pages.account") }]}
        lead={t("away.lead")}
        {...(mayGive
          ? {
              actions: (
                <Button type="primary" onClick={() => setGiving(true)}>
                  {t("away.new")}
                </Button>
              ),
            }
          : {})}
      />
      <div className="stack">
        <OnLeave />
        {given && <Message live tone="success" title={t("away.given")} />}
        {data && !mayGive && <EmptyState title={t("away.nothing")}>{t("away.nothingWhy")}</EmptyState>}
        {(mayGive || data?.items.some((one) => one.delegator.personId === personId) || !data) && (
          <DelegationList
            title={t("away.own")}
            none={t("away.ownNone")}
            delegations={data?.items.filter((one) => one.delegator.personId === personId)}
            error={error}
          />
        )}
        {data && (
          <DelegationList
            title={t("away.mine")}
            none={t("away.mineNone")}
            delegations={data.items.filter((one) => one.delegate.personId === personId)}
            error={null}
          />
        )}
      </div>
      {giving && data && (
        <DelegateDialog
          own={data}
          onClose={(done) => {
            setGiving(false);
            setGiven(done);
          }}
        />
      )}
    </>
  );
}
