import assert from "node:assert/strict";
import { test } from "node:test";
import { createTurns, networkOf } from "./turns.ts";

const full = new Error("too many");
const open = () => createTurns({ running: 1, waiting: 2, refuse: () => full });

test("an address has one at work and two that wait; the next is refused, and another address is not held up", async () => {
  const turns = open();
  const order: string[] = [];
  const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const begin = (at: number, address: string) =>
    turns.take(address, async () => {
      order.push(`${at} begins`);
      await gates[at]?.promise;
      return at;
    });
  const mine = [begin(0, "192.0.2.1"), begin(1, "192.0.2.1"), begin(2, "192.0.2.1")];
  await assert.rejects(begin(3, "192.0.2.1"), full);
  const other = begin(3, "192.0.2.2");
  assert.deepEqual(order, ["0 begins", "3 begins"]);
  for (const gate of gates) gate.resolve();
  assert.deepEqual(await Promise.all([...mine, other]), [0, 1, 2, 3]);
  assert.deepEqual(order, ["0 begins", "3 begins", "1 begins", "2 begins"]);
});

test("work that fails gives its turn on, and leaves the address as it was", async () => {
  const turns = open();
  const fault = new Error("broken file");
  const results = await Promise.allSettled([
    turns.take("192.0.2.1", () => Promise.reject(fault)),
    turns.take("192.0.2.1", async () => "second"),
    turns.take("192.0.2.1", async () => "third"),
  ]);
  assert.deepEqual(
    results.map((one) => (one.status === "fulfilled" ? one.value : one.reason)),
    [fault, "second", "third"],
  );
  assert.equal(await turns.take("192.0.2.1", async () => "later"), "later");
});

test("the addresses of one IPv6 network of 64 bits count as one, other addresses each for itself", () => {
  assert.equal(networkOf("192.0.2.7"), "192.0.2.7");
  assert.equal(networkOf("::ffff:192.0.2.7"), "192.0.2.7");
  assert.equal(networkOf("2001:db8:1:2::1"), networkOf("2001:0db8:0001:0002:aaaa:bbbb:cccc:dddd"));
  assert.notEqual(networkOf("2001:db8:1:2::1"), networkOf("2001:db8:1:3::1"));
  assert.equal(networkOf("::1"), networkOf("0:0:0:0:0:0:0:1"));
  assert.equal(networkOf("fe80::1%eth0"), networkOf("fe80::2"));
});
