import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { until } from "../apps/server/platform/test-until.ts";
import { paths } from "../apps/web/src/paths.ts";
import { assertNoBarriers } from "./browser.ts";
import { desk, onSample } from "./on-sample.ts";
import { callAs } from "./sample-caller.ts";

const project = fileURLToPath(new URL("../", import.meta.url));
const sample = onSample();
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "chancery-box-"));
});
after(async () => {
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** The simulated box as a process of its own; `digits` are those on its screen. */
function startBox(args: readonly string[]) {
  const state = join(folder, "box.json");
  return startSimulator(["run", "--state", state, ...args]);
}
function startSimulator(args: readonly string[]) {
  const child = spawn(process.execPath, ["apps/cli/src/main.ts", "controller", ...args, "--url", sample.server().url], {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const ended = new Promise<{ code: number | null; printed: string }>((resolve) => {
    child.once("exit", (code) => resolve({ code, printed }));
  });
  const digits = new Promise<string>((resolve, reject) => {
    const hear = (part: Buffer): void => {
      printed += part.toString();
      const found = /digits: (\d{6})/.exec(printed)?.[1];
      if (found) resolve(found);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    void ended.then(({ printed: said }) => reject(new Error(`the box ended: ${said}`)));
  });
  digits.catch(() => undefined);
  return { digits, ended, read: () => printed, kill: () => child.kill("SIGKILL") };
}

test("C18: two people enrol a simulated box one after the other, and its journal arrives over a line that loses and doubles", async () => {
  await sample.visit(/Gao Minzhi/, desk, async (page) => {
    await page.goto(paths.controllers);
    await page.getByRole("button", { name: "Register a controller" }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Name in English").fill("Legal desk");
    await form.getByLabel("Name in Chinese").fill("法务室");
    await form.getByLabel("Serial number").fill("SIM-1");
    await form.getByLabel("Model").fill("S1");
    await form.getByRole("button", { name: "Register and make a pairing code" }).click();
    const shown = page.locator(".pairing-code");
    await shown.waitFor();
    await assertNoBarriers(page);
    const code = (await shown.innerText()).trim();
    const box = startBox([
      ...["--serial", "SIM-1", "--code", code, "--records", "12"],
      ...["--drop", "0.3", "--duplicate", "0.3", "--reconnect", "5"],
    ]);
    const digits = await box.digits;
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("link", { name: /Legal desk/ }).click();
    await page.getByText("You registered it or made its code").waitFor();

    // At the box, somebody else.
    await page.getByRole("button", { name: /account menu/ }).click();
    await page.getByRole("button", { name: "Act as someone else" }).click();
    await page.waitForURL((url) => url.pathname === paths.signIn);
    await page
      .getByRole("button", { name: /Chen Yilin/ })
      .first()
      .click();
    await page.waitForURL((url) => url.pathname !== paths.signIn);
    await page.goto(paths.controllers);
    await page.getByText("Waits for you").waitFor();
    await page.getByRole("link", { name: /Legal desk/ }).click();
    const field = page.getByLabel("Six digits on the controller");
    const send = page.getByRole("button", { name: "They stand on the box" });
    await field.fill(digits === "000000" ? "000001" : "000000");
    await send.click();
    await page.getByText(/These are not the digits/).waitFor();
    await assertNoBarriers(page);
    await field.fill(digits);
    await send.click();
    await page.getByText("The controller is enrolled.").waitFor();

    const { code: exit, printed } = await box.ended;
    assert.equal(exit, 0, printed);
    const [, records = "", acknowledged] = /records: (\d+), acknowledged: (\d+)/.exec(printed) ?? [];
    assert.ok(Number(records) >= 12 && records === acknowledged, printed);
    await page.reload();
    await page.getByText(`${records}, in epoch 1`).waitFor();
    await page.getByText("Nothing was found in what it sent.").waitFor();
    await page.getByText("The journal begins").waitFor();
    await assertNoBarriers(page);

    // What it is to be set to: what limits it needs the other one, and the box says what it took.
    await page.getByRole("button", { name: "Change settings" }).click();
    await page.getByLabel("Longest time offline").fill("24");
    await page.getByLabel("Why", { exact: true }).fill("It stands in an open office");
    await page.getByRole("button", { name: "Ask for this change" }).click();
    await page.getByText("Longest time offline: 72 h → 24 h").waitFor();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await assertNoBarriers(page);
    const gao = await callAs(sample.server().url, /Gao Minzhi/);
    const controllerId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const { waiting } = await gao("GET /v1/controllers/:controllerId/settings", { params: { controllerId } });
    await gao("POST /v1/controllers/:controllerId/settings-decision", {
      params: { controllerId },
      body: { changeId: waiting?.changeId ?? "", confirm: true },
    });
    await page.reload();
    await page.getByText(/Version 1 is asked for and the box follows 0/).waitFor();

    // Over a power cut the box goes on from what it kept.
    const again = await startBox(["--records", "3"]).ended;
    assert.equal(again.code, 0, again.printed);
    await page.reload();
    await page.getByText(/The box follows version 1/).waitFor();

    // And where it is killed: each record was kept before it was sent, so that it never tells of the same number twice.
    const state = join(folder, "box.json");
    const before = await readFile(state, "utf8");
    const killed = startBox(["--records", "2", "--obey", "60"]);
    const kept = await until(
      () => readFile(state, "utf8"),
      (text) => text !== before,
      60_000,
    );
    assert.ok(JSON.parse(kept));
    killed.kill();
    assert.equal((await killed.ended).code, null);
    const after = await startBox(["--records", "3"]).ended;
    assert.equal(after.code, 0, after.printed);
    await page.reload();
    await page.getByText("Nothing was found in what it sent.").waitFor();
    await page.getByRole("button", { name: "Revoke" }).click();
    await page.getByLabel("Why it is revoked").fill("The test is over");
    await page.getByRole("button", { name: "Revoke it" }).click();
    await page.getByText("The controller is revoked.").waitFor();
    const revoked = await startBox(["--records", "1"]).ended;
    assert.match(revoked.printed, /gateway.unreachable/);
  });
});

test("a page whose content is not for the reader keeps its name and leads on", async () => {
  await sample.visit(/Zhou Mingche/, desk, async (page) => {
    await page.goto(paths.controllers);
    await page.getByRole("heading", { level: 1, name: "Controllers" }).waitFor();
    await page.getByRole("alert").getByRole("link", { name: "Go to the overview" }).waitFor();
    await assertNoBarriers(page);
  });
});

test("C18: a fleet of simulated boxes enrols from one file, and each keeps itself in a file of its own", async () => {
  const origin = sample.server().url;
  const [first, second] = [await callAs(origin, /Gao Minzhi/), await callAs(origin, /Chen Yilin/)];
  const entityId = (await first("GET /v1/session")).entities[0]?.entityId ?? "";
  const made = [];
  for (const serial of ["FLEET-1", "FLEET-2"]) {
    const name = { en: serial, zh: serial };
    const body = { entityId, containerId: null, serial, model: "S1", name };
    made.push({ serial, ...(await first("POST /v1/controllers", { body })) });
  }
  const boxes = join(folder, "boxes.txt");
  await writeFile(boxes, made.map(({ serial, pairingCode }) => `${serial} ${pairingCode}\n`).join(""));
  const run = ["fleet", "--boxes", boxes, "--folder", folder, "--records", "4"];
  const fleet = startSimulator(run);
  for (const { serial, controllerId } of made) {
    const comparisonCode = await until(
      () => new RegExp(`${serial} digits: (\\d{6})`).exec(fleet.read())?.[1] ?? "",
      (digits) => digits !== "",
      60_000,
    );
    await second("POST /v1/controllers/:controllerId/confirmation", {
      params: { controllerId },
      body: { comparisonCode },
    });
  }
  const { code, printed } = await fleet.ended;
  assert.equal(code, 0, printed);
  assert.match(printed, /boxes: 2, well: 2/);
  for (const { serial } of made) assert.match(printed, new RegExp(`${serial} records: (\\d+), acknowledged: \\1,`));
  await writeFile(boxes, "FLEET-1\nFLEET-2\nFLEET-3\n");
  const again = await startSimulator(run).ended;
  assert.match(again.printed, /FLEET-3 argument.missing/);
  assert.match(again.printed, /boxes: 3, well: 2/);
  assert.equal(again.code, 2);
});
