/** The first page after signing in. */
export const text = {
  title: "Overview",
  lead: "What waits for {{name}}, and what is on its way.",
  apply: "Apply to use a seal",
  accounts_one: "{{count}} account waits for a second person.",
  accounts_other: "{{count}} accounts wait for a second person.",
  accountsGo: "See what waits",
  counts: {
    label: "Figures of today",
    waiting: "Waiting for me",
    waitingWhy: "to decide, release or confirm",
    mine: "My open seal uses",
    mineWhy: "asked for, not closed",
    sealed: "Sealed this month",
    refused: "Refused this month",
    soFar: "so far",
  },
  waiting: {
    title: "Waiting for me",
    all: "Open the inbox",
    none: "Nothing waits for you.",
    noneWhy: "Requests that need your decision, release or confirmation appear here.",
  },
  mine: {
    title: "My seal uses",
    all: "Show all",
    none: "No seal uses yet.",
    noneWhy: "What you ask for appears here, with its next step.",
  },
  kept: "Seals I keep",
  crew: {
    missing_one: "{{count}} duty has no person yet: no seal can be used before.",
    missing_other: "{{count}} duties have no person yet: no seal can be used before.",
    see: "See who is missing",
  },
} as const;
