import { startJobs } from "./jobs.ts";

/** A second process for the tests: takes a job, says so, and holds it until it is killed. */
const pool = JSON.parse(process.argv[2] ?? "") as Parameters<typeof startJobs>[0]["pool"];
await startJobs({
  pool,
  concurrency: 1,
  onError: (error) => console.error(error),
  tasks: {
    "seal-request": ({ requestId }) => {
      console.log(`took ${requestId}`);
      return new Promise(() => undefined);
    },
  },
});
