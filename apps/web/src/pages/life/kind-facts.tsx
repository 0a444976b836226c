import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { formatNames, nameIn, sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { FactTag, Tag } from "../../parts/state-tag.tsx";
import { useClassName } from "../document-classes/queries.ts";
import { sealTypesQuery } from "../seals/queries.ts";
import { type KindFields, listChanged, type SealTypeNow, type SealTypeWaiting } from "./seal-kind-form.ts";

/** What a kind rules, each part in a line of words. */
function useKindWords(): (kind: KindFields) => Readonly<Record<keyof KindFields, string>> {
  const t = useText("life");
  const className = useClassName();
  const language = useLanguage();
  const yes = (on: boolean): string => t(on ? "types.yes" : "types.no");
  return (kind) => ({
    name: nameIn(kind.name, language),
    ...{ important: yes(kind.important), external: yes(kind.external), dualControl: yes(kind.dualControl) },
    classes:
      formatNames(
        kind.classes.map((id) => className(id)),
        language,
      ) || t("types.noClasses"),
    leastContainer: t(`types.containers.${kind.leastContainer}`),
    holders: t(`types.holdersOf.${kind.holders}`),
    pressers: t(`types.pressersOf.${kind.pressers}`),
    filing: t(`types.filings.${kind.filing}`),
    shape: t(`types.shapes.${kind.shape}`),
    ...{ widthMm: `${kind.widthMm} mm`, heightMm: `${kind.heightMm} mm` },
  });
}

const labels = {
  name: "types.name",
  important: "types.important",
  external: "types.external",
  classes: "types.classes",
  dualControl: "types.dualControl",
  leastContainer: "types.leastContainer",
  holders: "types.holders",
  pressers: "types.pressers",
  filing: "types.filing",
  shape: "types.shape",
  widthMm: "types.width",
  heightMm: "types.height",
} as const satisfies Record<keyof KindFields, string>;

export function KindFacts(props: { kind: SealTypeNow; onChange?: () => void }): ReactElement {
  const className = useClassName();
  const { kind, onChange } = props;
  const t = useText("life");
  const language = useLanguage();
  const words = useKindWords()(kind);
  const word = useWord();
  return (
    <>
      <div className="row">
        <strong className="grow">
          {nameIn(kind.name, language)} {kind.important && <FactTag>{t("types.important")}</FactTag>}
          {kind.external && <FactTag>{t("types.external")}</FactTag>}
          {kind.dualControl && <FactTag>{t("types.dualControl")}</FactTag>}
          {kind.own && <FactTag>{t("types.own", { base: word("sealTypes", kind.type) })}</FactTag>}
        </strong>
        {onChange && (
          <Button onClick={onChange}>
            {t("types.change")}
            <span className="unseen">{nameIn(kind.name, language)}</span>
          </Button>
        )}
      </div>
      <p className="note small">
        {`${t("types.version")} ${kind.version}`}
        {" · "}
        {`${words.shape}, ${t("types.sizeMm", { width: kind.widthMm, height: kind.heightMm })}`}
        {" · "}
        {`${t("types.filing")}: ${words.filing}`}
        {kind.earlier.length > 0 && ` · ${t("types.earlier", { count: kind.earlier.length })}`}
      </p>
      <dl className="facts">
        {(["classes", "leastContainer", "holders", "pressers"] as const).map((key) => (
          <div key={key} className="facts-line">
            <dt>{t(labels[key])}</dt>
            <dd>
              {words[key]}
              {key === "classes" && kind.ownClasses.length > 0 && (
                <span className="note">
                  {" · "}
                  {t("types.ownClasses", { classes: formatNames(kind.ownClasses.map(className), language) })}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** A change that waits: what it would make different, and the second person's answer. */
export function WaitingKind(props: { now: SealTypeNow | null; waiting: SealTypeWaiting }): ReactElement {
  const { now, waiting } = props;
  const t = useText("life");
  const language = useLanguage();
  const wordsOf = useKindWords();
  const queries = useQueryClient();
  const [was, will] = [now ? wordsOf(now) : null, wordsOf(waiting)];
  const changed = now ? listChanged(now, waiting) : (Object.keys(labels) as (keyof KindFields)[]);
  const name = nameIn(waiting.name, language);
  const decide = useMutation({
    mutationFn: (confirm: boolean) =>
      api("POST /v1/seal-type-changes/:sealTypeChangeId/decide", {
        params: { sealTypeChangeId: waiting.sealTypeChangeId },
        body: { confirm },
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: sealTypesQuery.queryKey }),
  });
  return (
    <div className="kind-waiting stack stack-tight">
      <div className="row">
        <Tag tone="action" sign="clock">
          {t(now ? "types.waits" : "types.newWaits")}
        </Tag>
        {waiting.askedBy && (
          <span className="note small">{t("types.askedBy", { name: nameIn(waiting.askedBy.name, language) })}</span>
        )}
      </div>
      <dl className="facts">
        {changed.map((key) => (
          <div key={key} className="facts-line">
            <dt>{t(labels[key])}</dt>
            <dd>{was ? t("types.fromTo", { from: was[key], to: will[key] }) : will[key]}</dd>
          </div>
        ))}
      </dl>
      <p className="typed">{sayHalf(waiting.reason, language)}</p>
      {waiting.mayConfirm ? (
        <div className="row">
          <Button disabled={decide.isPending} onClick={() => decide.mutate(false)}>
            {t("types.decline")}
            <span className="unseen">{name}</span>
          </Button>
          <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate(true)}>
            {t("types.confirm")}
            <span className="unseen">{name}</span>
          </Button>
        </div>
      ) : (
        <span className="note small">{t("types.secondPerson")}</span>
      )}
      <ErrorPanel error={decide.error} />
    </div>
  );
}
