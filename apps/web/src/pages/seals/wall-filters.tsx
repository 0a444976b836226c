import ApartmentOutlined from "@ant-design/icons/ApartmentOutlined";
import AppstoreOutlined from "@ant-design/icons/AppstoreOutlined";
import TableOutlined from "@ant-design/icons/TableOutlined";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { LinkSegments } from "../../parts/link-segments.tsx";
import { SearchField } from "../../parts/search-field.tsx";
import { SignIcon } from "../../parts/state-tag.tsx";
import type { Sign } from "../../parts/states.ts";
import { paths } from "../../paths.ts";
import {
  listStateCounts,
  type SealWall,
  type StateGroup,
  WALL_VIEWS,
  type WallFilter,
  type WallView,
  writeWallFilter,
} from "./seal-list.ts";

const VIEW_ICONS: Readonly<Record<WallView, ReactElement>> = {
  wall: <AppstoreOutlined aria-hidden />,
  table: <TableOutlined aria-hidden />,
  units: <ApartmentOutlined aria-hidden />,
};
const SIGNS: Readonly<Record<StateGroup, Sign>> = {
  "in-use": "check",
  waiting: "dashed",
  moving: "swap",
  frozen: "pause",
  lost: "octagon",
  ended: "box",
};

/** Wall, table or by unit. */
export function ViewLinks(props: { filter: WallFilter }): ReactElement {
  const t = useText("seals");
  return (
    <LinkSegments
      label={t("views.label")}
      look="track"
      segments={WALL_VIEWS.map((view) => ({
        key: view,
        to: paths.seals,
        search: writeWallFilter({ ...props.filter, view }),
        current: view === props.filter.view,
        icon: VIEW_ICONS[view],
        text: t(`views.${view}`),
      }))}
    />
  );
}

/** Search, kind, custodian and state. All of them stand in the address, so that what is found can be sent on. */
export function WallFilters(props: { wall: SealWall; filter: WallFilter }): ReactElement {
  const { filter } = props;
  const { kinds, custodians, states } = props.wall;
  const t = useText("seals");
  const language = useLanguage();
  const navigate = useNavigate();
  const change = (part: Partial<WallFilter>): void => {
    void navigate({
      to: paths.seals,
      search: writeWallFilter({ ...filter, ...part }),
      replace: true,
      resetScroll: false,
    });
  };
  return (
    <search className="wall-filters">
      <SearchField label={t("filters.search")} search={filter.search} onSearch={(search) => change({ search })} />
      <select
        className="native-select"
        aria-label={t("filters.kind")}
        value={filter.kind}
        onChange={(event) => change({ kind: event.target.value })}
      >
        <option value="">{t("filters.anyKind")}</option>
        {kinds.map((kind) => (
          <option key={kind.kindId} value={kind.kindId}>
            {nameIn(kind.name, language)}
          </option>
        ))}
      </select>
      {custodians.length > 0 && (
        <select
          className="native-select"
          aria-label={t("filters.custodian")}
          value={filter.custodian}
          onChange={(event) => change({ custodian: event.target.value })}
        >
          <option value="">{t("filters.anyCustodian")}</option>
          {custodians.map((person) => (
            <option key={person.personId} value={person.personId}>
              {nameIn(person.name, language)}
            </option>
          ))}
        </select>
      )}
      <LinkSegments
        label={t("states.label")}
        look="counts"
        segments={listStateCounts(states, filter.state).map(({ state, count }) => ({
          key: state || "all",
          to: paths.seals,
          search: writeWallFilter({ ...filter, state }),
          current: state === filter.state,
          ...(state === "" ? {} : { icon: <SignIcon sign={SIGNS[state]} /> }),
          text: t(`states.${state || "all"}`),
          count,
        }))}
      />
    </search>
  );
}
