/** What this installation is. */
export const text = {
  title: "Settings",
  lead: "What this installation is, and where its keys are.",
  installation: {
    title: "This installation",
    organisation: "Organisation",
    kind: "Kind",
    sample: "Sample organisation",
    live: "An organisation of its own",
    version: "Version",
    checks: { database: "Database", "ledger-key": "Ledger key", "master-key": "Master key", transport: "Connection" },
  },
  ledger: "The ledger and its self-check",
} as const;
