import { Button } from "antd";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import type { Lab } from "./lab.ts";
import type { LabSnapshot } from "./lab-state.ts";
import { fence, type PlaceName } from "./people.ts";

/** Everything that may be done to the machine itself, and where it is. */
export function MachineCard(props: { lab: Lab; now: LabSnapshot }): ReactElement {
  const { lab, now } = props;
  const t = useText("lab");
  const wrong = now.doorOpen || now.siren || now.view?.lock || now.chain.quarantined !== null;
  const acts: readonly (readonly [name: string, work: () => Promise<void>, on?: boolean])[] = [
    now.doorOpen ? [t("machine.closeDoor"), () => lab.closeDoor()] : [t("machine.openDoor"), () => lab.openDoor()],
    now.place === "dock"
      ? [t("machine.undock"), () => lab.carryTo("desk")]
      : [t("machine.dock"), () => lab.carryTo("dock")],
    [t("machine.shake"), () => lab.shake()],
    [t(now.online ? "machine.unplug" : "machine.plug"), () => lab.setOnline(!now.online)],
    [t(now.power ? "machine.powerOff" : "machine.powerOn"), () => lab.setPower(!now.power)],
    [t(now.battery > 20 ? "machine.drain" : "machine.charge"), () => lab.drain()],
    [t(now.jammed ? "machine.unjam" : "machine.jam"), async () => lab.jam(!now.jammed)],
    [t(now.cutInStroke ? "machine.uncut" : "machine.cut"), async () => lab.cutInStroke(!now.cutInStroke)],
  ];
  return (
    <section className="card" aria-labelledby="lab-machine">
      <header>
        <h2 id="lab-machine">{t("machine.title")}</h2>
      </header>
      <div className="card-body stack">
        <div className="lab-acts">
          {acts.map(([name, work]) => (
            <Button key={name} onClick={() => void lab.do(work)}>
              {name}
            </Button>
          ))}
          {wrong && (
            <Button type="primary" onClick={() => void lab.do(() => lab.inspect())}>
              {t("machine.inspect")}
            </Button>
          )}
        </div>
        <PlaceMap lab={lab} place={now.place} />
      </div>
    </section>
  );
}

const spots: Readonly<Record<PlaceName, readonly [x: number, y: number]>> = {
  dock: [62, 62],
  desk: [80, 50],
  street: [168, 34],
  town: [286, 74],
};

function PlaceMap(props: { lab: Lab; place: PlaceName }): ReactElement {
  const { lab, place } = props;
  const t = useText("lab");
  const [x, y] = spots[place];
  return (
    <div className="stack stack-tight">
      <h3>{t("machine.map")}</h3>
      <svg className="lab-map" viewBox="0 0 340 110" role="img" aria-label={t(`machine.places.${place}`)}>
        <path className="lab-roads" d="M0 62h340M120 0v110M0 20h120M120 34h120l40 76M240 34V0M20 62v48" />
        <circle className="lab-fence" cx={spots.dock[0]} cy={spots.dock[1]} r="34" />
        <rect className="lab-home" x={spots.dock[0] - 9} y={spots.dock[1] - 9} width="18" height="18" rx="2" />
        <g className="lab-here" style={{ transform: `translate(${x}px, ${y}px)` }}>
          <circle r="9" />
          <circle className="lab-spot" r="3" />
        </g>
      </svg>
      <div className="row">
        {(["dock", "desk", "street", "town"] as const).map((one) => (
          <Button
            key={one}
            size="small"
            aria-pressed={one === place}
            type={one === place ? "primary" : "default"}
            onClick={() => void lab.do(() => lab.carryTo(one))}
          >
            {t(`machine.places.${one}`)}
          </Button>
        ))}
      </div>
      <p className="note small">{t("machine.fence", { metres: fence })}</p>
    </div>
  );
}
