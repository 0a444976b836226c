import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn, sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { beginBody, bodyOf, followSeal, listGaps } from "./matter-body.ts";
import { matterForm } from "./matter-forms.ts";
import { SubjectFields } from "./matter-subjects.tsx";
import { type MatterBody, matterKindsQuery, matterQuery, organisationQuery, refreshMatters } from "./queries.ts";
import "./matters.css";
import { sealChoicesQuery } from "../seals/queries.ts";

/** Begins a matter: its kind, what it is about, why, and from when. `kind`, `sealId` and `personId` may stand in the address. */
export function NewMatterPage(): ReactElement {
  const t = useText("matters");
  const language = useLanguage();
  const session = useSession();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const { data: kinds, error, refetch } = useQuery(matterKindsQuery);
  const { data: organisation } = useQuery(organisationQuery);
  const { data: seals } = useQuery(sealChoicesQuery);
  if (error) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!kinds || !organisation || !seals) return <PageSkeleton />;
  const seal = seals.items.find((one) => one.sealId === search.sealId);
  const home = organisation.units.find((unit) => unit.unitId === session.unit?.unitId);
  const offered = kinds.items.filter((one) => one.mayAsk && !matterForm(one.kind).ownPage);
  const [first] = offered;
  const head = (
    <PageHeader
      trail={[
        { to: paths.matters, name: t("list.title") },
        { to: paths.newMatter, name: t("form.new") },
      ]}
      title={t("form.new")}
      lead={t("form.lead")}
    />
  );
  if (!first)
    return (
      <>
        {head}
        <EmptyState title={t("form.none")} action={<Link to={paths.matters}>{t("form.back")}</Link>}>
          {t("form.noneWhy")}
        </EmptyState>
      </>
    );
  const kind = offered.find((one) => one.kind === search.kind) ?? first;
  return (
    <>
      {head}
      <MatterFormCard
        start={{
          ...beginBody(
            kind.kind,
            seal?.entity.entityId ?? home?.entityId ?? organisation.entities[0]?.entityId ?? "",
            seal?.sealId ?? null,
          ),
          personId: typeof search.personId === "string" ? search.personId : null,
          // A link from one of several that are alike names the very one.
          data: typeof search.takeOutId === "string" ? { takeOutId: search.takeOutId } : {},
        }}
        kinds={offered.map((one) => ({ kind: one.kind, name: nameIn(one.name, language) }))}
        save={async (body) => (await api("POST /v1/matters", { body })).matterId}
        back={paths.matters}
      />
    </>
  );
}

/** Changes a draft, or what was returned or withdrawn. */
export function EditMatterPage(): ReactElement {
  const t = useText("matters");
  const language = useLanguage();
  const { matterId = "" } = useParams({ strict: false });
  const { data: matter, error, refetch } = useQuery(matterQuery(matterId));
  if (error && !matter) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!matter) return <PageSkeleton />;
  return (
    <>
      <PageHeader
        trail={[
          { to: paths.matters, name: t("list.title") },
          { to: paths.matter(matterId), name: matter.number ?? t("page.draft") },
        ]}
        title={t("form.edit")}
        lead={sayHalf(matter.title, language)}
      />
      {matter.actions.includes("edit") ? (
        <MatterFormCard
          start={bodyOf(matter)}
          kinds={[{ kind: matter.kind, name: nameIn(matter.kindName, language) }]}
          save={async ({ kind: _, ...body }) => {
            await api("PUT /v1/matters/:matterId", { params: { matterId }, body });
            return matterId;
          }}
          back={paths.matter(matterId)}
        />
      ) : (
        <Message
          tone="frozen"
          title={t("form.fixed")}
          action={<Link to={paths.matter(matterId)}>{t("form.toMatter")}</Link>}
        >
          {t("form.fixedWhy")}
        </Message>
      )}
    </>
  );
}

function MatterFormCard(props: {
  start: MatterBody;
  kinds: readonly { readonly kind: MatterBody["kind"]; readonly name: string }[];
  save: (body: MatterBody) => Promise<string>;
  back: string;
}): ReactElement {
  const t = useText("matters");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [body, setBody] = useState(props.start);
  const [tried, setTried] = useState(false);
  const [stuck, setStuck] = useState(false);
  const { data: seals } = useQuery(sealChoicesQuery);
  const change = (part: Partial<MatterBody>): void => setBody((before) => ({ ...before, ...part }));
  const form = matterForm(body.kind);
  const { Fields } = form;
  const gaps = listGaps(body, form);
  const missing = form.listMissing?.(body.data) ?? [];
  const problem = (gap: (typeof gaps)[number]): string | undefined =>
    tried && gaps.includes(gap) ? t(`form.gaps.${gap}`) : undefined;
  const save = useMutation({
    mutationFn: () => props.save(body),
    onSuccess: async (matterId) => {
      await navigate({ to: paths.matter(matterId) });
      await refreshMatters(queries);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (gaps.length === 0 && missing.length === 0) save.mutate();
  };
  return (
    <form className="card matter-form" onSubmit={submit} noValidate>
      <div className="card-body stack">
        <Field label={t("form.kind")}>
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={body.kind}
              disabled={props.kinds.length === 1}
              onChange={(event) => {
                const chosen = props.kinds.find((one) => one.kind === event.target.value);
                if (chosen) setBody({ ...beginBody(chosen.kind, body.entityId, body.sealId), title: body.title });
              }}
            >
              {props.kinds.map((one) => (
                <option key={one.kind} value={one.kind}>
                  {one.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        {!form.followsSeal && <SubjectFields body={body} form={form} problem={problem} onChange={change} />}
        {Fields && (
          <Fields
            data={body.data}
            missing={tried ? missing : []}
            entityId={body.entityId}
            sealId={body.sealId}
            unitId={body.unitId}
            personId={body.personId}
            onStuck={setStuck}
            onChange={(data, about) =>
              setBody((before) => ({ ...followSeal(before, about, seals?.items ?? []), data }))
            }
          />
        )}
        {problem("pieces") && <Message tone="problem" live="alert" title={problem("pieces")} />}
        {!stuck && (
          <>
            <Field label={t("form.title")} hint={t("form.titleHint")} problem={problem("title")}>
              {(control) => (
                <TextInput
                  {...control}
                  maxLength={200}
                  value={body.title}
                  onChange={(event) => change({ title: event.target.value })}
                />
              )}
            </Field>
            <Field label={t("form.reason")} hint={t("form.reasonHint")}>
              {(control) => (
                <TextLines
                  {...control}
                  rows={4}
                  maxLength={2000}
                  value={body.reason}
                  onChange={(event) => change({ reason: event.target.value })}
                />
              )}
            </Field>
            {form.dated && (
              <Field label={t("form.effectiveOn")} hint={t("form.effectiveOnHint")}>
                {(control) => (
                  <TextInput
                    {...control}
                    type="date"
                    value={body.effectiveOn ?? ""}
                    onChange={(event) => change({ effectiveOn: event.target.value || null })}
                  />
                )}
              </Field>
            )}
          </>
        )}
        <ErrorPanel error={save.error} />
        <div className="row row-end">
          <Link className="button-link button-link-quiet" to={props.back}>
            {t("form.cancel")}
          </Link>
          {!stuck && (
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t("form.save")}
            </Button>
          )}
        </div>
        {!stuck && <p className="note small">{t("form.saveWhy")}</p>}
      </div>
    </form>
  );
}
