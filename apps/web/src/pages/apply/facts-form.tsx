import { useQuery } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import { formatAmount, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useFormatContext } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { Field, type FieldControl } from "../../parts/field.tsx";
import { RadioChoice } from "../../parts/radio-choice.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { useSession } from "../../session.ts";
import { documentClassesQuery, useClassName } from "../document-classes/queries.ts";
import { todayIn } from "../organisation/organisation.ts";
import { peopleQuery } from "../organisation/queries.ts";
import { readAmount } from "./amount.ts";
import { useApply } from "./apply-context.ts";
import { ConfidentialField } from "./confidential-field.tsx";
import { type CounterpartyKind, confideByClass, type DraftFacts } from "./draft.ts";
import { EmergencyField } from "./emergency-field.tsx";
import { JointField } from "./joint-field.tsx";
import { StandingField } from "./standing-field.tsx";
import type { FactGap } from "./steps.ts";
import { UseModeField } from "./use-mode-field.tsx";

const CURRENCIES = ["CNY", "USD", "EUR", "HKD", "JPY", "GBP"] as const;

/** What the documents are about: what rules and reviewers go by. */
export function FactsForm(props: { gaps: readonly FactGap[] }): ReactElement {
  const { draft, store } = useApply();
  const { facts } = draft;
  const t = useText("apply");
  const session = useSession();
  const language = useLanguage();
  const change = (fact: Partial<typeof facts>): void => store.change({ type: "fact", change: fact });
  // A series has its class, other side and amounts from its template and list.
  const isSeries = facts.seriesId !== null;
  const problemOf = (gap: FactGap): string | undefined => (props.gaps.includes(gap) ? t(`problems.${gap}`) : undefined);
  return (
    <section className="card" aria-labelledby="apply-facts">
      <header>
        <h2 id="apply-facts">{t("facts.title")}</h2>
      </header>
      <div className="card-body facts-form">
        {session.entities.length > 1 && (
          <GapField gap="entity" label={t("facts.entity")} problem={problemOf("entity")}>
            {(control) => (
              <select
                {...control}
                className="native-select"
                value={facts.entityId ?? ""}
                onChange={(event) => change(moveTo(facts, event.target.value))}
              >
                {session.entities.map((entity) => (
                  <option key={entity.entityId} value={entity.entityId}>
                    {nameIn(entity.name, language)}
                  </option>
                ))}
              </select>
            )}
          </GapField>
        )}
        <ClassFields problem={problemOf("documentClass")} given={isSeries} />
        <GapField gap="title" label={t("facts.matter")} hint={t("facts.matterHint")} problem={problemOf("title")}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={200}
              value={facts.title}
              onChange={(event) => change({ title: event.target.value })}
            />
          )}
        </GapField>
        {!isSeries && (
          <GapField
            gap="counterparty"
            label={facts.external ? t("facts.counterparty") : t("facts.counterpartyInternal")}
            problem={problemOf("counterparty")}
          >
            {(control) => (
              <TextInput
                {...control}
                maxLength={200}
                value={facts.counterparty}
                onChange={(event) => change({ counterparty: event.target.value })}
              />
            )}
          </GapField>
        )}
        {!isSeries && <UseModeField problem={problemOf("copies")} printerProblem={problemOf("printer")} />}
        {facts.external && <CounterpartyKindField />}
        {!isSeries && <AmountField problem={problemOf("amount")} />}
        <GapField gap="purpose" label={t("facts.purpose")} hint={t("facts.purposeHint")} problem={problemOf("purpose")}>
          {(control) => (
            <TextLines
              {...control}
              rows={3}
              maxLength={2000}
              value={facts.purpose}
              onChange={(event) => change({ purpose: event.target.value })}
            />
          )}
        </GapField>
        <DayFields />
        <HandlerField />
        <JointField />
        {!isSeries && <StandingField />}
        {!isSeries && <EmergencyField />}
        <ConfidentialField />
      </div>
    </section>
  );
}

/** To another entity; which can not be the other side too. */
const moveTo = ({ joint }: DraftFacts, entityId: string): Partial<DraftFacts> =>
  joint?.entityId === entityId ? { entityId, joint: null } : { entityId };

/** A field that the way on may lead to. */
function GapField(props: {
  gap: FactGap;
  label: ReactNode;
  hint?: ReactNode;
  problem?: string | undefined;
  children: (control: FieldControl) => ReactNode;
}): ReactElement {
  const { gap, ...field } = props;
  return (
    <div data-gap={gap}>
      <Field {...field} />
    </div>
  );
}

function ClassFields(props: { problem: string | undefined; given: boolean }): ReactElement {
  const { draft, store } = useApply();
  const { facts } = draft;
  const t = useText("apply");
  const className = useClassName();
  const { data: classes } = useQuery(documentClassesQuery);
  // A retired class is chosen by nobody anew; where it stands already it stays seen.
  const choosable = (classes?.items ?? []).filter((one) => !one.retired || one.documentClass === facts.documentClass);
  const chosen = classes?.items.find((one) => one.documentClass === facts.documentClass);
  const reasonOf = ({ documentClass }: { readonly documentClass: string }): string =>
    t("facts.confidentialByClass", { documentClass: className(documentClass) });
  return (
    <>
      <GapField
        gap="documentClass"
        label={t("facts.documentClass")}
        problem={props.problem}
        {...(chosen ? { hint: chosen.makesRights ? t("facts.makesRights") : t("facts.makesNoRights") } : {})}
      >
        {(control) => (
          <select
            {...control}
            className="native-select"
            disabled={props.given}
            value={facts.documentClass ?? ""}
            onChange={(event) => {
              const next = classes?.items.find((one) => one.documentClass === event.target.value);
              if (next)
                store.change({
                  type: "fact",
                  change: {
                    ...{ documentClass: next.documentClass, external: next.external },
                    ...confideByClass(facts, chosen && reasonOf(chosen), next.confidential ? reasonOf(next) : null),
                    // What has no electronic form is stamped, whatever was chosen before.
                    ...(next.electronic === "no" ? { useMode: "by-hand" } : {}),
                  },
                });
            }}
          >
            {facts.documentClass === null && <option value="">{t("facts.choose")}</option>}
            {choosable.map((one) => (
              <option key={one.documentClass} value={one.documentClass}>
                {className(one.documentClass)}
              </option>
            ))}
          </select>
        )}
      </GapField>
      <RadioChoice
        label={t("facts.reach")}
        value={facts.external ? "external" : "internal"}
        options={(["external", "internal"] as const).map((value) => ({ value, label: t(`facts.${value}`) }))}
        onChange={(reach) => store.change({ type: "fact", change: { external: reach === "external" } })}
      />
    </>
  );
}

const COUNTERPARTY_KINDS: readonly CounterpartyKind[] = [
  "company",
  "state-owned",
  "authority",
  "bank",
  "individual",
  "affiliate",
];

/** What the other side is: rules may ask for it. Nobody has to know; where it is not said, the rules are strict. */
function CounterpartyKindField(): ReactElement {
  const { draft, store } = useApply();
  const t = useText("apply");
  const word = useWord();
  return (
    <Field label={t("facts.counterpartyKind")} hint={t("facts.counterpartyKindHint")}>
      {(control) => (
        <select
          {...control}
          className="native-select"
          value={draft.facts.counterpartyKind ?? ""}
          onChange={(event) =>
            store.change({
              type: "fact",
              change: { counterpartyKind: COUNTERPARTY_KINDS.find((one) => one === event.target.value) ?? null },
            })
          }
        >
          <option value="">{word("counterpartyKinds", "unknown")}</option>
          {COUNTERPARTY_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {word("counterpartyKinds", kind)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function AmountField(props: { problem: string | undefined }): ReactElement {
  const { draft, store } = useApply();
  const { facts } = draft;
  const t = useText("apply");
  const language = useLanguage();
  const amount = readAmount(facts.amount);
  const currencies: readonly string[] = CURRENCIES.some((one) => one === facts.currency)
    ? CURRENCIES
    : [...CURRENCIES, facts.currency];
  return (
    <div className="amount-fields">
      <GapField
        gap="amount"
        label={t("facts.amount")}
        hint={amount ? formatAmount(amount, facts.currency, language) : t("facts.amountHint")}
        problem={props.problem}
      >
        {(control) => (
          <TextInput
            {...control}
            inputMode="decimal"
            maxLength={30}
            value={facts.amount}
            onChange={(event) => store.change({ type: "fact", change: { amount: event.target.value } })}
          />
        )}
      </GapField>
      <Field label={t("facts.currency")}>
        {(control) => (
          <select
            {...control}
            className="native-select"
            value={facts.currency}
            onChange={(event) => store.change({ type: "fact", change: { currency: event.target.value } })}
          >
            {currencies.map((currency) => (
              <option key={currency} value={currency}>
                {currency}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}

function DayFields(): ReactElement {
  const { draft, store } = useApply();
  const t = useText("apply");
  const { now, timeZone } = useFormatContext();
  const today = todayIn(now, timeZone);
  const endOfYear = `${today.slice(0, 4)}-12-31`;
  return (
    <div className="field-pair">
      <Field label={t("facts.wantedBy")} hint={t("facts.optional")}>
        {(control) => (
          <TextInput
            {...control}
            type="date"
            min={today}
            value={draft.facts.wantedBy}
            onChange={(event) => store.change({ type: "fact", change: { wantedBy: event.target.value } })}
          />
        )}
      </Field>
      <Field label={t("facts.validUntil")} hint={t("facts.validUntilHint")}>
        {(control) => (
          <TextInput
            {...control}
            type="date"
            min={today}
            max={endOfYear}
            value={draft.facts.validUntil}
            onChange={(event) => store.change({ type: "fact", change: { validUntil: event.target.value } })}
          />
        )}
      </Field>
    </div>
  );
}

function HandlerField(): ReactElement {
  const { draft, store } = useApply();
  const t = useText("apply");
  const session = useSession();
  const language = useLanguage();
  const { data: people } = useQuery(peopleQuery);
  const others = (people?.items ?? []).filter(
    (person) => person.state === "active" && !person.guest && person.personId !== session.person.personId,
  );
  return (
    <Field label={t("facts.handler")} hint={t("facts.handlerHint")}>
      {(control) => (
        <select
          {...control}
          className="native-select"
          value={draft.facts.handlerId ?? ""}
          onChange={(event) => store.change({ type: "fact", change: { handlerId: event.target.value || null } })}
        >
          <option value="">{t("facts.handlerMe", { name: nameIn(session.person.name, language) })}</option>
          {others.map((person) => (
            <option key={person.personId} value={person.personId}>
              {nameIn(person.name, language)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
