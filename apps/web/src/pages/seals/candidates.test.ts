import assert from "node:assert/strict";
import { test } from "node:test";
import type { Person } from "../organisation/organisation.ts";
import { groupCandidates } from "./candidates.ts";

const person = (personId: string, change: Partial<Person> = {}): Person => ({
  personId,
  name: { en: personId, zh: personId },
  login: personId,
  guest: false,
  unitId: null,
  entityId: "ent_1",
  state: "active",
  roles: [],
  hasPasskey: false,
  lastSignInAt: null,
  awayUntil: null,
  mayInviteAgain: false,
  ...change,
});

test("people of the entity stand first, guests last, and nobody who cannot act", () => {
  const groups = groupCandidates(
    [
      person("guest", { guest: true }),
      person("other", { entityId: "ent_2" }),
      person("whole", { entityId: null }),
      person("own", { state: "invited" }),
      person("on-leave", { awayUntil: "2026-08-05" }),
      person("locked", { state: "locked" }),
      person("departed", { state: "departed" }),
      person("waiting", { state: "awaiting-confirmation" }),
    ],
    "ent_1",
  );
  assert.deepEqual(
    groups.map(({ group, people }) => [group, people.map((one) => one.personId)]),
    [
      ["entity", ["whole", "own"]],
      ["others", ["other"]],
      ["guests", ["guest"]],
    ],
  );
});
