import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { useSession } from "../../session.ts";
import { type Controller, type Orders, ordersQuery, refreshControllers } from "./queries.ts";

type Order = Orders["orders"][number];
type Kind = "mount" | "unmount" | "cred-add" | "cred-del" | "inspect" | "unlock";
const KINDS: readonly Kind[] = ["mount", "unmount", "cred-add", "cred-del", "inspect", "unlock"];
const tones = { asked: "waiting", signed: "action", refused: "problem", done: "success", over: "waiting" } as const;
const signs = { asked: "clock", signed: "clock", refused: "octagon", done: "check", over: "dashed" } as const;
const tag = /^[0-9A-Fa-f]{8,32}$/;

/** What sits in a controller and whom it knows, and what two people change about that by an order, at the box. */
export function OrdersCard({ controller }: { controller: Controller }): ReactElement | null {
  const { controllerId } = controller;
  const t = useText("controllers");
  const language = useLanguage();
  const { data, error, refetch } = useQuery(ordersQuery(controllerId));
  const [asked, setAsked] = useState<Kind | null>(null);
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  return (
    <section className="card" aria-labelledby="orders-title">
      <header>
        <h2 id="orders-title">{t("orders.title")}</h2>
      </header>
      <div className="card-body stack">
        {data.mounted.length === 0 ? (
          <p>{t("orders.empty")}</p>
        ) : (
          <ul className="stack stack-tight">
            {data.mounted.map((one) => (
              <li key={one.slot}>
                {t("orders.slot", { slot: one.slot })}{" "}
                {one.piece && `${nameIn(one.piece.name, language)} ${one.piece.number}`}{" "}
                <span className="note mono">{one.tag}</span>
              </li>
            ))}
          </ul>
        )}
        <p>
          <span className="note">{t("orders.fingers")}</span>{" "}
          {formatNames(
            data.fingers.flatMap(({ person }) => (person ? [nameIn(person.name, language)] : [])),
            language,
          )}
        </p>
        {data.mayManage && (
          <div className="row">
            {KINDS.filter((kind) => isOffered(kind, controller, data)).map((kind) => (
              <Button key={kind} onClick={() => setAsked(kind)}>
                {t(`orders.kinds.${kind}`)}
              </Button>
            ))}
          </div>
        )}
        {data.orders.length > 0 && (
          <ul className="controller-lines">
            {data.orders.map((order) => (
              <OrderLine key={order.askId} order={order} />
            ))}
          </ul>
        )}
      </div>
      {asked && <OrderDialog controllerId={controllerId} kind={asked} orders={data} onClose={() => setAsked(null)} />}
    </section>
  );
}

/** What changes nothing is not offered: nothing to take out, to inspect, to unlock. */
function isOffered(kind: Kind, controller: Controller, { mounted, fingers }: Orders): boolean {
  const hinders = (code: string): boolean => controller.hindrances.some((one) => one.code === code);
  if (kind === "unmount") return mounted.length > 0;
  // The last two fingers stay: an order needs two.
  if (kind === "cred-del") return fingers.length > 2;
  if (kind === "inspect") return hinders("controller.hindrance-tampered");
  if (kind === "unlock") return hinders("controller.hindrance-locked");
  return true;
}

function OrderLine({ order }: { order: Order }): ReactElement {
  const t = useText("controllers");
  const language = useLanguage();
  const recent = useRecent();
  const about = order.piece
    ? `${nameIn(order.piece.name, language)} ${order.piece.number}`
    : order.person
      ? nameIn(order.person.name, language)
      : "";
  return (
    <li>
      <div className="row">
        <strong className="grow">
          {t(`orders.kinds.${order.kind}`)} {about}
        </strong>
        <Tag tone={tones[order.state]} sign={signs[order.state]}>
          {t(`orders.states.${order.state}`)}
        </Tag>
      </div>
      <p className="note small">
        {t("orders.by", {
          at: recent(order.askedAt),
          names: formatNames(
            order.by.map((one) => nameIn(one.name, language)),
            language,
          ),
        })}
      </p>
      {order.refusals.map((one) => (
        <p key={one.code}>{one.sentence[language]}</p>
      ))}
    </li>
  );
}

/** Who stands at the box with the reader, and what the order is about. */
function OrderDialog(props: { controllerId: string; kind: Kind; orders: Orders; onClose: () => void }): ReactElement {
  const { controllerId, kind, orders } = props;
  const t = useText("controllers");
  const language = useLanguage();
  const queries = useQueryClient();
  const me = useSession().person.personId;
  const known = orders.fingers.flatMap(({ person }) => (person && person.personId !== me ? [person] : []));
  const seconds = known.filter((one, at) => known.findIndex(({ personId }) => personId === one.personId) === at);
  const pieces = kind === "unmount" ? orders.mounted.flatMap(({ piece }) => piece ?? []) : orders.pieces;
  const [values, setValues] = useState({
    second: seconds[0]?.personId ?? "",
    piece: pieces[0]?.bodyId ?? "",
    ...{ slot: "0", tag: "", person: "", finger: "" },
  });
  const set = (change: Partial<typeof values>): void => setValues({ ...values, ...change });
  const send = useMutation({
    mutationFn: () =>
      api("POST /v1/controllers/:controllerId/orders", {
        params: { controllerId },
        body: {
          ...{ kind, secondPersonId: values.second },
          ...(kind === "mount" || kind === "unmount" ? { bodyId: values.piece } : {}),
          ...(kind === "mount" ? { slotNumber: Number(values.slot), radioTag: values.tag } : {}),
          ...(kind === "cred-add" ? { personId: values.person } : {}),
          ...(kind === "cred-del" ? { handle: values.finger } : {}),
        },
      }),
    onSuccess: async () => {
      await refreshControllers(queries);
      props.onClose();
    },
  });
  const gaps = useGaps({
    second: values.second === "" && "missing",
    piece: (kind === "mount" || kind === "unmount") && values.piece === "" && "missing",
    slot: kind === "mount" && !/^\d{1,2}$/.test(values.slot) && "missing",
    tag:
      kind === "mount" && (values.tag.trim() === "" ? "missing" : !tag.test(values.tag.trim()) && t("orders.tagWrong")),
    person: kind === "cred-add" && values.person === "" && "missing",
    finger: kind === "cred-del" && values.finger === "" && "missing",
  });
  const choose = (
    name: "second" | "piece" | "person" | "finger",
    label: string,
    options: readonly { readonly value: string; readonly name: string }[],
    hint?: string,
  ): ReactElement => (
    <Field label={label} hint={hint} problem={gaps.problem(name)}>
      {(control) => (
        <select
          {...control}
          className="native-select"
          value={values[name]}
          onChange={(event) => set({ [name]: event.target.value })}
        >
          <option value="">{t("orders.choose")}</option>
          {options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  const named = (people: Orders["people"]) =>
    people.map((one) => ({ value: one.personId, name: nameIn(one.name, language) }));
  return (
    <DialogForm
      title={t(`orders.kinds.${kind}`)}
      send={t("orders.send")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
      <p>{t(`orders.what.${kind}`)}</p>
      {choose("second", t("orders.second"), named(seconds), t("orders.secondHint"))}
      {(kind === "mount" || kind === "unmount") &&
        choose(
          "piece",
          t("orders.piece"),
          pieces.map((one) => ({ value: one.bodyId, name: `${nameIn(one.name, language)} ${one.number}` })),
        )}
      {kind === "mount" && (
        <>
          <Field label={t("orders.slotLabel")} problem={gaps.problem("slot")}>
            {(control) => (
              <TextInput
                {...control}
                inputMode="numeric"
                maxLength={2}
                value={values.slot}
                onChange={(event) => set({ slot: event.target.value })}
              />
            )}
          </Field>
          <Field label={t("orders.tag")} hint={t("orders.tagHint")} problem={gaps.problem("tag")}>
            {(control) => (
              <TextInput
                {...control}
                maxLength={32}
                value={values.tag}
                onChange={(event) => set({ tag: event.target.value })}
              />
            )}
          </Field>
        </>
      )}
      {kind === "cred-add" && choose("person", t("orders.person"), named(orders.people))}
      {kind === "cred-del" &&
        choose(
          "finger",
          t("orders.finger"),
          orders.fingers.map(({ handle, person }) => ({
            value: handle,
            name: `${person ? nameIn(person.name, language) : t("orders.nobody")} (${handle})`,
          })),
        )}
    </DialogForm>
  );
}
