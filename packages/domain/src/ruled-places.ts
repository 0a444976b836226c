import type { DocumentLine, DocumentPage, DocumentWord, TextBox } from "./document-text.ts";
import { boundBoxes } from "./document-text.ts";

/** Lines thinner than this, in millimetres, are rules; shorter ones are parts of them or of a drawing. */
const thin = 1.2;
const leastRule = { across: 6, down: 3 };
/** Parts of one rule lie as near to each other as this; writers draw them cell by cell, and character by character. */
const joined = { aside: 0.4, along: 0.6 };
/** More lines than this on a page are a drawing. */
const mostParts = 4000;
const mostRules = 160;

const isAcross = ({ width, height }: TextBox): boolean => height <= thin && width > height;
const isDown = ({ width, height }: TextBox): boolean => width <= thin && height > width;

/** The rules of a page from the boxes of what is drawn on it, parts of one rule as one; none where a drawing is. */
export function mergeRules(boxes: readonly TextBox[]): TextBox[] {
  if (boxes.length > mostParts) return [];
  const turn = ({ x, y, width, height }: TextBox): TextBox => ({ x: y, y: x, width: height, height: width });
  const across = mergeAcross(boxes.filter(isAcross)).filter(({ width }) => width >= leastRule.across);
  const down = mergeAcross(boxes.filter(isDown).map(turn)).filter(({ width }) => width >= leastRule.down);
  const rules = [...across, ...down.map(turn)];
  return rules.length > mostRules ? [] : rules;
}

function mergeAcross(parts: readonly TextBox[]): TextBox[] {
  const heights: { y: number; parts: TextBox[] }[] = [];
  for (const part of parts.toSorted((a, b) => a.y - b.y)) {
    const last = heights.at(-1);
    if (last && part.y - last.y <= joined.aside) last.parts.push(part);
    else heights.push({ y: part.y, parts: [part] });
  }
  return heights.flatMap(({ parts: level }) => {
    const rules: { box: TextBox; end: number }[] = [];
    for (const part of level.toSorted((a, b) => a.x - b.x)) {
      const last = rules.at(-1);
      const end = part.x + part.width;
      if (last && part.x - last.end <= joined.along) {
        last.end = Math.max(last.end, end);
        last.box = { ...last.box, width: last.end - last.box.x };
      } else rules.push({ box: part, end });
    }
    return rules.map(({ box }) => box);
  });
}

export interface RuledPlace {
  readonly text: string;
  readonly box: TextBox;
}
type IsExcused = (line: DocumentLine) => boolean;

/** A word that stands on a rule ends no more than so many millimetres above it. */
const aboveRule = 4;
const farLeft = 12;
/** A rule that goes through the middle of its words belongs to a drawing; one to write on lies at their foot. */
const atFoot = 0.3;
/** A label says something. */
const leastLetters = /\p{Script=Han}|\p{L}{2}/u;
/** Rules one under the other with nothing on them are lines to write on. */
const lined = { least: 2, apart: [5, 16], width: 60, shift: 2 } as const;
const leastOver = 1;
const mostPlaces = 12;

/** Rules with nothing written on them: beside a label, within a line of text, and one under the other. */
export function listRuledPlaces(page: DocumentPage, isExcused: IsExcused): RuledPlace[] {
  const rules = page.rules ?? [];
  const down = rules.filter(isDown);
  // Where an upright line meets it, a rule is part of a table or a frame.
  const isOfTable = (rule: TextBox): boolean =>
    down.some(
      ({ x, y, height }) =>
        x >= rule.x - 1 && x <= rule.x + rule.width + 1 && rule.y >= y - 1 && rule.y <= y + height + 1,
    );
  const bare: TextBox[] = [];
  const places: RuledPlace[] = [];
  for (const rule of rules.filter((one) => isAcross(one) && !isOfTable(one))) {
    const on = page.words.filter(({ box }) => box.y < rule.y && box.y + box.height > rule.y - aboveRule);
    const end = rule.x + rule.width;
    const reach = ({ box }: DocumentWord): number => Math.min(box.x + box.width, end) - Math.max(box.x, rule.x);
    if (on.some((word) => reach(word) >= Math.min(leastOver, word.box.width / 2))) continue;
    const left = on.filter(({ box }) => box.x + box.width <= rule.x + leastOver && box.x < rule.x);
    const right = on.filter(({ box }) => box.x >= end - leastOver);
    const nearest = left.toSorted((one, other) => other.box.x + other.box.width - one.box.x - one.box.width)[0];
    if (!nearest || rule.x - nearest.box.x - nearest.box.width > farLeft) {
      if (right.length === 0) bare.push(rule);
      continue;
    }
    if (rule.y < nearest.box.y + nearest.box.height * (1 - atFoot)) continue;
    const beside = page.lines[nearest.line];
    if (!beside || beside.running || !leastLetters.test(left.map(({ text }) => text).join(""))) continue;
    const say = (words: readonly DocumentWord[]): string => words.map(({ text }) => text).join(spaceOf(beside.text));
    const text = `${say(left)}____${say(right)}`;
    if (!isExcused({ ...beside, text })) places.push({ text: beside.text.trim(), box: roomOver(rule) });
  }
  return [...places, ...listLined(page, bare, isExcused)].slice(0, mostPlaces);
}
/** What is written on a rule stands over it. */
const roomOver = ({ x, y, width, height }: TextBox): TextBox => {
  return { x, y: y - aboveRule, width, height: height + aboveRule };
};
/** Words of Chinese stand without spaces. */
const spaceOf = (text: string): string => (/\p{Script=Han}/u.test(text) ? "" : " ");

function listLined(page: DocumentPage, bare: readonly TextBox[], isExcused: IsExcused): RuledPlace[] {
  const groups: TextBox[][] = [];
  for (const rule of bare.filter(({ width }) => width >= lined.width).toSorted((a, b) => a.y - b.y)) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const apart = last ? rule.y - last.y : 0;
    const isNext =
      last !== undefined &&
      apart >= lined.apart[0] &&
      apart <= lined.apart[1] &&
      Math.abs(rule.x - last.x) <= lined.shift &&
      Math.abs(rule.width - last.width) <= lined.shift &&
      !page.words.some(({ box }) => box.y + box.height > last.y && box.y < rule.y);
    if (group && isNext) group.push(rule);
    else groups.push([rule]);
  }
  return groups.flatMap((group): RuledPlace[] => {
    const box = boundBoxes(group);
    const above = page.lines.findLast((line) => line.box.y + line.box.height <= box.y + leastOver);
    if (group.length < lined.least || !above || isExcused(above)) return [];
    return [{ text: above.text.trim(), box }];
  });
}
