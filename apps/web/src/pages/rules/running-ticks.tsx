import { Button } from "antd";
import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { SearchField } from "../../parts/search-field.tsx";
import { TickField } from "../../parts/tick-field.tsx";
import type { RunningRequest } from "./queries.ts";
import { RunningLine, usePromised } from "./running-line.tsx";
import { mayTick } from "./running-shown.ts";
import type { RunningList } from "./use-running.ts";

/** Running requests to be named one by one, found by number or title; one that may not be named says why. */
export function RunningTicks(props: {
  list: RunningList;
  /** How many one matter names. */
  most: number;
  onChange: (chosen: string[]) => void;
}): ReactElement {
  const { list, most, onChange } = props;
  const { pages, chosen, apart } = list;
  const t = useText("rulesOfUse");
  const words = useText("requests");
  const lines = (requests: readonly RunningRequest[]): ReactElement => (
    <ul className="rows">
      {requests.map((request) => (
        <RunningTick
          key={request.requestId}
          request={request}
          checked={chosen.includes(request.requestId)}
          disabled={!mayTick(request, chosen, most)}
          onChange={(checked) => onChange(list.toggled(request, checked))}
        />
      ))}
    </ul>
  );
  return (
    <>
      <div className="running-beside">
        <SearchField label={t("running.search")} search={list.search} onSearch={list.look} />
      </div>
      {apart.length > 0 && (
        <fieldset className="running-ticks">
          <legend className="running-beside note">{t("running.apart")}</legend>
          {lines(apart)}
        </fieldset>
      )}
      <fieldset className="running-ticks">
        <legend className="unseen">{t("running.title")}</legend>
        {pages.items?.length === 0 && (
          <p className="running-beside note" role="status">
            {t("running.nothing")}
          </p>
        )}
        {lines(pages.items ?? [])}
      </fieldset>
      {pages.hasMore && (
        <p className="running-beside">
          <Button loading={pages.loadingMore} onClick={pages.loadMore}>
            {words("inbox.more")}
          </Button>
        </p>
      )}
    </>
  );
}

function RunningTick(props: {
  request: RunningRequest;
  checked: boolean;
  disabled: boolean;
  onChange: (checked: boolean) => void;
}): ReactElement {
  const { request, ...tick } = props;
  const language = useLanguage();
  const promisedOf = usePromised();
  const { refusal } = request;
  return (
    <li className="rows-line running-row">
      <TickField className="running-tick" {...tick}>
        <RunningLine request={request} promised={promisedOf(request)} />
      </TickField>
      {refusal && (
        <p className="note small">
          {refusal.sentence[language]} {refusal.wayOut?.[language]}
        </p>
      )}
    </li>
  );
}
