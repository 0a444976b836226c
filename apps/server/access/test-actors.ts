import { ROLES } from "@chancery/domain";

/**
 * Who calls in the walk over the route table: nobody signed in, and for each of two entities a person for each role, one
 * without any, and a guest. "own" is the entity that seals, requests and documents of the walk belong to; the people of
 * the "foreign" one hold the same roles there.
 */
export const KINDS = ["member", ...ROLES, "guest"] as const;
export type Kind = (typeof KINDS)[number];
export type Person = `own ${Kind}` | `foreign ${Kind}`;
export type Actor = "nobody" | Person;

type Words<Text extends string> = Text extends `${infer First} ${infer Rest}` ? First | Words<Rest> : Text;
/** A text of kinds with blanks between; a word that is no kind does not type-check. */
type KindText<Text extends string> = Words<Text> extends Kind ? Text : never;

const split = (kinds: string): Kind[] => kinds.split(" ") as Kind[];
export const own = <T extends string>(kinds: KindText<T>): Person[] =>
  split(kinds).map((kind): Person => `own ${kind}`);
export const foreign = <T extends string>(kinds: KindText<T>): Person[] =>
  split(kinds).map((kind): Person => `foreign ${kind}`);
export const both = <T extends string>(kinds: KindText<T>): Person[] => [...own(kinds), ...foreign(kinds)];

export const ownPeople: Person[] = KINDS.map((kind): Person => `own ${kind}`);
export const foreignPeople: Person[] = KINDS.map((kind): Person => `foreign ${kind}`);
/** Everybody who is signed in. */
export const everyone: Person[] = [...ownPeople, ...foreignPeople];
/** Everybody, and nobody. */
export const anyone: Actor[] = ["nobody", ...everyone];
export const except = <A extends Actor>(all: readonly A[], ...left: readonly Actor[][]): A[] =>
  all.filter((one) => !left.flat().includes(one));
/** Who never asks for a use of a seal: he watches, or keeps the accounts. */
export const neverApply = both("inspector system-administrator");
