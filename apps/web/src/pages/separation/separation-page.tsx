import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useFormatContext, useMoment } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { dayOf } from "../training/standing.ts";
import { DelegationList } from "./delegation-list.tsx";
import { HoleList } from "./hole-list.tsx";
import { LoosenedCard, MatrixCard } from "./matrix-card.tsx";
import { delegationsQuery, type Separation, separationQuery, standsOn } from "./queries.ts";
import "./separation.css";

/** One question with one button: who could carry a use alone? Below, the matrix and what the profile loosens. */
export function SeparationPage(): ReactElement {
  const t = useText("separation");
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(separationQuery);
  const delegations = useQuery(delegationsQuery("all"));
  const [asked, setAsked] = useState("");
  const ask = useMutation({
    mutationFn: () => api("POST /v1/separation/checks"),
    onSuccess: () => queries.invalidateQueries({ queryKey: separationQuery.queryKey }),
  });
  return (
    <>
      <PageHeader
        title={t("title")}
        trail={[{ to: paths.organisation, name: t("back") }]}
        lead={t("lead")}
        actions={
          <Button type="primary" loading={ask.isPending} onClick={() => ask.mutate()}>
            {t("ask.now")}
          </Button>
        }
      />
      <div className="stack">
        <ErrorPanel error={ask.error ?? error} onRetry={() => void refetch()} />
        {!data && !error && <LinesSkeleton lines={8} />}
        {data && (
          <>
            <Answer separation={data} />
            <OnDay proof={data.proof} asked={asked} onAsk={setAsked} />
            <HoleList holes={data.proof.holes.filter((hole) => asked === "" || standsOn(hole, asked))} />
            {data.conflicts.length > 0 && (
              <section className="stack" aria-labelledby="conflicts">
                <h2 id="conflicts">{t("conflicts")}</h2>
                <RefusalList refusals={data.conflicts} />
              </section>
            )}
            <LoosenedCard loosened={data.loosened} />
            <DelegationList
              title={t("away.all")}
              none={t("away.allNone")}
              delegations={delegations.data?.items}
              error={delegations.error}
            />
            <MatrixCard profile={data.profile} pairs={data.pairs} />
          </>
        )}
      </div>
    </>
  );
}

/** The answer in one sentence, then when it was asked and what was kept. Read out when it changes. */
function Answer(props: { separation: Separation }): ReactElement {
  const { proof, lastCheck } = props.separation;
  const t = useText("separation");
  const language = useLanguage();
  const moment = useMoment();
  const kept = lastCheck
    ? t("ask.last", {
        at: moment(lastCheck.at),
        who: lastCheck.askedBy ? t("ask.by", { name: nameIn(lastCheck.askedBy.name, language) }) : t("ask.clock"),
        count: lastCheck.holes,
      })
    : t("ask.never");
  return (
    <Message
      live
      tone={proof.holds ? "success" : "problem"}
      title={proof.holds ? t("ask.holds") : t("ask.hole", { count: proof.holes.length })}
    >
      {proof.holds && <p>{t("ask.holdsWhy")}</p>}
      <p className="note small">
        {t("ask.asked", { at: moment(proof.at) })} {kept}
      </p>
    </Message>
  );
}

/** The answer is of every day; this is its part of one of them, which a reader may want to name. */
function OnDay(props: { proof: Separation["proof"]; asked: string; onAsk: (day: string) => void }): ReactElement {
  const { proof, asked, onAsk } = props;
  const t = useText("separation");
  const day = useDay();
  const { timeZone } = useFormatContext();
  const count = proof.holes.filter((hole) => standsOn(hole, asked)).length;
  return (
    <section className="card card-body stack stack-tight" aria-label={t("ask.day")}>
      <Field label={t("ask.day")} hint={t("ask.dayHint")}>
        {(control) => (
          <TextInput
            {...control}
            type="date"
            min={dayOf(new Date(proof.at), timeZone)}
            value={asked}
            onChange={(event) => onAsk(event.target.value)}
          />
        )}
      </Field>
      <p aria-live="polite">
        {asked !== "" &&
          (count === 0 ? t("ask.dayHolds", { day: day(asked) }) : t("ask.dayHole", { day: day(asked), count }))}
      </p>
    </section>
  );
}
