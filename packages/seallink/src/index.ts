export {
  type AuthorisationClaims,
  authorisationClaims,
  codeShown,
  emergencyLimits,
  maxTokenLife,
  namesOneTwice,
  type UseMode,
  useModes,
} from "./claims/authorisation.ts";
export {
  type CommandClaims,
  type CommandKind,
  type CosignClaims,
  commandClaims,
  commandKinds,
  cosignClaims,
  maxCommandLife,
  type OrderClaims,
  type OrderKind,
  orderClaims,
  orderKinds,
  type RevocationClaims,
  revocationClaims,
} from "./claims/orders.ts";
export {
  type AckClaims,
  ackClaims,
  defaultSettings,
  type EnrolmentAnswer,
  type FirmwareClaims,
  firmwareClaims,
  followPresence,
  type KeyUse,
  keyUses,
  type Presence,
  parseEnrolmentAnswer,
  parsePresence,
  parseTwinReport,
  type Settings,
  type TimeClaims,
  type TrustClaims,
  type TwinClaims,
  type TwinReport,
  tableOfTrust,
  timeClaims,
  trustClaims,
  twinClaims,
} from "./claims/platform.ts";
export {
  type JournalRecord,
  journalRecord,
  type RecordBody,
  type RecordFrame,
  type RecordPicture,
  type RecordType,
  recordTypes,
} from "./claims/record.ts";
export { type Controller, type ControllerView, createController } from "./device/controller.ts";
export type { Answer } from "./device/core.ts";
export type { FirmwareState } from "./device/firmware.ts";
export {
  type DeviceEvent,
  type DeviceState,
  deviceEvents,
  deviceStates,
  type Rule,
  refusalOf,
  ruleOf,
} from "./device/machine.ts";
export type {
  Camera,
  ControllerClock,
  ControllerPorts,
  ControllerStorage,
  Drive,
  SensorReading,
  Sensors,
  Signal,
  Stroke,
  Transport,
  UpMessage,
} from "./device/ports.ts";
export type { StrokeOutcome } from "./device/stroke.ts";
export type { SensorEvent } from "./device/watch.ts";
export {
  type AuthorisationEvent,
  type AuthorisationState,
  authorisationEvents,
  authorisationStates,
  provisionalUntil,
  stepAuthorisation,
} from "./platform/authorisation-state.ts";
export {
  type ChainState,
  closeChain,
  type Finding,
  findGap,
  gapWait,
  type OpenedRecord,
  type PendingRecord,
  startChain,
} from "./platform/chain.ts";
export {
  composeAck,
  type IngestContext,
  ingestRecord,
  judgeRecord,
  listNamedAuthorisations,
  openRecord,
  type Verdict,
} from "./platform/ingest.ts";
export { type AuthorisationFacts, alarmOf } from "./platform/judge-record.ts";
export {
  type Consequence,
  compareCounter,
  type Difference,
  type DifferenceCode,
  type Reconciliation,
  type ReconciliationFacts,
  reconcile,
} from "./platform/reconcile.ts";
export {
  signAck,
  signCommand,
  signCosign,
  signFirmware,
  signOrder,
  signRevocation,
  signTime,
  signToken,
  signTrust,
  signTwin,
} from "./platform/sign.ts";
export {
  type JournalEvidence,
  type JournalFinding,
  type JournalReport,
  verifyJournal,
} from "./platform/verify-journal.ts";
export {
  checkPicture,
  findLeavers,
  findMissingPictures,
  findSilence,
  findUnapproved,
  listCredentials,
  type NamedPicture,
  speedOfRefusals,
} from "./platform/watch.ts";
export { type AlarmCode, type AlarmText, alarmCodes, alarmTexts, type Speed, type Told } from "./texts/alarms.ts";
export { type FindingCode, findingCodes, findingTexts, quarantineCodes, sayFinding } from "./texts/findings.ts";
export { type CodeText, type ReasonCode, reasonCodes, reasonTexts } from "./texts/reasons.ts";
export { composeComparisonCode } from "./wire/comparison-code.ts";
export {
  type Algorithm,
  algorithms,
  type CryptoPort,
  chooseAlgorithm,
  createSigner,
  digest,
  generateKey,
  type PublicKey,
  type Signer,
  webCrypto,
} from "./wire/crypto.ts";
export { type Circle, type Fix, type Person, type Reader, readClaims } from "./wire/fields.ts";
export { createId } from "./wire/id.ts";
export {
  type JwsCode,
  type JwsType,
  jwsTypes,
  type KeyTable,
  type OpenedJws,
  openJws,
  peekJws,
  signJws,
} from "./wire/jws.ts";
export { type Opened, openClaims } from "./wire/open-claims.ts";
export type { Outcome, Refusal } from "./wire/outcome.ts";
export { maxDepth, maxTextLength } from "./wire/strict-json.ts";
