import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import type { LabSnapshot } from "./lab-state.ts";

/** The box from the side: drive, seal, shutter, camera, paper; what moves moves by CSS. */
export function BoxPicture(props: { lab: LabSnapshot }): ReactElement {
  const { lab } = props;
  const t = useText("lab");
  const sealed = Object.keys(lab.view?.slots ?? {}).length > 0;
  const label = t("box.picture", {
    state: lab.view === undefined ? t("box.off") : t(`states.${lab.view.state}`),
    door: t(lab.doorOpen ? "box.doorOpen" : "box.doorClosed"),
    seal: t(sealed ? "box.sealIn" : "box.sealOut"),
    drive: t(lab.drive === "up" ? "box.driveUp" : "box.driveDown"),
    power: t(lab.power ? "box.powerOn" : "box.powerOff"),
    net: t(lab.online ? "box.online" : "box.offline"),
    dock: t(lab.place === "dock" ? "box.inDock" : "box.offDock"),
  });
  return (
    <svg className="lab-picture" viewBox="0 0 360 208" role="img" aria-label={label} data-drive={lab.drive}>
      <path className="lab-leg" d="M70 112v68M290 112v68" />
      <rect className="lab-desk" x="36" y="186" width="288" height="12" rx="2" />
      <path className="lab-dock" data-on={lab.place === "dock"} d="M52 170h14v16H52zM294 170h14v16h-14z" />
      {lab.paper && (
        <g>
          <path className="lab-sheet" d="M104 186l24-24h104l24 24z" />
          <path className="lab-lines" d="M142 168h52M138 173h70" />
          {lab.paper.impressions.map((one, at) => (
            <ellipse
              // The impressions of a paper never change places.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={at}
              className="lab-mark"
              cx={156 + one.x * 46}
              cy={179 - (at % 2)}
              rx="9"
              ry="3.4"
            />
          ))}
        </g>
      )}
      <g className="lab-camera">
        <path d="M92 132l18 50M92 132l92 34" />
        <circle cx="86" cy="126" r="10" />
        <circle cx="86" cy="126" r="3.500" />
      </g>
      <rect className="lab-window" x="118" y="14" width="124" height="94" rx="4" />
      <g className="lab-plunger">
        <path className="lab-rod" d="M180 -60v98" />
        {sealed && (
          <g>
            <path className="lab-handle" d="M166 62c0-10 6-12 6-20a8 8 0 0 1 16 0c0 8 6 10 6 20z" />
            <rect className="lab-seal" x="152" y="62" width="56" height="24" rx="2" />
            <rect className="lab-rubber" x="156" y="86" width="48" height="6" />
          </g>
        )}
      </g>
      <path
        className="lab-case"
        d="M52 4h256a10 10 0 0 1 10 10v88a10 10 0 0 1-10 10H52a10 10 0 0 1-10-10V14A10 10 0 0 1 52 4z"
      />
      <rect className="lab-shutter lab-shutter-left" x="136" y="106" width="44" height="7" />
      <rect className="lab-shutter lab-shutter-right" x="180" y="106" width="44" height="7" />
      <path className="lab-door" data-open={lab.doorOpen} d="M262 20h40v76h-40z" />
      <circle className="lab-knob" cx="268" cy="58" r="2.500" />
      <path className="lab-cable" data-on={lab.online} d={lab.online ? "M42 60H6" : "M42 60H30M16 68H6"} />
      <path className="lab-plug" d={lab.online ? "M6 48v24" : "M6 56v24"} />
      <circle className="lab-lamp" cx="62" cy="24" r="5" data-lamp={lampOf(lab)} />
      <g className="lab-labels">
        <text x="62" y="46" textAnchor="middle">
          {t("box.battery", { percent: lab.power ? lab.battery : 0 })}
        </text>
        <text x="282" y="86" textAnchor="middle">
          {t("box.labels.lid")}
        </text>
        <text x="102" y="124">
          {t("box.labels.camera")}
        </text>
      </g>
    </svg>
  );
}

/** The lamp: off, plum where the box is shut for good, green where it may stamp, amber on the way. */
function lampOf({ view, power }: LabSnapshot): "off" | "shut" | "ready" | "waits" | "rest" {
  if (!power || view === undefined) return "off";
  if (view.tamper !== null || view.lock !== null) return "shut";
  if (view.state === "CLEARED" || view.state === "STROKE" || view.state === "SETTLE") return "ready";
  return view.session === undefined && view.order === undefined && view.state !== "SERVICE" ? "rest" : "waits";
}
