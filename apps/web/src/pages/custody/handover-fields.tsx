import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useEffect, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useFormatContext } from "../../i18n/use-format.ts";
import { Field } from "../../parts/field.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { useSession } from "../../session.ts";
import type { MatterData } from "../matters/matter-forms.ts";
import { Choice, ConditionChoice, PersonChoice, Tick } from "./custody-choices.tsx";
import {
  CAUSES,
  type HandoverData,
  listBodiesOf,
  listSealsToHandOver,
  type NamedBody,
  readHandover,
  toggleSeal,
} from "./custody-data.ts";
import { holdingsQuery } from "./queries.ts";
import { fromLocalInput, toLocalInput } from "./tracks.ts";

interface Part {
  readonly data: HandoverData;
  readonly onChange: (change: Partial<HandoverData>) => void;
}

export function HandoverPeople({ data, onChange }: Part): ReactElement {
  const t = useText("custody");
  return (
    <>
      <PersonChoice
        label={t("handover.transferor")}
        value={data.transferorId}
        onChange={(transferorId) => onChange({ transferorId, bodies: [], lockIds: [], requestIds: [] })}
      />
      <PersonChoice
        label={t("handover.receiver")}
        value={data.receiverId}
        onChange={(receiverId) => onChange({ receiverId })}
      />
      <PersonChoice
        label={t("handover.witness")}
        hint={t("handover.witnessHint")}
        value={data.witnessId}
        onChange={(witnessId) => onChange({ witnessId })}
      />
    </>
  );
}

/** Seals of a person, each chosen whole, with the state of every piece. */
export function SealsToHandOver(props: {
  personId: string;
  /** The seal that somebody came from: ticked as soon as it is known that this person answers for it. */
  sealId?: string | null;
  bodies: readonly NamedBody[];
  onChange: (bodies: NamedBody[]) => void;
}): ReactElement {
  const { bodies, onChange } = props;
  const t = useText("custody");
  const language = useLanguage();
  const { data: holdings } = useQuery(holdingsQuery(props.personId));
  const { sealId = null } = props;
  const [ticked, setTicked] = useState<string | null>(null);
  const wanted = sealId === ticked ? [] : listBodiesOf(holdings?.bodies ?? [], sealId);
  useEffect(() => {
    if (wanted.length === 0) return;
    setTicked(sealId);
    if (bodies.length === 0) props.onChange(toggleSeal(bodies, wanted, true));
  });
  if (props.personId === "") return <p className="note">{t("handover.noSeals")}</p>;
  if (!holdings) return <LinesSkeleton lines={3} />;
  const sealIds = listSealsToHandOver(holdings.bodies);
  return (
    <fieldset className="custody-set stack stack-tight">
      <legend>{t("handover.seals")}</legend>
      {sealIds.length === 0 && <p className="note">{t("handover.noSeals")}</p>}
      {sealIds.map((sealId) => {
        const own = holdings.bodies.filter((body) => body.seal.sealId === sealId);
        const [first] = own;
        if (!first) return null;
        const ids = own.map((body) => body.bodyId);
        const chosen = bodies.some((body) => ids.includes(body.bodyId));
        return (
          <div key={sealId} className="stack stack-tight">
            <Tick
              label={`${nameIn(first.seal.name, language)} ${first.seal.number}`}
              checked={chosen}
              onChange={(checked) => onChange(toggleSeal(bodies, ids, checked))}
            />
            {chosen &&
              own
                .filter((body) => body.kind === "physical")
                .map((body) => (
                  <ConditionChoice
                    key={body.bodyId}
                    label={t("handover.condition", { body: body.number })}
                    value={bodies.find((one) => one.bodyId === body.bodyId)?.condition ?? "good"}
                    onChange={(condition) =>
                      onChange(bodies.map((one) => (one.bodyId === body.bodyId ? { ...one, condition } : one)))
                    }
                  />
                ))}
          </div>
        );
      })}
      <p className="note small">{t("handover.sealsHint")}</p>
    </fieldset>
  );
}

export function HandoverInventory({
  data,
  sealId = null,
  onChange,
}: Part & { readonly sealId?: string | null }): ReactElement {
  const t = useText("custody");
  const language = useLanguage();
  const { data: holdings } = useQuery(holdingsQuery(data.transferorId));
  const toggle = (list: readonly string[], id: string, chosen: boolean): string[] =>
    chosen ? [...list, id] : list.filter((one) => one !== id);
  return (
    <>
      <SealsToHandOver
        personId={data.transferorId}
        sealId={sealId}
        bodies={data.bodies}
        onChange={(bodies) => onChange({ bodies })}
      />
      {holdings && holdings.locks.length > 0 && (
        <fieldset className="custody-set stack stack-tight">
          <legend>{t("handover.locks")}</legend>
          {holdings.locks.map((lock) => (
            <Tick
              key={lock.lockId}
              label={`${lock.container ? nameIn(lock.container.name, language) : ""} · ${t(lock.kind === "key" ? "containers.lockKey" : "containers.lockCode")} ${lock.label}`}
              checked={data.lockIds.includes(lock.lockId)}
              onChange={(chosen) => onChange({ lockIds: toggle(data.lockIds, lock.lockId, chosen) })}
            />
          ))}
        </fieldset>
      )}
      {holdings && holdings.requests.length > 0 && (
        <fieldset className="custody-set stack stack-tight">
          <legend>{t("handover.requests")}</legend>
          {holdings.requests.map((request) => (
            <Tick
              key={request.requestId}
              label={`${request.number ?? ""} ${request.title}`}
              checked={data.requestIds.includes(request.requestId)}
              onChange={(chosen) => onChange({ requestIds: toggle(data.requestIds, request.requestId, chosen) })}
            />
          ))}
          <p className="note small">{t("handover.requestsHint")}</p>
        </fieldset>
      )}
      <Field label={t("handover.devices")} hint={t("handover.devicesHint")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={1000}
            value={data.deviceRights}
            onChange={(event) => onChange({ deviceRights: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("handover.books")} hint={t("handover.booksHint")}>
        {(control) => (
          <TextLines
            {...control}
            rows={2}
            maxLength={1000}
            value={data.books}
            onChange={(event) => onChange({ books: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

export function HandoverOccasion({ data, onChange }: Part): ReactElement {
  const { timeZone } = useFormatContext();
  const t = useText("custody");
  return (
    <>
      <Choice
        label={t("handover.cause")}
        value={data.cause}
        options={CAUSES.map((one) => ({ id: one, name: t(`causes.${one}`) }))}
        onChange={(id) => onChange({ cause: CAUSES.find((one) => one === id) ?? "other" })}
      />
      <Field label={t("handover.place")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={200}
            value={data.place}
            onChange={(event) => onChange({ place: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("handover.when")}>
        {(control) => (
          <TextInput
            {...control}
            type="datetime-local"
            value={data.at === null ? "" : toLocalInput(Date.parse(data.at), timeZone)}
            onChange={(event) => onChange({ at: fromLocalInput(event.target.value, timeZone) })}
          />
        )}
      </Field>
    </>
  );
}

/** All of a handover at once, where a draft is written again. */
export function HandoverFields(props: {
  data: MatterData;
  sealId: string | null;
  onChange: (data: MatterData) => void;
}): ReactElement {
  const { personId } = useSession().person;
  const data = readHandover({ transferorId: personId, ...props.data });
  const change = (part: Partial<HandoverData>): void => props.onChange({ ...data, ...part });
  return (
    <>
      <HandoverPeople data={data} onChange={change} />
      <HandoverInventory data={data} sealId={props.sealId} onChange={change} />
      <HandoverOccasion data={data} onChange={change} />
    </>
  );
}
