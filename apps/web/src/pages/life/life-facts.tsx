import { useQuery } from "@tanstack/react-query";
import type { ComponentType, ReactElement } from "react";
import { formatFaceSize, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { FactLines } from "../../parts/fact-lines.tsx";
import { containersQuery } from "../custody/queries.ts";
import { usePersonNames } from "../custody/use-person-names.ts";
import { type MatterDetail, organisationQuery } from "../matters/queries.ts";
import { sealQuery } from "../seals/queries.ts";
import { RuledFace } from "../seals/ruled-face.tsx";
import "../seals/seals.css";
import { fieldsOf, type LifeInput, type LifeKind, textOf, textsOf } from "./life-kinds.ts";

type Props = { readonly matter: MatterDetail };

/** What a matter of a seal's life says, in the order of its form. */
export function makeLifeFacts(kind: LifeKind): ComponentType<Props> {
  return function LifeFacts({ matter }: Props): ReactElement {
    const t = useText("life");
    const show = useShown(matter);
    return (
      <FactLines
        lines={fieldsOf(kind).map(([name, input]) => [t(`fields.${name}`), show(input, matter.data[name])] as const)}
      />
    );
  };
}

function useShown(matter: MatterDetail): (input: LifeInput, value: unknown) => string {
  const t = useText("life");
  const language = useLanguage();
  const day = useDay();
  const people = usePersonNames();
  const sealId = matter.seal?.sealId ?? "";
  const { data: seal } = useQuery({ ...sealQuery(sealId), enabled: sealId !== "" });
  const { data: containers } = useQuery(containersQuery);
  return (input, value) => {
    switch (input.input) {
      case "bodies":
      case "body": {
        const ids = typeof value === "string" ? [value] : textsOf(value);
        return seal?.bodies.flatMap((body) => (ids.includes(body.bodyId) ? [body.number] : [])).join(" · ") ?? "";
      }
      case "person":
        return people([textOf(value)]);
      case "people":
      case "two-people":
        return people(textsOf(value));
      case "day":
        return textOf(value) === "" ? "" : day(textOf(value));
      case "millimetres":
        return typeof value === "number" ? t("mm", { mm: value }) : "";
      case "choice":
        return textOf(value) === "" ? "" : t(`options.${textOf(value) as "ecdsa-p256"}`);
      case "tick":
        return t(value === true ? "yes" : "no");
      case "container": {
        const one = containers?.items.find((item) => item.containerId === value);
        return one ? nameIn(one.name, language) : "";
      }
      case "make": {
        const pieces = (matter.data.physical as { pieces?: number } | null)?.pieces ?? 0;
        return [
          ...(pieces > 0 ? [t("make.count", { count: pieces })] : []),
          ...(matter.data.electronic ? [t("make.electronic")] : []),
        ].join(" · ");
      }
      default:
        return textOf(value);
    }
  };
}

/** The seal that is asked for: number, kind, people, and what is made of it. */
export function EngravingFacts({ matter }: Props): ReactElement {
  const t = useText("life");
  const word = useWord();
  const language = useLanguage();
  const day = useDay();
  const people = usePersonNames();
  const { data } = matter;
  const name = (data.name ?? { en: "", zh: "" }) as { en: string; zh: string };
  const pieces = (data.physical as { pieces?: number } | null)?.pieces ?? 0;
  const { data: organisation } = useQuery(organisationQuery);
  const unit = organisation?.units.find((one) => one.unitId === matter.unitId);
  const owner = [matter.entity.name, ...(unit ? [unit.name] : [])].map((one) => nameIn(one, language)).join(" · ");
  const face = readAskedFace(matter);
  const size = face ? formatFaceSize(face.widthMm, face.heightMm, face.round) : "";
  return (
    <>
      <AskedFace matter={matter} name={name} />
      <FactLines
        lines={[
          [t("engraving.name"), nameIn(name, language)],
          [t("engraving.number"), textOf(data.number)],
          [t("engraving.type"), word("sealTypes", textOf(data.type))],
          [t("engraving.owner"), owner],
          [t("engraving.size"), face ? (face.drawn ? size : t("engraving.picture", { size })) : ""],
          [
            t("fields.make"),
            [
              ...(pieces > 0 ? [t("make.count", { count: pieces })] : []),
              ...(data.electronic ? [t("make.electronic")] : []),
            ].join(" · "),
          ],
          [t("engraving.use"), t(data.external === true ? "engraving.external" : "engraving.internal")],
          [t("engraving.custodians"), people(textsOf(data.custodians))],
          [t("engraving.supervisor"), people([textOf(data.supervisor)])],
          ...(textOf(data.supervisorTo) === ""
            ? []
            : [[t("engraving.supervisorTo"), day(textOf(data.supervisorTo))] as const]),
          ...(textOf(data.supervisorRisk) === ""
            ? []
            : [[t("engraving.supervisorRisk"), textOf(data.supervisorRisk)] as const]),
          [t("engraving.certificateKeeper"), people([textOf(data.certificateKeeper)])],
        ]}
      />
    </>
  );
}

/** How large the face is that a matter asks for, and whether it was drawn here. */
function readAskedFace(matter: MatterDetail) {
  const face = (matter.data.face ?? {}) as {
    spec?: { widthMm?: number; heightMm?: number; shape?: string };
    widthMm?: number;
    heightMm?: number;
  };
  const widthMm = face.spec?.widthMm ?? face.widthMm;
  const heightMm = face.spec?.heightMm ?? face.heightMm;
  if (!widthMm || !heightMm) return null;
  return { widthMm, heightMm, round: face.spec?.shape === "circle", drawn: face.spec !== undefined };
}

/** The face that would be made, in the size it would have; pale, for it may not be used. */
function AskedFace(props: { matter: MatterDetail; name: { en: string; zh: string } }): ReactElement | null {
  const face = readAskedFace(props.matter);
  if (!face) return null;
  const { widthMm, heightMm, round } = face;
  return (
    <RuledFace
      source={{ url: `/v1/matters/${encodeURIComponent(props.matter.matterId)}/face.svg` }}
      {...{ name: props.name, widthMm, heightMm }}
      round={round}
      state="pale"
    />
  );
}
