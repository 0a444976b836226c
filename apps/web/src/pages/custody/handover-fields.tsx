import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useEffect, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useFormatContext } from "../../i18n/use-format.ts";
import { Field } from "../../parts/field.tsx";
import { useMaskedTitle } from "../../parts/request-title.tsx";
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
import { useLockName } from "./use-lock-name.ts";
import { useSayGap } from "./use-say-gap.ts";

interface Part {
  readonly data: HandoverData;
  readonly onChange: (change: Partial<HandoverData>, about?: string) => void;
}

/** Who hands over, who receives, who sees it. `problem` stands at everybody who is missing or named twice. */
export function HandoverPeople({
  data,
  problem,
  onChange,
}: Part & { readonly problem: string | undefined }): ReactElement {
  const t = useText("custody");
  const { transferorId, receiverId, witnessId } = data;
  const at = (personId: string, before: readonly string[]): string | undefined =>
    personId === "" || before.includes(personId) ? problem : undefined;
  return (
    <>
      <PersonChoice
        label={t("handover.transferor")}
        problem={at(transferorId, [])}
        value={transferorId}
        onChange={(id) => onChange({ transferorId: id, bodies: [], lockIds: [], requestIds: [] })}
      />
      <PersonChoice
        label={t("handover.receiver")}
        problem={at(receiverId, [transferorId])}
        value={receiverId}
        onChange={(id) => onChange({ receiverId: id })}
      />
      <PersonChoice
        label={t("handover.witness")}
        hint={t("handover.witnessHint")}
        problem={at(witnessId, [transferorId, receiverId])}
        value={witnessId}
        onChange={(id) => onChange({ witnessId: id })}
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
  /** `about` is the first seal that is ticked: whose handover it is called. */
  onChange: (bodies: NamedBody[], about?: string) => void;
}): ReactElement {
  const { bodies } = props;
  const t = useText("custody");
  const language = useLanguage();
  const { data: holdings } = useQuery(holdingsQuery(props.personId));
  const { sealId = null } = props;
  const [ticked, setTicked] = useState<string | null>(null);
  const held = holdings?.bodies ?? [];
  const lastOf = (bodyId: string) => held.find((body) => body.bodyId === bodyId)?.condition ?? null;
  const onChange = (named: NamedBody[]): void =>
    props.onChange(named, held.find((body) => body.bodyId === named[0]?.bodyId)?.seal.sealId);
  const wanted = sealId === ticked ? [] : listBodiesOf(held, sealId);
  useEffect(() => {
    if (wanted.length === 0) return;
    setTicked(sealId);
    if (bodies.length === 0) onChange(toggleSeal(bodies, wanted, true, lastOf));
  });
  if (props.personId === "") return <p className="note">{t("handover.noSeals")}</p>;
  if (!holdings) return <LinesSkeleton lines={3} />;
  const sealIds = listSealsToHandOver(held);
  // One matter is of one entity: its signatory and its number are that entity's.
  const entityId = held.find((body) => body.bodyId === bodies[0]?.bodyId)?.entityId;
  const ofOthers = entityId !== undefined && held.some((body) => body.entityId !== entityId);
  return (
    <fieldset className="custody-set stack stack-tight">
      <legend>{t("handover.seals")}</legend>
      {sealIds.length === 0 && <p className="note">{t("handover.noSeals")}</p>}
      {sealIds.map((sealId) => {
        const own = held.filter((body) => body.seal.sealId === sealId);
        const [first] = own;
        if (!first) return null;
        const ids = own.map((body) => body.bodyId);
        const chosen = bodies.some((body) => ids.includes(body.bodyId));
        return (
          <div key={sealId} className="stack stack-tight">
            <Tick
              label={`${nameIn(first.seal.name, language)} ${first.seal.number}`}
              checked={chosen}
              disabled={entityId !== undefined && first.entityId !== entityId}
              onChange={(checked) => onChange(toggleSeal(bodies, ids, checked, lastOf))}
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
      {ofOthers && <p className="note small">{t("handover.otherEntity")}</p>}
      <p className="note small">{t("handover.sealsHint")}</p>
    </fieldset>
  );
}

export function HandoverInventory({
  data,
  sealId = null,
  onChange,
}: Part & { readonly sealId?: string | null }): ReactElement {
  const titleOf = useMaskedTitle();
  const lockName = useLockName();
  const t = useText("custody");
  const { data: holdings } = useQuery(holdingsQuery(data.transferorId));
  const toggle = (list: readonly string[], id: string, chosen: boolean): string[] =>
    chosen ? [...list, id] : list.filter((one) => one !== id);
  return (
    <>
      <SealsToHandOver
        personId={data.transferorId}
        sealId={sealId}
        bodies={data.bodies}
        onChange={(bodies, about) => onChange({ bodies }, about)}
      />
      {holdings && holdings.locks.length > 0 && (
        <fieldset className="custody-set stack stack-tight">
          <legend>{t("handover.locks")}</legend>
          {holdings.locks.map((lock) => (
            <Tick
              key={lock.lockId}
              label={lockName({ ...lock, container: lock.container?.name ?? null })}
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
              label={`${request.number ?? ""} ${titleOf(request.title)}`}
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

export function HandoverOccasion({
  data,
  problem,
  onChange,
}: Part & { readonly problem?: string | undefined }): ReactElement {
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
      <Field label={t("handover.place")} problem={problem}>
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
  missing: readonly string[];
  onChange: (data: MatterData, about?: string) => void;
}): ReactElement {
  const problem = useSayGap(props.missing);
  const { personId } = useSession().person;
  const data = readHandover({ transferorId: personId, ...props.data });
  const change = (part: Partial<HandoverData>, about?: string): void => props.onChange({ ...data, ...part }, about);
  return (
    <>
      <HandoverPeople data={data} problem={problem("people")} onChange={change} />
      <HandoverInventory data={data} sealId={props.sealId} onChange={change} />
      <HandoverOccasion data={data} problem={problem("place")} onChange={change} />
    </>
  );
}
