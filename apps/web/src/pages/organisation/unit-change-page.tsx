import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { titleInBoth, useText } from "../../i18n/i18n.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { NotFoundPage } from "../../parts/not-found-page.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import type { MatterData } from "../matters/matter-forms.ts";
import { refreshMatters } from "../matters/queries.ts";
import type { Unit } from "./organisation.ts";
import { organisationQuery } from "./queries.ts";
import { dataOfChange, findUnitChange, readUnitChange, UNIT_CHANGES, type UnitChangeKind } from "./unit-change.ts";
import { makeUnitChangeFields } from "./unit-change-fields.tsx";
import { UnitImpactPanel } from "./unit-impact-panel.tsx";
import "../matters/matters.css";

const fieldsOf = {
  "close-unit": makeUnitChangeFields("close-unit"),
  "merge-unit": makeUnitChangeFields("merge-unit"),
  "rename-unit": makeUnitChangeFields("rename-unit"),
} as const;

/** Closes, merges or renames a unit: first what it touches, then the matter that asks for it. */
export function UnitChangePage(): ReactElement {
  const t = useText("organisation");
  const { unitId = "" } = useParams({ strict: false });
  const search: { kind?: unknown } = useSearch({ strict: false });
  const kind = findUnitChange(search.kind);
  const { data, error, refetch } = useQuery(organisationQuery);
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const unit = data.units.find((one) => one.unitId === unitId);
  if (!unit) return <NotFoundPage />;
  return (
    <>
      <PageHeader
        trail={[{ to: paths.organisation, name: t("title") }]}
        title={<BothNames name={unit.name} />}
        lead={t("change.lead")}
      />
      <nav className="tabs" aria-label={t("change.kinds.label")}>
        {UNIT_CHANGES.map((one) => (
          <Link
            key={one}
            to={paths.unitChange(unitId)}
            search={{ kind: one }}
            aria-current={one === kind ? "page" : undefined}
          >
            {t(`change.kinds.${one}`)}
          </Link>
        ))}
      </nav>
      <UnitChangeForm key={kind} kind={kind} unit={unit} />
    </>
  );
}

function UnitChangeForm({ kind, unit }: { kind: UnitChangeKind; unit: Unit }): ReactElement {
  const t = useText("organisation");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [data, setData] = useState<MatterData>({});
  const [reason, setReason] = useState("");
  const [effectiveOn, setEffectiveOn] = useState("");
  const [tried, setTried] = useState(false);
  const change = readUnitChange(kind, data);
  const Fields = fieldsOf[kind];
  const save = useMutation({
    mutationFn: async () => {
      if (!change) throw new Error("a change that is not complete was asked for");
      return api("POST /v1/matters", {
        body: {
          ...{ kind, entityId: unit.entityId, unitId: unit.unitId, sealId: null, bodyId: null, personId: null },
          ...{ reason, data: dataOfChange(change), effectiveOn: effectiveOn || null },
          title: await titleInBoth("organisation", (say, of) =>
            say(`change.titles.${kind}`, { unit: nameIn(unit.name, of) }),
          ),
        },
      });
    },
    onSuccess: async ({ matterId }) => {
      await navigate({ to: paths.matter(matterId) });
      await refreshMatters(queries);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (change && reason.trim() !== "") save.mutate();
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <section className="card matter-form" aria-label={t(`change.kinds.${kind}`)}>
        <div className="card-body stack">
          <Fields
            missing={[]}
            data={data}
            entityId={unit.entityId}
            sealId={null}
            unitId={unit.unitId}
            onChange={setData}
          />
          <Field label={t("change.effectiveOn")} hint={t("change.effectiveOnHint")}>
            {(control) => (
              <TextInput
                {...control}
                type="date"
                value={effectiveOn}
                onChange={(event) => setEffectiveOn(event.target.value)}
              />
            )}
          </Field>
          <ReasonField
            label={t("reason")}
            problem={tried && reason.trim() === "" ? t("change.reasonMissing") : undefined}
            most={2000}
            value={reason}
            onChange={setReason}
          />
        </div>
      </section>
      {change ? (
        <UnitImpactPanel unitId={unit.unitId} change={change} refusals />
      ) : (
        <Message tone={tried ? "problem" : "action"} live={tried} title={t("change.incomplete")} />
      )}
      <ErrorPanel error={save.error} />
      <div className="row row-end">
        <Link className="button-link button-link-quiet" to={paths.organisation}>
          {t("change.cancel")}
        </Link>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t("change.ask")}
        </Button>
      </div>
      <p className="note small">{t("change.askWhy")}</p>
    </form>
  );
}
