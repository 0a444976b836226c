import { demandOf, type PhotoDemand, type PhotoVerdict } from "@chancery/domain";
import { judgePhoto } from "../apps/server/features/printed-copies/judge-photo.ts";
import { faceIn, readForeignPhoto } from "../apps/server/features/printed-copies/read-foreign-photo.ts";
import { verdictOf } from "../apps/server/features/printed-copies/read-photo.ts";
import type { BenchLine } from "./line.ts";
import { listPlans, makeCase, type PhotoCase } from "./photo-cases.ts";

/** What has to be reached: of what is wrong, how much is found; of right pages, how many are called wrong; and how fast. */
const goals = { recall: 0.95, falseAlarms: 0.02, seconds: 3 };
const right: Readonly<Record<PhotoCase["kind"], PhotoVerdict>> = {
  ...{
    right: "same",
    swapped: "differs",
    wrong: "wrong-page",
    handwriting: "differs",
    blank: "blank",
    other: "no-code",
  },
};

interface Outcome {
  readonly made: PhotoCase;
  readonly verdict: PhotoVerdict | "refused";
  /** Of foreign paper: the page that it is taken for. */
  readonly shows: number | null;
  readonly face: string | null;
  /** What is said of an impression in the place where one is expected. */
  readonly impression: string | null;
  /** What the product does with it. */
  readonly demand: PhotoDemand;
  readonly seconds: number;
}

/**
 * Photos of printed and foreign pages of which it is known what they show. `--seed=` draws others. What the engine gets wrong
 * goes to the error stream by name. A right page that is asked for again (no code, unclear) is no false alarm, and counted.
 */
export async function benchPhotos(): Promise<BenchLine[]> {
  const seed = Number(/^--seed=(\d+)$/.exec(process.argv.find((one) => one.startsWith("--seed=")) ?? "")?.[1] ?? 1);
  const outcomes: Outcome[] = [];
  for (const [number, plan] of listPlans().entries()) {
    const made = await makeCase(plan, seed, number);
    const began = performance.now();
    const { verdict, shows, face, impression, demand } = await judge(made);
    const seconds = (performance.now() - began) / 1000;
    if (!isFound(made, verdict)) process.stderr.write(`photo ${number}: ${made.name} is taken for ${verdict}\n`);
    if (face !== null && face !== made.face)
      process.stderr.write(`photo ${number}: a face ${made.face} is taken for ${face}\n`);
    if (made.impression !== null && impression !== null && impression !== made.impression)
      process.stderr.write(
        `photo ${number}: ${made.name}: an impression ${made.impression} is told as ${impression}\n`,
      );
    outcomes.push({ made, verdict, shows, face, impression, demand, seconds });
  }
  return [
    ...[...listRecalls(outcomes), ...listForeign(outcomes), ...listAlarms(outcomes), ...listFaces(outcomes)],
    ...listImpressions(outcomes),
    ...listDemands(outcomes),
    ...listTimes(outcomes),
  ];
}

/** As the product does: what was printed here by its code, foreign paper page by page of its scan. */
async function judge({
  task,
  scan,
}: PhotoCase): Promise<Pick<Outcome, "verdict" | "shows" | "face" | "impression" | "demand">> {
  if (!scan) {
    const answer = await judgePhoto(task);
    if (!answer.ok) return { verdict: "refused", shows: null, face: null, impression: null, demand: "answer" };
    const { impression, lettersSure } = answer;
    const verdict = verdictOf(answer);
    const demand = demandOf({ verdict, basis: "code", impression, lettersSure, face: faceIn(answer)?.sight ?? null });
    return { verdict, shows: null, face: faceOf(answer), impression, demand };
  }
  let face: string | null = null;
  const found = await readForeignPhoto(task.photo, { ...scan, faces: task.faces }, async (asked) => {
    const answer = await judgePhoto(asked);
    if (asked.faces) face = faceOf(answer);
    return answer;
  });
  const { verdict, shows, impression } = found;
  const sight = found.face?.sight ?? null;
  const demand = demandOf({ verdict, basis: "scan", impression, lettersSure: true, face: sight });
  return { verdict, shows, face, impression, demand };
}
const faceOf = (answer: Awaited<ReturnType<typeof judgePhoto>>): string | null =>
  answer.ok ? (answer.face?.verdict ?? null) : null;

/** Whatever is told of a wrong page but that it is right or cannot be told has it noticed. */
function isFound({ kind, paper }: PhotoCase, verdict: Outcome["verdict"]): boolean {
  // Of foreign paper nothing but its content tells one wrong paper from another.
  if (paper === "foreign" && kind !== "right") return verdict !== "same" && verdict !== "unclear";
  if (kind === "wrong") return verdict === "wrong-page" || verdict === "differs" || verdict === "no-code";
  return verdict === right[kind];
}

function listRecalls(outcomes: readonly Outcome[]): BenchLine[] {
  const kinds = ["wrong", "swapped", "handwriting", "blank", "other"] as const;
  return (["own", "foreign"] as const).flatMap((paper) =>
    kinds.flatMap((kind) => {
      const of = outcomes.filter(({ made }) => made.paper === paper && made.kind === kind);
      if (of.length === 0) return [];
      const value = of.filter(({ made, verdict }) => isFound(made, verdict)).length / of.length;
      const name = `photos: ${paper} paper, ${kind}, ${of.length} photos`;
      return [{ name, value, unit: "recall", ratio: value / goals.recall, against: `recall ${goals.recall}` }];
    }),
  );
}

/** Of foreign paper besides: how often the page in the photo is named, and how much of what is wrong at least asks people. */
function listForeign(outcomes: readonly Outcome[]): BenchLine[] {
  const foreign = outcomes.filter(({ made }) => made.paper === "foreign");
  const line = (name: string, of: readonly Outcome[], is: (one: Outcome) => boolean): BenchLine[] => {
    if (of.length === 0) return [];
    const value = of.filter(is).length / of.length;
    const said = `photos: foreign paper, ${name}, ${of.length} photos`;
    return [{ name: said, value, unit: "of them", ratio: value / goals.recall, against: `${goals.recall}` }];
  };
  const ofForm = foreign.filter(({ made }) => made.how === "same-form");
  return [
    ...line(
      "another page, named as the page it is",
      foreign.filter(({ made }) => made.kind === "wrong"),
      ({ made, shows }) => shows === made.shows,
    ),
    ...line("another document of the same form, told", ofForm, ({ made, verdict }) => isFound(made, verdict)),
    ...line(
      "whatever is wrong, people are asked",
      foreign.filter(({ made }) => made.kind !== "right"),
      ({ verdict }) => verdict !== "same",
    ),
  ];
}

function listAlarms(outcomes: readonly Outcome[]): BenchLine[] {
  return (["own", "foreign"] as const).flatMap((paper) => {
    const of = outcomes.filter(({ made }) => made.paper === paper && made.kind === "right");
    const share = (verdicts: readonly Outcome["verdict"][]): number =>
      of.filter(({ verdict }) => verdicts.includes(verdict)).length / of.length;
    const alarms = share(["differs", "wrong-page", "blank", "refused"]);
    const again = share(["no-code", "unclear"]);
    const against = `${goals.falseAlarms} false alarms`;
    const name = `photos: ${paper} paper, right pages, ${of.length} photos`;
    return [
      {
        name: `${name}, false alarms`,
        value: alarms,
        unit: "of right pages",
        ratio: alarms === 0 ? 1 : goals.falseAlarms / alarms,
        against,
      },
      {
        name: `${name}, asked for again`,
        value: again,
        unit: "of right pages",
        ratio: again === 0 ? 1 : goals.falseAlarms / again,
        against,
      },
    ];
  });
}

/**
 * Right pages on which an impression is expected: how often its lack is told, how often one that is there is said to be lacking, and
 * how often nothing is said, so that people are asked.
 */
function listImpressions(outcomes: readonly Outcome[]): BenchLine[] {
  return (["own", "foreign"] as const).flatMap((paper) => {
    const of = outcomes.filter(({ made }) => made.paper === paper && made.impression !== null);
    const [lacking, pressed] = [
      of.filter(({ made }) => made.impression === "none"),
      of.filter(({ made }) => made.impression === "found"),
    ];
    const share = (some: readonly Outcome[], told: string | null): number =>
      some.filter(({ impression }) => impression === told).length / Math.max(1, some.length);
    const name = `photos: ${paper} paper, impression`;
    const [recall, alarms] = [share(lacking, "none"), share(pressed, "none")];
    return [
      {
        name: `${name} lacking, ${lacking.length} photos`,
        ...{ value: recall, unit: "recall", ratio: recall / goals.recall, against: `recall ${goals.recall}` },
      },
      {
        name: `${name} there, ${pressed.length} photos, false alarms`,
        ...{ value: alarms, unit: "of them", ratio: alarms === 0 ? 1 : goals.falseAlarms / alarms },
        against: `${goals.falseAlarms} false alarms`,
      },
      {
        name: `${name} there or lacking, ${of.length} photos, nothing told`,
        value: share(of, "untold") + share(of, null),
        ...{ unit: "of them", ratio: 1, against: "no goal" },
      },
    ];
  });
}

/** Of right pages with their impression, how many freeze by mistake; of all else, how many freeze, and how many at least ask people. */
function listDemands(outcomes: readonly Outcome[]): BenchLine[] {
  return (["own", "foreign"] as const).flatMap((paper) => {
    const of = outcomes.filter(({ made }) => made.paper === paper);
    const isRight = ({ made }: Outcome): boolean => made.kind === "right" && made.impression !== "none";
    const [honest, wrong] = [of.filter(isRight), of.filter((one) => !isRight(one))];
    const share = (some: readonly Outcome[], demands: readonly PhotoDemand[]): number =>
      some.filter(({ demand }) => demands.includes(demand)).length / Math.max(1, some.length);
    const mistaken = share(honest, ["freeze"]);
    const name = `photos: ${paper} paper`;
    const line = (what: string, value: number): BenchLine => ({
      name: `${name}, wrong pages and no impression, ${wrong.length} photos, ${what}`,
      ...{ value, unit: "of them", ratio: value / goals.recall, against: `${goals.recall}` },
    });
    return [
      {
        name: `${name}, right pages with their impression, ${honest.length} photos, frozen by mistake`,
        ...{ value: mistaken, unit: "of them", ratio: mistaken === 0 ? 1 : goals.falseAlarms / mistaken },
        against: `${goals.falseAlarms} false alarms`,
      },
      line("frozen", share(wrong, ["freeze"])),
      line("frozen or asked about", share(wrong, ["freeze", "answer"])),
    ];
  });
}

function listFaces(outcomes: readonly Outcome[]): BenchLine[] {
  const looked = outcomes.filter(({ face }) => face !== null);
  const line = (name: string, of: readonly Outcome[]): BenchLine => {
    const value = of.filter(({ made, face }) => face === made.face).length / of.length;
    return {
      name: `photos: face, ${name}, ${of.length} photos`,
      value,
      unit: "right",
      ratio: value / goals.recall,
      against: `${goals.recall} right`,
    };
  };
  const kinds = Map.groupBy(looked, ({ made }) => made.face);
  return [...[...kinds].map(([face, of]) => line(face, of)), line("all", looked)];
}

function listTimes(outcomes: readonly Outcome[]): BenchLine[] {
  const times = outcomes.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
  return [0.5, 0.95].map((share) => {
    const value = times[Math.floor(times.length * share)] ?? 0;
    const name = `photos: a photo, ${share === 0.5 ? "median" : "95 of 100"}`;
    return { name, value, unit: "s", ratio: goals.seconds / value, against: `${goals.seconds} s` };
  });
}
