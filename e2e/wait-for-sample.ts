/**
 * Asks for the sample organisation and waits until it is made. How long that takes depends on the machine, so what counts
 * is that it goes on: it is given up when the server, asked twelve times to answer at the next step, had none to tell of
 * (some two minutes).
 */
export async function waitForSample(url: string): Promise<void> {
  const asked = await fetch(`${url}/v1/installation/sample`, { method: "POST" });
  if (!asked.ok) throw new Error(`the sample was refused: ${await asked.text()}`);
  let most = 0;
  for (let still = 0; still < 12; still += 1) {
    const answer = await fetch(`${url}/v1/installation/sample?after=${most}`);
    const { state, done } = (await answer.json()) as { state: string; done: number };
    if (state === "sample") return;
    if (state !== "preparing-sample") throw new Error(`the sample is ${state} after ${done} steps`);
    if (done > most) [most, still] = [done, -1];
  }
  throw new Error(`the sample stands still after ${most} steps`);
}
