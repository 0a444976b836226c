import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Figures of one process for a Prometheus that asks for them. */
export interface Telemetry {
  /** Counts an answer. `route` is the template of the table, never a path, which may hold a secret. */
  observeAnswer(method: string, route: string, status: number, seconds: number): void;
  /** Adds a figure that is read whenever somebody asks. */
  addGauge(name: string, help: string, read: () => Promise<number>): void;
  /** Everything in the text format of Prometheus. */
  read(): Promise<{ contentType: string; body: string }>;
}

/** A registry of its own: two servers in one process (tests) keep their figures apart. */
export function createTelemetry(): Telemetry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: "chancery_http_answer_seconds",
    help: "Time from a request to its answer",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10, 30],
    registers: [registry],
  });
  return {
    observeAnswer: (method, route, status, seconds) =>
      answers.observe({ method, route, status: String(status) }, seconds),
    addGauge: (name, help, read) => {
      new Gauge({
        name,
        help,
        registers: [registry],
        async collect() {
          this.set(await read());
        },
      });
    },
    read: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
