/** Papers that two entities seal. */
export const text = {
  tag: "Joint",
  ask: {
    label: "Does another of our entities seal the same paper?",
    none: "No, this entity alone",
    hint: "You may ask for entities whose seals you see by a role there. Each side gets its own number, approvals and sealing. Not for a series, an emergency or under a standing authorisation.",
    unit: "Which unit there answers for it",
    unitHint: "Its head decides on that side",
    unitNone: "None named",
    fixed: "The other side is {{name}}. That was fixed when it was submitted.",
    series: "A series of documents is sealed by one entity alone.",
    emergency: "An emergency use is of one entity alone. Take off the emergency or the other side.",
    standing: "Under a standing authorisation one entity seals alone. Take off the authorisation or the other side.",
  },
  review: {
    route: "How {{name}} decides",
    sealing: "{{name}}",
    findings: "What {{name}} still needs",
    both: "Both sides are submitted together: both get a number, or none.",
    other: "Other side",
  },
  card: {
    title: "Joint request: two entities seal one paper",
    here: "This side",
    there: "The other side",
    theirSeal: "Seal of {{name}} (the other side)",
    open: "Open the other side",
    number: "No number yet",
    waitsAgreement: "No seal stands on the paper before both sides have agreed. Nobody decides for both.",
    agreed: "Both sides have agreed. They seal one after the other; the second seals what the first has sealed.",
    waitsSeal: "This side has sealed. It waits for the other side; the file is given out when both have sealed it.",
    otherSealed: "The other side has sealed. This side seals the same file next.",
    done: "The paper carries the seals of both sides.",
    ended:
      "It ended before both sides had sealed. What was sealed stays in the register; the file is void, stands in the register of exceptions and is given to nobody.",
    back: "Both sides came back. They are changed and submitted together.",
    over: "This side is over. Another draft took its place in the joint request.",
    draft: "Both sides are drawn up as one and submitted together.",
    withdraw:
      "The other side comes back to you with it. Where a seal is on the paper already, both sides end and the paper is void.",
  },
} as const;
