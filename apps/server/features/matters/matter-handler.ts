import type { Refusal } from "@chancery/domain";
import type { z } from "zod";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import type { MatterRow } from "./store.ts";

/** A matter with its data as its kind's schema read them. */
export interface MatterOf<D> {
  readonly row: MatterRow;
  readonly data: D;
}

/** Who carries a matter out: a person, or the platform itself on the day it takes effect. */
export interface MatterActor {
  readonly personId: string | null;
}

/**
 * What a kind of matter means to the seals, people and units it is about. The rules of asking and deciding stand in the
 * domain's definition; here stands what is checked against today's facts, and what carrying it out changes.
 */
export interface MatterHandler<D = unknown> {
  /** The shape of `data`; parsed when the matter is saved, and again before anything relies on it. */
  readonly data: z.ZodType<D>;
  /** What the matter reserves while it is under way, e.g. `seal:seal_…`; two that want the same wait for each other. */
  subjects(matter: MatterOf<D>): readonly string[];
  /** Why it may not be, asked at submission, at the last approval and when it is carried out, with the rows held. */
  check(tx: Tx, env: Environment, matter: MatterOf<D>): Promise<readonly Refusal[]>;
  /** Work that takes long, done before the transaction that asks `check`, so that no row is held for it. */
  prepare?(env: Environment, matter: MatterOf<D>): Promise<void>;
  /** People who may not decide it, besides who asked: a transferor, a receiver. */
  concerned?(matter: MatterOf<D>, reader: Reader): readonly string[] | Promise<readonly string[]>;
  /** Who may confirm a part; without an answer every person of the entity may. */
  candidates?(reader: Reader, env: Environment, matter: MatterOf<D>, part: string): Promise<readonly string[] | null>;
  /** Facts that come with a confirmation (a count, a state); answers why they do not fit. */
  checkConfirmation?(
    tx: Tx,
    env: Environment,
    matter: MatterOf<D>,
    confirmation: { part: string; personId: string; facts: Readonly<Record<string, unknown>> },
  ): Promise<readonly Refusal[]>;
  /** Called in the transaction of the submission, after everything was checked: what freezes while it is under way. */
  submitted?(tx: Tx, env: Environment, matter: MatterOf<D>, actor: MatterActor): Promise<void>;
  /** Called in the transaction of the last approval, where the carrying out still waits for people or files. */
  approved?(tx: Tx, env: Environment, matter: MatterOf<D>, actor: MatterActor): Promise<void>;
  /** Called when it ends without being carried out: rejected, returned, withdrawn, cancelled. */
  released?(tx: Tx, env: Environment, matter: MatterOf<D>, actor: MatterActor): Promise<void>;
  /** Other matters that end, by name, when this one is carried out: they are ended before it changes anything. */
  ends?(tx: Tx, matter: MatterOf<D>): Promise<readonly string[]>;
  /** Changes what it is about: events, register lines, tasks, all in this transaction; `ended` are the matters it ended. */
  carryOut(
    tx: Tx,
    env: Environment,
    matter: MatterOf<D>,
    actor: MatterActor,
    ended: readonly MatterRow[],
  ): Promise<void>;
}

/** Keeps a handler's own type of data while it is written, and gives it back as every handler is seen. */
export function matterHandler<D>(handler: MatterHandler<D>): MatterHandler {
  return handler as unknown as MatterHandler;
}
