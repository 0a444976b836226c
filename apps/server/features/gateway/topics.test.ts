import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { downTopic, hostProof, hostState, mayHear, mayPublish, readUpTopic, upTopics } from "./topics.ts";

const idOf = (digit: string): string => `ctl_${"0".repeat(35)}${digit}`;
const [own, other] = [idOf("1"), idOf("2")];

test("attack 27: a controller publishes on its own topics alone, and hears what is sent to it", () => {
  for (const kind of upTopics) {
    assert.equal(mayPublish(own, `seal/v1/${own}/up/${kind}`, false), true);
    assert.equal(mayPublish(own, `seal/v1/${other}/up/${kind}`, false), false);
    assert.equal(mayPublish(own, `seal/v1/${own}/up/${kind}`, true), kind === "presence" || kind === "twin");
  }
  for (const topic of [downTopic(own, "ack"), hostState, `seal/v1/${own}/up/rec/x`, "$SYS/x", "seal/v1/+/up/rec"])
    assert.equal(mayPublish(own, topic, false), false, topic);
  for (const topic of [`seal/v1/${own}/down/#`, downTopic(own, "ack"), hostState])
    assert.equal(mayHear(own, topic), true);
  for (const topic of [
    "#",
    "seal/#",
    "seal/v1/+/down/#",
    `seal/v1/${own}/#`,
    `seal/v1/${own}/down/+`,
    downTopic(other, "ack"),
    hostProof,
  ])
    assert.equal(mayHear(own, topic), false, topic);
});

test("whatever a topic looks like, it belongs to at most the controller it names", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom("", `seal/v1/${own}/up/`, `seal/v1/${own}/`), (text, before) => {
      const topic = before + text;
      assert.equal(mayPublish(other, topic, false), false);
      const read = readUpTopic(topic);
      if (read) assert.equal(topic, `seal/v1/${read.controllerId}/up/${read.kind}`);
    }),
  );
});
