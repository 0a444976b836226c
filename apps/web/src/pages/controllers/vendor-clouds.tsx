import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment, useRecent } from "../../i18n/use-format.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { FactLines } from "../../parts/fact-lines.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import type { Sign, Tone } from "../../parts/states.ts";
import { mayUse, useSession } from "../../session.ts";
import { refreshControllers } from "./queries.ts";
import { CallAddressDialog, RegisterCloudDialog } from "./register-cloud-dialog.tsx";
import { NamePersonDialog, RegisterVendorDialog } from "./vendor-dialogs.tsx";
import { type CloudMade, type VendorCloud, vendorCloudsQuery } from "./vendor-queries.ts";

const looks: Readonly<Record<VendorCloud["state"], readonly [Tone, Sign]>> = {
  "awaiting-confirmation": ["action", "clock"],
  "in-use": ["success", "check"],
  ended: ["ended", "stop"],
};

/** The clouds of other makers: whose word counts impressions, by whom that was decided, and whom they know. */
export function VendorClouds(): ReactElement | null {
  const t = useText("controllers");
  const session = useSession();
  const { data, error, refetch } = useQuery(vendorCloudsQuery);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<CloudMade | null>(null);
  const may = mayUse(session, "controller.manage");
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data || (data.items.length === 0 && !may)) return null;
  return (
    <section className="stack vendor-clouds" aria-labelledby="vendor-clouds">
      <div className="section-head">
        <h2 id="vendor-clouds">{t("cloud.title")}</h2>
        <span className="note">{t("cloud.lead")}</span>
        {may && <Button onClick={() => setAdding(true)}>{t("cloud.register")}</Button>}
      </div>
      <ul className="controller-list">
        {data.items.map((cloud) => (
          <li key={cloud.cloudId} className="card">
            <CloudCard cloud={cloud} />
          </li>
        ))}
      </ul>
      {adding && (
        <RegisterCloudDialog
          onClose={() => setAdding(false)}
          onMade={(answer) => {
            setAdding(false);
            setMade(answer);
          }}
        />
      )}
      {made && <CallAddressDialog made={made} onClose={() => setMade(null)} />}
    </section>
  );
}

function CloudCard({ cloud }: { cloud: VendorCloud }): ReactElement {
  const t = useText("controllers");
  const language = useLanguage();
  const moment = useMoment();
  const recent = useRecent();
  const [tone, sign] = looks[cloud.state];
  const act = (one: VendorCloud["confirmed"]): string =>
    one ? t("facts.by", { name: one.by ? nameIn(one.by.name, language) : "", at: moment(one.at) }) : "";
  const people = cloud.people.map(({ person, mobileEnd }) =>
    mobileEnd === ""
      ? nameIn(person.name, language)
      : t("cloud.personEnd", { name: nameIn(person.name, language), end: mobileEnd }),
  );
  return (
    <div className="card-body stack stack-tight">
      <div className="row">
        <h3 className="grow">
          <BothNames name={cloud.name} />
        </h3>
        <Tag tone={tone} sign={sign}>
          {t(`cloud.states.${cloud.state}`)}
        </Tag>
      </div>
      <FactLines
        lines={[
          [t("facts.entity"), nameIn(cloud.entity.name, language)],
          [t("cloud.address"), cloud.address],
          [t("cloud.calls"), t(cloud.signsCalls ? "cloud.callsSigned" : "cloud.callsUnsigned")],
          [t("facts.registered"), act(cloud.registered)],
          [t("facts.enrolled"), act(cloud.confirmed)],
          [t("cloud.answered"), cloud.answeredAt === null ? "" : recent(cloud.answeredAt)],
          [t("cloud.fault"), cloud.fault ?? ""],
          [t("cloud.people"), people.join(language === "zh" ? "、" : ", ")],
          [t("cloud.ended"), act(cloud.ended)],
          [t("facts.reason"), cloud.ended?.reason ?? ""],
        ]}
      />
      <CloudActs cloud={cloud} />
    </div>
  );
}

function CloudActs({ cloud }: { cloud: VendorCloud }): ReactElement {
  const t = useText("controllers");
  const queries = useQueryClient();
  const { cloudId } = cloud;
  const [open, setOpen] = useState<"name" | "box" | "end" | null>(null);
  const close = (): void => setOpen(null);
  const confirm = useMutation({
    mutationFn: () => api("POST /v1/vendor-clouds/:cloudId/confirmation", { params: { cloudId } }),
    onSettled: () => refreshControllers(queries),
  });
  const end = useMutation({
    mutationFn: (reason: string) =>
      api("POST /v1/vendor-clouds/:cloudId/end", { params: { cloudId }, body: { reason } }),
    onSuccess: async () => {
      close();
      await refreshControllers(queries);
    },
  });
  return (
    <>
      {cloud.mayConfirm && <p className="note">{t("cloud.confirmWhat")}</p>}
      <div className="row">
        {cloud.mayConfirm && (
          <Button type="primary" loading={confirm.isPending} onClick={() => confirm.mutate()}>
            {t("cloud.confirm")}
          </Button>
        )}
        {cloud.mayManage && <Button onClick={() => setOpen("box")}>{t("cloud.registerBox")}</Button>}
        {cloud.mayManage && <Button onClick={() => setOpen("name")}>{t("cloud.namePerson")}</Button>}
        {cloud.mayEnd && (
          <Button danger onClick={() => setOpen("end")}>
            {t("cloud.end")}
          </Button>
        )}
      </div>
      <ErrorPanel error={confirm.error} />
      {open === "box" && <RegisterVendorDialog cloud={cloud} onClose={close} />}
      {open === "name" && <NamePersonDialog cloud={cloud} onClose={close} />}
      {open === "end" && (
        <ReasonDialog
          title={t("cloud.endTitle")}
          what={t("cloud.endWhat")}
          label={t("revoke.why")}
          missing={t("revoke.whyMissing")}
          most={1000}
          give={t("cloud.end")}
          danger
          busy={end.isPending}
          error={end.error}
          onGive={(reason) => end.mutate(reason)}
          onClose={close}
        />
      )}
    </>
  );
}
