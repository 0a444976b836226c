import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { formatCount, nameIn, sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { refreshForms, type Series, type StockTake } from "./queries.ts";

/** Counts of the stock: one that waits for its second person, and the last ones. */
export function StockTakes(props: { series: Series }): ReactElement {
  const { series } = props;
  const t = useText("forms");
  return (
    <section className="card" aria-labelledby="counts-title">
      <header>
        <h2 id="counts-title">{t("counts.title")}</h2>
      </header>
      {series.stockTakes.length === 0 ? (
        <p className="card-body note">{t("counts.none")}</p>
      ) : (
        <ul className="rows">
          {series.stockTakes.map((count) => (
            <li key={count.countId} className="rows-line">
              <Count count={count} seriesId={series.seriesId} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const nothing = { missing: "", voidedMissing: "", found: "", unexpected: "" };

function Count(props: { count: StockTake; seriesId: string }): ReactElement {
  const { count } = props;
  const t = useText("forms");
  const language = useLanguage();
  const recent = useRecent();
  const twice = count.second !== null && count.second.differing !== "" ? count.second : null;
  // What the first count alone would mean is no result while the second says otherwise.
  const { missing, voidedMissing, found, unexpected } = twice ? nothing : count;
  const differs = missing !== "" || voidedMissing !== "" || unexpected !== "";
  return (
    <div className="grow stack stack-tight">
      <div className="row">
        <strong className="grow">
          {count.total === null
            ? t("counts.blind", { expected: formatCount(count.expected) })
            : t("counts.summary", { total: formatCount(count.total), expected: formatCount(count.expected) })}
        </strong>
        {count.state === "waiting" ? (
          <Tag tone="waiting" sign="dashed">
            {t("counts.states.waiting")}
          </Tag>
        ) : (
          <Tag
            tone={count.state === "declined" && !twice ? "ended" : differs || twice ? "problem" : "success"}
            sign={count.state === "declined" && !twice ? "stop" : differs || twice ? "octagon" : "check"}
          >
            {t(
              twice
                ? "counts.twiceDiffers"
                : count.state === "confirmed" && differs
                  ? "counts.differs"
                  : `counts.states.${count.state}`,
            )}
          </Tag>
        )}
      </div>
      {count.countedBy && (
        <span className="note small">
          {t("counts.by", { name: nameIn(count.countedBy.name, language), at: recent(count.countedAt) })}
          {count.decidedBy &&
            count.decidedAt &&
            ` · ${t(twice ? "counts.secondBy" : `counts.states.${count.state}`)} ${t("counts.decided", { name: nameIn(count.decidedBy.name, language), at: recent(count.decidedAt) })}`}
        </span>
      )}
      {twice && <TwoCounts count={count} second={twice} />}
      {missing !== "" && <span>{t("counts.missing", { ranges: missing })}</span>}
      {voidedMissing !== "" && <span>{t("counts.voidedMissing", { ranges: voidedMissing })}</span>}
      {found !== "" && <span>{t("counts.found", { ranges: found })}</span>}
      {unexpected !== "" && <span>{t("counts.unexpected", { ranges: unexpected })}</span>}
      {count.total !== null && !twice && !differs && found === "" && <span>{t("counts.agrees")}</span>}
      {count.note && <span className="note">{sayHalf(count.note, language)}</span>}
      {count.mayDecide && <Decide count={count} seriesId={props.seriesId} />}
    </div>
  );
}

/** Both counts side by side, what they differ about, and what becomes of it. */
function TwoCounts(props: { count: StockTake; second: NonNullable<StockTake["second"]> }): ReactElement {
  const { count, second } = props;
  const t = useText("forms");
  const none = t("counts.noNumbers");
  const lines = [
    [
      t("counts.firstCount"),
      t("counts.counted", { total: formatCount(count.total ?? 0), ranges: count.counted || none }),
    ],
    [
      t("counts.secondCount"),
      t("counts.counted", { total: formatCount(second.total), ranges: second.counted || none }),
    ],
    [t("counts.differing"), second.differing],
  ] as const;
  return (
    <>
      <dl className="facts">
        {lines.map(([name, value]) => (
          <div key={name} className="facts-line">
            <dt>{name}</dt>
            <dd className="typed">{value}</dd>
          </div>
        ))}
      </dl>
      <span>{t("counts.twiceNext")}</span>
    </>
  );
}

function Decide(props: { count: StockTake; seriesId: string }): ReactElement {
  const { count, seriesId } = props;
  const t = useText("forms");
  const queries = useQueryClient();
  const [note, setNote] = useState("");
  const [numbers, setNumbers] = useState("");
  const decide = useMutation({
    mutationFn: (counted: string | null) =>
      api("POST /v1/form-series/:seriesId/stock-takes/:countId/decision", {
        params: { seriesId, countId: count.countId },
        body: { numbers: counted, note },
      }),
    onSettled: () => refreshForms(queries),
  });
  return (
    <div className="stack stack-tight">
      <p>{t("counts.yourTurn")}</p>
      <Field label={t("counts.yours")} hint={t("counts.yoursHint")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={4000}
            value={numbers}
            onChange={(event) => setNumbers(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("counts.note")}>
        {(control) => (
          <TextInput {...control} maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
      <ErrorPanel error={decide.error} />
      <div className="row">
        <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate(numbers.trim())}>
          {t("counts.confirm")}
        </Button>
        <Button loading={decide.isPending} onClick={() => decide.mutate(null)}>
          {t("counts.decline")}
        </Button>
      </div>
    </div>
  );
}
