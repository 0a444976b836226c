export {
  type AccountChange,
  decideAccountConfirmation,
  needsSecondPerson,
  restAfterReset,
  restLeft,
} from "./account.ts";
export {
  type ApplicationFacts,
  type ApplicationField,
  lastDayOfValidity,
  listApplicationRefusals,
  listMissingFields,
} from "./application.ts";
export {
  type ApprovalDecision,
  type ApprovalFacts,
  type ApprovalSubject,
  type ApprovedDocument,
  approvalDigestInput,
  decideApproval,
  type StepDecided,
} from "./approval.ts";
export { CONTROL_IDS, type Control, type ControlId, controls } from "./controls.ts";
export { listMissingCrew, type MissingCrew } from "./crew.ts";
export { custodiansNeeded } from "./custody.ts";
export { DOCUMENT_CLASS_IDS, type DocumentClass, type DocumentClassId, documentClasses } from "./document-class.ts";
export {
  DUTIES,
  type Duty,
  findFreeHolders,
  findMeetingDuties,
  findSealingHolders,
  holdersFor,
  listApplicantRefusals,
  listTakenDuties,
  type SealingHolders,
  type TakenDuty,
} from "./duties.ts";
export {
  decidePlaces,
  decideSealForDocument,
  type EntryDecision,
  type FormFieldFact,
  findUnfinishedPlaces,
  type PageText,
  type PlaceForEntry,
  type SealForEntry,
  type TextRun,
  UNFINISHED_KINDS,
  type UnfinishedKind,
  type UnfinishedPlace,
} from "./entry-check.ts";
export {
  askGate,
  GATE_CONDITIONS,
  type GateAnswer,
  type GateCondition,
  type GateConditionId,
  type GateFacts,
  type GateSeal,
  type ImpressionAuthorisation,
  type PresenceFacts,
  presenceLife,
} from "./gate.ts";
export {
  countImpressions,
  decideImpression,
  IMPRESSION_COMMANDS,
  type ImpressionChanged,
  type ImpressionCommand,
  type ImpressionCounts,
} from "./impression.ts";
export { LEDGER_EVENT_TYPES, type LedgerEventType } from "./ledger-event.ts";
export { describe, describeRefusal, type Message, type MessageCode, messages } from "./messages.ts";
export { formatRequestNumber, nextRunningNumber } from "./numbering.ts";
export { listPermissions, PERMISSIONS, type Permission } from "./permissions.ts";
export { type Decision, type FactValue, type Refusal, refuse } from "./refusal.ts";
export {
  decideRoute,
  listEntitled,
  type RouteDecision,
  type RouteFacts,
  type RouteStep,
  type StepKind,
  type StepReason,
  type UnitInTree,
} from "./route.ts";
export {
  applySeal,
  decideSeal,
  finalSealStates,
  isLiveSeal,
  SEAL_BODIES,
  SEAL_COMMANDS,
  SEAL_STATES,
  type SealBody,
  type SealCommand,
  type SealCrew,
  type SealLifeContext,
  type SealState,
  type SealStateChanged,
} from "./seal-life.ts";
export {
  decideEdit,
  decideRequest,
  decideTakingBack,
  finalRequestStates,
  REQUEST_COMMANDS,
  type RequestCommand,
  type RequestStateChanged,
} from "./seal-use-request.ts";
export {
  decideGrant,
  type Grant,
  type GrantContext,
  type GrantGiven,
  type GrantScope,
  type LoneChain,
  listSeparationConflicts,
  mayManageGrants,
  proveNobodyActsAlone,
  type SealForSeparation,
  type SeparationConflict,
  separationMatrix,
} from "./separation-matrix.ts";
export { sealStateNames } from "./state-names.ts";
export {
  IMPRESSION_STATES,
  type ImpressionState,
  type LocalName,
  PROFILES,
  type Profile,
  ROLES,
  type Role,
  roleNames,
  SEAL_TYPES,
  SEAL_USE_REQUEST_STATES,
  type SealType,
  type SealTypeDefaults,
  type SealUseRequestState,
  sealTypeDefaults,
} from "./vocabulary.ts";
