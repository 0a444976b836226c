import { ApiProblem } from "@chancery/api/client";
import type { Session } from "./api.ts";

/** How the session of this window stands. */
export interface GateState {
  /** In whose session the window works; null while nobody is signed in. */
  readonly session: Session | null;
  /** The server does not know it any more; the page stays for who signs in again. */
  readonly ended: boolean;
  /** An act waits for that. */
  readonly asking: boolean;
}

export interface SessionGate {
  readonly read: () => GateState;
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * Makes a call. Where the session has ended, an act waits until its maker has signed in again, in this window or another,
   * and is sent once more. So does what a page asks while it holds something unsaved; without that the window is left.
   */
  readonly send: <T>(kind: "act" | "look", call: () => Promise<T>) => Promise<T>;
  /** Takes up what the server says of the session, and answers with the one that the window goes on in. */
  readonly take: (found: Session | null) => Session | null;
  readonly begin: (session: Session) => void;
  readonly end: () => void;
  /** Asks for signing in, as an act does that waits. */
  readonly ask: () => void;
  /** The reader looks at his page first: acts that wait are told that they were not done. */
  readonly putOff: () => void;
  /** Resolves once the session lives. */
  readonly whenOpen: () => Promise<void>;
}

interface Held {
  readonly isAct: boolean;
  readonly goOn: () => void;
  readonly giveUp: () => void;
}

/** Stands between the pages and the server, so that a session that ends takes nothing with it that somebody wrote. */
export function createSessionGate(ports: {
  /** Who is signed in, by the server. */
  readonly find: () => Promise<Session | null>;
  /** Whether the page holds something that would be lost with it. */
  readonly isUnsaved: () => boolean;
}): SessionGate {
  let state: GateState = { session: null, ended: false, asking: false };
  let held: readonly Held[] = [];
  const listeners = new Set<() => void>();
  const show = (to: GateState): void => {
    state = to;
    for (const listener of listeners) listener();
  };
  const letGo = (which: (one: Held) => boolean, how: (one: Held) => void): void => {
    const gone = held.filter(which);
    held = held.filter((one) => !which(one));
    for (const one of gone) how(one);
  };

  const begin = (session: Session): void => {
    const same = session.person.personId === state.session?.person.personId;
    show({ session, ended: false, asking: false });
    // What one person made never goes in the session of another.
    letGo(
      () => true,
      (one) => (same ? one.goOn() : one.giveUp()),
    );
  };
  const end = (): void => {
    if (state.session === null) return;
    show({ session: null, ended: false, asking: false });
    letGo(
      () => true,
      (one) => one.giveUp(),
    );
  };
  const hold = (isAct: boolean, thrown: unknown): Promise<void> =>
    new Promise((goOn, giveUp) => {
      held = [...held, { isAct, goOn, giveUp: () => giveUp(thrown) }];
      show({ ...state, ended: true, asking: state.asking || isAct });
    });
  const stays = (): boolean => held.some((one) => one.isAct) || ports.isUnsaved();
  const take = (found: Session | null): Session | null => {
    const { session, ended } = state;
    if (found !== null) {
      // Somebody else in this browser does not take over a page that waits for its writer.
      if (!ended || found.person.personId === session?.person.personId) begin(found);
    } else if (session !== null && stays()) show({ ...state, ended: true });
    else end();
    return state.session;
  };

  return {
    read: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send: async (kind, call) => {
      const maker = state.session?.person.personId;
      for (;;) {
        const token = state.session?.csrfToken;
        try {
          return await call();
        } catch (thrown) {
          const code = thrown instanceof ApiProblem ? thrown.problem.code : undefined;
          if (maker === undefined || (code !== "session.missing" && code !== "session.cross-site")) throw thrown;
          // The answer may be of a session that another window, or this one meanwhile, has taken over from.
          if (code === "session.cross-site" && state.session?.csrfToken === token) take(await ports.find());
          const renewed = !state.ended && state.session?.csrfToken !== token;
          if (renewed && state.session?.person.personId === maker) continue;
          if (renewed || (code === "session.cross-site" && !state.ended)) throw thrown;
          if (kind === "look" && !stays()) {
            end();
            throw thrown;
          }
          await hold(kind === "act", thrown);
        }
      }
    },
    take,
    begin,
    end,
    ask: () => show({ ...state, asking: true }),
    putOff: () => {
      show({ ...state, asking: false });
      letGo(
        (one) => one.isAct,
        (one) => one.giveUp(),
      );
    },
    whenOpen: () => (state.ended ? hold(false, new Error("the session was left")) : Promise.resolve()),
  };
}
