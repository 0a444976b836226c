import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import type { RouteAnswer } from "../api.ts";
import { formatNames, nameIn } from "../i18n/format.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import { useWord } from "../i18n/use-word.ts";
import { paths } from "../paths.ts";
import { mayUse, useSession } from "../session.ts";
import { BothNames } from "./both-names.tsx";
import { DashedCircleIcon } from "./icons.tsx";

type Crew = RouteAnswer<"GET /v1/crew">;
type Step = Crew["steps"][number];
type Missing = NonNullable<Step["missing"]>;

/** What is still to be done before the first use, in order, with whose turn it is and where it is done. */
export function FirstUseSteps({ crew, action }: { crew: Crew; action?: ReactNode }): ReactElement | null {
  const t = useText("firstUse");
  if (crew.steps.length === 0) return null;
  return (
    <section className="card" aria-labelledby="first-use">
      <header>
        <h2 id="first-use">{t("title")}</h2>
        {action}
      </header>
      <p className="note card-body">{t("lead", { count: crew.steps.length })}</p>
      <ol className="rows">
        {crew.steps.map((step) => (
          <StepRow key={keyOf(step)} step={step} small={crew.plan.length > 0} />
        ))}
      </ol>
    </section>
  );
}

const keyOf = (step: Step): string =>
  [
    step.kind,
    step.person?.personId,
    ...step.roles,
    ...step.positions.map((one) => `${one.role} ${one.sealName?.en ?? ""}`),
    step.missing?.sentence.en,
    step.sealId,
    step.matterId,
  ].join(" ");

function StepRow({ step, small }: { step: Step; small: boolean }): ReactElement {
  const { title, why, link } = useStepWords(step, small);
  return (
    <li className="rows-line">
      <DashedCircleIcon />
      <div className="grow">
        <strong>{title}</strong>
        {why && <p className="note small">{why}</p>}
        {step.missing && step.missing.role !== "applicant" && <MissingWords missing={step.missing} />}
      </div>
      {link}
    </li>
  );
}

function useStepWords(step: Step, small: boolean): { title: string; why: ReactNode; link: ReactNode } {
  const t = useText("firstUse");
  const word = useWord();
  const language = useLanguage();
  const session = useSession();
  const name = step.person ? nameIn(step.person.name, language) : "";
  const namesOf = (people: Step["by"]): string =>
    formatNames(
      people.map((one) => nameIn(one.name, language)),
      language,
    );
  const roles = formatNames(
    step.roles.map((role) => word("roles", role)),
    language,
  );
  const go = (text: string, to: string, view?: "people" | "waiting"): ReactElement => (
    <Link className="inline-link" to={to} {...(view ? { search: { view } } : {})}>
      {text}
    </Link>
  );
  switch (step.kind) {
    case "confirm-account": {
      const nobody = step.by.length + step.later.length === 0;
      const said =
        step.by.length > 0 ? t("by", { names: namesOf(step.by) }) : t("later", { names: namesOf(step.later) });
      return {
        title: step.roles.length > 0 ? t("account", { name, roles }) : t("reset", { name }),
        why: nobody ? t(step.loosened ? "nobodyLoosened" : "nobody") : said,
        link: go(t("accountGo"), paths.organisation, "waiting"),
      };
    }
    case "take-up-account":
      return {
        ...{ title: t("takeUp", { name }), why: t("takeUpWhy") },
        link: go(t("takeUpGo"), paths.organisation, "people"),
      };
    case "confirm-position": {
      const mine = step.person?.personId === session.person.personId;
      const positions = formatNames(
        step.positions.map(({ role, sealName }) =>
          sealName === null
            ? word("roles", role)
            : t("ofSeal", { role: word("roles", role), seal: nameIn(sealName, language) }),
        ),
        language,
      );
      return {
        ...{
          title: t("position", { name, roles: positions }),
          why: mine ? t("positionMine") : t("positionWhy", { name }),
        },
        link: mine && go(t("positionGo"), paths.account),
      };
    }
    case "name": {
      const role = step.missing?.role ?? "applicant";
      const invites = mayUse(session, "person.manage") && go(t("nameGo"), paths.organisation, "people");
      return role === "applicant"
        ? { title: t("applicant"), why: t(small ? "applicantSmall" : "applicantWhy"), link: invites }
        : { title: t("name", { role: word("roles", role) }), why: null, link: invites };
    }
    case "decide-seal":
      return {
        ...{ title: t("decide"), why: t("decideBy", { names: namesOf(step.by) }) },
        link: go(t("decideGo"), paths.matter(step.matterId ?? "")),
      };
    case "put-in-use":
      return { title: t("putInUse"), why: null, link: go(t("putInUseGo"), paths.seal(step.sealId ?? "")) };
    case "ask-for-seal":
      return {
        ...{ title: t("askForSeal"), why: t("askForSealWhy") },
        link: mayUse(session, "seal.register") && go(t("askForSealGo"), paths.registerSeal),
      };
  }
}

/** For which seal or entity somebody is missing, and what else he may be. */
export function MissingWords({ missing }: { missing: Missing }): ReactElement {
  const t = useText("firstUse");
  const word = useWord();
  const language = useLanguage();
  const namesOf = (roles: Missing["joinable"]): string =>
    formatNames(
      roles.map((role) => word("roles", role)),
      language,
    );
  return (
    <>
      {missing.sealName && (
        <span className="note">
          {" · "}
          <BothNames name={missing.sealName} />
        </span>
      )}
      <p className="note">{missing.sentence[language]}</p>
      {missing.joinable.length > 0 && (
        <p className="note small">{t("joinable", { roles: namesOf(missing.joinable) })}</p>
      )}
      {missing.joinableByGuest.length > 0 && (
        <p className="note small">{t("joinableByGuest", { roles: namesOf(missing.joinableByGuest) })}</p>
      )}
    </>
  );
}

/** How the smallest organisation shares its duties, and who confirms whom. */
export function CrewPlan({ plan }: { plan: Crew["plan"] }): ReactElement {
  const t = useText("firstUse");
  const word = useWord();
  const language = useLanguage();
  return (
    <section className="card" aria-labelledby="crew-plan">
      <header>
        <h2 id="crew-plan">{t("plan.title")}</h2>
      </header>
      <ul className="rows">
        {plan.map(({ who, roles }) => (
          <li key={who} className="rows-line">
            <div className="grow">
              <strong>{t(who === "guest" ? "plan.guestName" : `plan.${who}`)}</strong>
              <p>
                {formatNames(
                  roles.map((role) => word("roles", role)),
                  language,
                )}
              </p>
              <p className="note small">{t(`plan.why.${who}`)}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
