export {
  cutLeave,
  isAwayWithin,
  type Leave,
  listAbsent,
  listEarlyReturnRefusals,
  listLeaveRefusals,
  preferPresent,
} from "./absence.ts";
export {
  type AccountChange,
  decideAccountConfirmation,
  decideNewInvitation,
  mayConfirmAccounts,
  needsSecondPerson,
  restAfterReset,
  restLeft,
} from "./account.ts";
export {
  ALARM_TOLD,
  type AlarmPlace,
  type AlarmSpeed,
  type AlarmTold,
  type AlarmToTell,
  type Called,
  climbToSomebody,
  escalatesAt,
  isQuietAlarm,
  judgeAlarmWord,
  listKeepers,
  quietAlarms,
  refusedPresses,
  speedOfAlarm,
} from "./alarm.ts";
export { type AlarmMailFacts, composeAlarmMail, type MailText, onOneLine } from "./alarm-mail.ts";
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
  type ApprovedSeries,
  approvalDigestInput,
  decideApproval,
  hasPartElsewhere,
  type StepDecided,
} from "./approval.ts";
export {
  type AskedPaper,
  findKnownPaper,
  listAskedPapers,
  listFaultyPapers,
  type PaperFault,
  type PaperFile,
} from "./asked-papers.ts";
export {
  addToBacktest,
  BACKTEST_CHANGES,
  type BacktestChange,
  type BacktestSum,
  countHours,
  emptySum,
  judgeByRules,
  type PastRequest,
  type Verdict,
} from "./backtest.ts";
export { type BatchedRequest, isLowRisk, listBatchRefusals } from "./batch-approval.ts";
export {
  bearsViewMark,
  blankSheetLimits,
  findSheetCodes,
  findSheetFeet,
  listBlankSheetRefusals,
  listLetterheadRefusals,
  listSheetFaults,
  listSheetsRequestRefusals,
  listSheetViewRefusals,
  type SheetsFile,
  type SheetsOwed,
  type SheetToSeal,
  superviseSheets,
  viewOnlyMarks,
} from "./blank-sheets.ts";
export { isBlank } from "./blank-text.ts";
export { joinHalves, joinSeal } from "./both-halves.ts";
export {
  BRING_PURPOSES,
  type BringPurpose,
  isToldOf,
  listBringOutRefusals,
  listPutAwayRefusals,
  type StampingInHand,
} from "./bring-out.ts";
export { carryFromOthers, carryReviewers, type StepBefore, type StepFallen } from "./carried-reviewers.ts";
export {
  type CertificateLife,
  certificateOverlap,
  isCertificateTaken,
  isRenewalDue,
  judgeRenewal,
  RENEWAL_REFUSALS,
  type RenewalRefusal,
} from "./certificate-life.ts";
export { commitmentDigestInput, commitmentLetter, commitmentVersion } from "./commitment.ts";
export {
  accessParts,
  CONFIDENTIAL_ACCESS_HOURS,
  decideAccess,
  listConfidentialRefusals,
  listReaderRefusals,
  listSwitchRefusals,
  listTooManyReaders,
  maskedTitle,
  maskLineFacts,
  type PersonToName,
  READER_PARTS,
  type ReaderPart,
  type Reading,
  readingOf,
  refuseMasked,
} from "./confidential.ts";
export {
  applyFormsMoved,
  compareCounts,
  compareFormCount,
  countForms,
  decideFormsMove,
  decideReceipt,
  FORM_ACTS,
  FORM_KINDS,
  FORM_STATES,
  type FormAct,
  type FormCountCompared,
  type FormCounts,
  type FormHolding,
  type FormKind,
  type FormState,
  type FormsMoved,
  formKindNames,
  formStateNames,
  isFormStockLow,
  joinHoldings,
  listFormActs,
  listFormCountRefusals,
  listFormKeeperRefusals,
  listSheets,
} from "./controlled-forms.ts";
export {
  BOX_STANDINGS,
  type BoxStanding,
  CONTROLLER_EVENTS,
  CONTROLLER_STATES,
  type ControllerEvent,
  type ControllerState,
  composePairingCode,
  controllerStateNames,
  isBeyondWord,
  isPairingOver,
  listEnrolmentRefusals,
  type Pairing,
  pairing,
  readPairingCode,
  standingOfBox,
  stepController,
} from "./controller.ts";
export {
  type EpochMissed,
  listEpochDecisionRefusals,
  listEpochMissed,
  listEpochRefusals,
  mayOrderEpochAgain,
} from "./controller-epoch.ts";
export { type ControllerCondition, findMostSilence, listStampHindrances } from "./controller-hindrances.ts";
export {
  BOX_NUMBERS,
  BOX_SETTINGS,
  type BoxNumber,
  type BoxSetting,
  type BoxSettings,
  boxSettingDefinitions,
  decideBoxSettings,
  type Fence,
  listSettingDifferences,
  listSettingsDecisionRefusals,
  mostFences,
} from "./controller-settings.ts";
export {
  AUTHORISATION_TURNS,
  type AuthorisationTurn,
  CONTROLLER_ORDERS,
  CONTROLLER_ORDERS_SHOWN,
  type ControllerOrder,
  decideAuthorisation,
  listOrderRefusals,
  listPieceRefusals,
  type PieceInController,
  type StrokeOutcome,
  type StrokeTaken,
  takeStroke,
} from "./controller-use.ts";
export { CONTROL_IDS, type Control, type ControlId, controls } from "./controls.ts";
export {
  type BookedImpression,
  type BookedPlace,
  bookByCode,
  type PlacesExchanged,
  type SheetShown,
  sheetShown,
  verdictOnPlace,
} from "./copy-booking.ts";
export { COPY_STANDINGS, type CopyStanding, standingOfCopy } from "./copy-standing.ts";
export { compareCounter, countBeyond } from "./counter-books.ts";
export {
  counterMost,
  judgeReading,
  listCounterRefusals,
  READING_VERDICTS,
  type ReadingVerdict,
} from "./counter-reading.ts";
export { stemForBranches } from "./counterparty-branch.ts";
export {
  listJoinableRoles,
  listMissingCrew,
  listSealsWithoutStandIn,
  type MissingCrew,
  type PossibleApplicant,
  type SealOfCrew,
} from "./crew.ts";
export { custodiansNeeded, keepsSeal } from "./custody.ts";
export {
  CONTAINER_KINDS,
  type ContainerFacts,
  type ContainerKind,
  containerKindNames,
  decideLockHolder,
  findOutAlarm,
  LOCK_KINDS,
  type LockKind,
  listContainerRefusals,
  listOpeners,
  seesContainer,
} from "./custody-place.ts";
export {
  type BookEnd,
  CUSTODY_BOOKS,
  type CustodyAccount,
  type CustodyBook,
  type CustodyMove,
  type CustodyPosting,
  type CustodyStay,
  containerAccount,
  containerOf,
  decidePosting,
  findAccountAt,
  joinAgain,
  leaveToOther,
  listBreaks,
  listStays,
  parseAccount,
  peopleAccount,
  peopleOf,
  replaceCustodian,
} from "./custody-posting.ts";
export { type DecisionModel, readModels, writeModel } from "./decision-model.ts";
export { type Cell, type DecisionTable, type TableRow, tableLimits } from "./decision-table.ts";
export {
  type DecisiveFacts,
  type DeclaredForUse,
  type DocumentSeen,
  decideFacts,
  declaredFactNames,
  type FactDisagreement,
  findDecidingAmount,
  isForReaders,
  isOpen,
  isSettleable,
  listDisagreements,
  maySettleFacts,
  mustBeSettled,
  sayFact,
} from "./decisive-facts.ts";
export {
  compareDeclared,
  DECLARED_FACTS,
  type DeclaredFact,
  type DeclaredFacts,
  type FactsRead,
  findMissingFacts,
  readClassOf,
  readFacts,
} from "./declared-facts.ts";
export {
  DELEGABLE_ROLES,
  type DelegableRole,
  type DelegationWanted,
  decideDelegation,
  findPartKind,
  isDelegable,
} from "./delegation.ts";
export { describeFault, describeRateWeakening, describeTableWeakening, describeWeakening } from "./describe-faults.ts";
export { type ClassNames, describeMoney, grouped } from "./describe-rules.ts";
export {
  ADAPTER_KINDS,
  type AdapterKind,
  DEVICE_CAPS,
  type DeviceCap,
  type DeviceCaps,
  directCaps,
  listMissingCaps,
  vendorCloudCaps,
} from "./device-adapter.ts";
export { listDockRefusals } from "./docked-press.ts";
export {
  baseOfClass,
  type ClassBook,
  classIn,
  classLimits,
  classNames,
  DOCUMENT_CLASS_IDS,
  type DocumentClass,
  type DocumentClassId,
  documentClasses,
  ELECTRONIC_USES,
  type ElectronicUse,
  isDocumentClassId,
  isOwnClass,
  isStarterClass,
  listClassRefusals,
  nameClass,
  ownClassIds,
  type StarterClassId,
  starterBook,
  starterClass,
} from "./document-class.ts";
export { asShown, type DocumentText, readDocumentText } from "./document-text.ts";
export {
  DUTIES,
  type Duty,
  findFreeHolders,
  findMeetingDuties,
  findSealingHolders,
  findSealingTurn,
  holdersFor,
  listApplicantRefusals,
  listConfirmers,
  listTakenDuties,
  type SealingHolders,
  type TakenDuty,
  withoutBiasedDelegations,
} from "./duties.ts";
export {
  decideEmergencyReview,
  decidePaperGiven,
  EMERGENCY_VERDICTS,
  type EmergencyVerdict,
  emergencyReportLife,
  emergencyRoute,
  endEmergency,
  isEmergencyTakenBack,
  letPapersFollow,
  limitEmergency,
  listEmergencyRefusals,
  listOverdueRefusals,
  listOwedPapers,
  listParts,
  listReviewers,
  listSlipDoubts,
  listSlipRefusals,
  listTakenBackRefusals,
  reviewingRoles,
  slipUptimeMinutes,
} from "./emergency.ts";
export type { House } from "./entity-in-text.ts";
export { decideSealForDocument, type EntryDecision, type SealForEntry } from "./entry-check.ts";
export {
  decideByRules,
  decideScope,
  type FiredRows,
  type RequestFacts,
  type RulesDecision,
} from "./evaluate-rules.ts";
export { EVIDENCE_GRADES, type EvidenceGrade, evidenceGradeTexts, gradeOfImpression } from "./evidence-grade.ts";
export {
  COUNTERPARTY_KINDS,
  type CounterpartyKind,
  counterpartyKindNames,
  FACT_IDS,
  type FactId,
  factDefinitions,
  type TemplateVerdict,
} from "./fact-sheet.ts";
export { hasFieldWords, isSeveral, nameField } from "./field-words.ts";
export { type FilledField, withoutFilledSpaces } from "./filled-spaces.ts";
export {
  asksForFinalCopy,
  type BandPlace,
  decideFinalCopy,
  decideFinalRuling,
  FINAL_COPY_STATES,
  FINAL_PAGE_VERDICTS,
  FINAL_RULINGS,
  FINAL_VERDICTS,
  type FinalCopyState,
  type FinalPage,
  type FinalPageVerdict,
  type FinalRuling,
  type FinalSheet,
  type FinalVerdict,
  finalReviewRoles,
  followFinalCopy,
  judgeFinalCopy,
  listSignatureBands,
  mostFinalFiles,
  mostFinalSheets,
  SHEET_HINTS,
  type SheetHint,
} from "./final-copy.ts";
export {
  couldUseASeal,
  FIRST_USE_STEPS,
  type FirstUseFacts,
  type FirstUseStep,
  listFirstUseSteps,
  SMALLEST_CREW,
  smallestCrew,
  type WaitingAccount,
} from "./first-use.ts";
export {
  type FitnessDemands,
  type FitnessFacts,
  findFitnessDemands,
  findLastFitDay,
  fitnessReminders,
  isFit,
  listUnfitRefusals,
} from "./fitness.ts";
export {
  type ForeignPhoto,
  judgeForeignPhoto,
  listForeignPaperRefusals,
  listScanPages,
  type ScanReading,
} from "./foreign-paper.ts";
export { type FormPlace, markFormFields } from "./form-marks.ts";
export {
  countNumbers,
  type FormRange,
  type FormWriting,
  intersectRanges,
  mergeRanges,
  mostFormDigits,
  readFormRanges,
  sizeOf,
  subtractRanges,
  writeFormNumber,
  writeFormRange,
  writeFormRanges,
} from "./form-ranges.ts";
export {
  COUNT_DIFFERENCES,
  type CountDifference,
  type CountDifferenceKind,
  type CountedImpression,
  type CountFacts,
  type DifferenceFollows,
  type FourCounts,
  findCaseHindrance,
  followsOf,
  photoDebtHours,
  reconcileCounts,
} from "./four-counts.ts";
export {
  askGate,
  findStandingActs,
  GATE_CONDITIONS,
  type GateAnswer,
  type GateCondition,
  type GateConditionId,
  type GateFacts,
  type GateSeal,
  type ImpressionAuthorisation,
  isSupervisionNeeded,
  listConfirmationRefusals,
  type PresenceFacts,
  presenceLife,
} from "./gate.ts";
export { GATE_WAYS, type GateAsking, type GateGround, type GateMeans, gateTable } from "./gate-ways.ts";
export { generateYear } from "./generated-year.ts";
export {
  type BodyToHandOver,
  causeOfPersonEvent,
  HANDOVER_CAUSES,
  HANDOVER_TASKS,
  type HandoverCause,
  type HandoverPeople,
  handoverCauseNames,
  listHandoverRefusals,
  listInventoryRefusals,
  listReturnRefusals,
  listShortHandoverRefusals,
  PIECE_CONDITIONS,
  type PieceCondition,
  pieceConditionNames,
} from "./handover.ts";
export {
  countHand,
  countImpressions,
  decideImpression,
  type HandCounts,
  type HandImpression,
  IMPRESSION_COMMANDS,
  type ImpressionChanged,
  type ImpressionCommand,
  type ImpressionCounts,
  isMade,
} from "./impression.ts";
export {
  countBySeal,
  findOverused,
  type PlacedImpression,
  type SealOnDocument,
  type SealTally,
  tallySeals,
} from "./impressions-by-seal.ts";
export { jobDescriptions } from "./job-descriptions.ts";
export {
  decideOtherSide,
  findOnBothSides,
  hasAgreed,
  JOINT_SIDES,
  type JointSide,
  listEngaged,
  listJointRefusals,
  listJointSwitchRefusals,
  listOtherSideRefusals,
  partSides,
  type SideEvent,
  type SidesParted,
  type SideToAsk,
  withoutOtherSide,
} from "./joint.ts";
export {
  type AgreementGiven,
  keepAgreements,
  partsOfRequest,
  REQUEST_PARTS,
  type RequestPart,
  restsOn,
  type StepKept,
} from "./kept-approvals.ts";
export { condenseFacts, withOwnNames } from "./kept-facts.ts";
export { LEDGER_EVENT_TYPES, type LedgerEventType } from "./ledger-event.ts";
export {
  hasToComeBack,
  LODGING_KINDS,
  type LodgingKind,
  listLodgingRefusals,
  listWithdrawalRefusals,
  lodgingKindNames,
  nameLodging,
  type SealOnCard,
} from "./lodging.ts";
export {
  type Absence,
  type ChainLink,
  type Deputy,
  findLoneChains,
  type LoneChain,
  listNewChains,
  type ProofFacts,
  refuseLoneChain,
} from "./lone-chain.ts";
export { MAIL_LANGUAGES, type MailLanguage, readMailAddress } from "./mail-address.ts";
export {
  decideMakeUp,
  type EarlierMakeUp,
  findMakeUpCause,
  isSamePaper,
  listMakeUpRefusals,
  MAKE_UP_CAUSES,
  type MakeUpCause,
  type MakeUpFacts,
  makeUpCauseNames,
  type PlacedDocument,
  standsForCopy,
} from "./make-up.ts";
export {
  decideMatter,
  decideMatterRoute,
  decideMatterStep,
  type EvidenceSlot,
  finalMatterStates,
  listDayFaults,
  listLastConfirmationRefusals,
  listMissingForCarryingOut,
  MATTER_COMMANDS,
  MATTER_STATES,
  type MatterCommand,
  type MatterDefinition,
  type MatterState,
  type MatterStep,
  mayBeDelegated,
  mayTakeOut,
  reserves,
  takesEvidence,
} from "./matter.ts";
export { MATTER_KINDS, type MatterKind, matterDefinition, matterDefinitions } from "./matter-kinds.ts";
export { custodyMatters } from "./matters-custody.ts";
export { type FormMatterKind, formMatters } from "./matters-forms.ts";
export { type OrganisationMatterKind, organisationMatters } from "./matters-organisation.ts";
export { type SealMatterKind, sealMatters } from "./matters-seal.ts";
export { type StockMatterKind, stockMatters } from "./matters-stock.ts";
export { listMentionRefusals, type PersonToMention } from "./mention.ts";
export { describe, describeRefusal, type Message, type MessageCode, messages } from "./messages.ts";
export { formatRequestNumber } from "./numbering.ts";
export { type EarlierDecision, listOpenObjections, type Objection, withObjectors } from "./objections.ts";
export { OLD_BOOK_REGISTERS, type OldBookRegister } from "./old-book.ts";
export { listOnCallSpans, mayBeOnCall, ON_CALL_ROLES, type OnCallRole, type OnCallSpan } from "./on-call.ts";
export {
  countItems,
  countStockLines,
  countVerdicts,
  listStockRefusals,
  planOf,
  type RawSheet,
  type ReadSheets,
  readSheets,
  type StockFacts,
  type StockItem,
  type StockLine,
  type StockRef,
  type StockVerdict,
  verdictsOfPart,
} from "./opening-stock.ts";
export { foldKey } from "./opening-stock-cells.ts";
export { judgeOpeningStock } from "./opening-stock-judge.ts";
export { walkToOpeningState } from "./opening-stock-life.ts";
export {
  OPENING_STATES,
  type OpeningState,
  partOfSheet,
  SHEET_KINDS,
  type SheetColumn,
  type SheetKind,
  STOCK_PARTS,
  type StockPart,
  sheetColumns,
  sheetKindNames,
  yesNoNames,
} from "./opening-stock-sheets.ts";
export { tellStockItem } from "./opening-stock-words.ts";
export { listOtherAmounts, type OtherAmounts } from "./other-amounts.ts";
export { type EscalatedStep, listAskedToo, listOverdueActs, overdueSince, type WaitingStep } from "./overdue-step.ts";
export {
  type FormFieldFact,
  type PageText,
  type Rule,
  SHOWN_OTHERWISE,
  type ShownOtherwise,
  type TextRun,
} from "./page-text.ts";
export { readPaperKinds } from "./paper-kinds.ts";
export { isSameParty } from "./parties-in-text.ts";
export {
  type GrantToRead,
  mayReadGrant,
  mayReadPerson,
  type PeopleReader,
  type PersonToRead,
} from "./people-reader.ts";
export { listPermissions, listRolesWith, PERMISSIONS, type Permission } from "./permissions.ts";
export {
  demandOf,
  FACE_SIGHTS,
  type FaceSight,
  IMPRESSION_SIGHTS,
  type ImpressionSight,
  isBlankShown,
  isPressedInRed,
  isUnreadable,
  listPrintRefusals,
  PHOTO_BASES,
  PHOTO_DEMANDS,
  PHOTO_VERDICTS,
  type PhotoBasis,
  type PhotoDemand,
  type PhotoFound,
  type PhotoVerdict,
  photoVerdictNames,
} from "./photo-reading.ts";
export { listPhotosToOpen, mostLookedAtWhole, type PhotoOfImpression } from "./photos-to-open.ts";
export { listPicturedPages } from "./pictured-pages.ts";
export {
  type BoxAround,
  isTakenWithoutRecord,
  listInBoxRefusals,
  listLockAwayRefusals,
  listTagRefusals,
} from "./piece-moves.ts";
export {
  decidePositionConfirmation,
  type JobDescription,
  jobDescriptionVersion,
  type Position,
  positionDigestInput,
} from "./position.ts";
export {
  countLacking,
  type NamedPicture,
  PICTURE_SIGHTS,
  type PictureSight,
  sightOfPicture,
} from "./press-pictures.ts";
export { type Decision, type FactValue, type Refusal, refuse } from "./refusal.ts";
export {
  cutSearch,
  foldText,
  formatLineNumber,
  listGrams,
  REGISTERS,
  type Register,
  type RegisterSearch,
  registerNames,
} from "./register.ts";
export {
  formatTime,
  type LineKindOf,
  type LineReader,
  type LineWords,
  listLineKinds,
  nameOfPoint,
  type RegisterLineKind,
  registerKinds,
  type ToldLine,
  tellLine,
  wholeLine,
  writeLineOut,
} from "./register-words.ts";
export { composePressMail, type PressMailFacts } from "./remote-mail.ts";
export {
  decideRemoteAnswer,
  findRemoteLapse,
  isAtRemotePresses,
  listRemoteRefusals,
  REMOTE_LAPSES,
  REMOTE_LOOK_STATES,
  REMOTE_VERDICTS,
  type RemoteLapse,
  type RemoteLookState,
  type RemoteVerdict,
  remoteAgreementLife,
  remoteAtIt,
  remoteLookLife,
} from "./remote-press.ts";
export {
  type EarlierRequest,
  foldName,
  listLikeNames,
  listQuestions,
  needsReader,
  QUESTION_KINDS,
  type QuestionFacts,
  type QuestionKind,
  questionCode,
  type RequestQuestion,
} from "./repetition.ts";
export {
  applyRotationMove,
  findKeptSince,
  judgeRotation,
  planRotation,
  ROTATION_STATES,
  type RotationMove,
  type RotationPlace,
  type RotationPlan,
  type RotationState,
  type RotationWanted,
  rotationNotice,
} from "./rotation.ts";
export {
  decideRoute,
  findPrincipal,
  listEligible,
  listEntitled,
  listNearestHeads,
  type RouteFacts,
  type RouteStep,
  type StepReason,
  type UnitInTree,
} from "./route.ts";
export {
  type ArticleSource,
  type ChapterId,
  RULE_CHAPTERS,
  type RuleArticle,
  type RuleBook,
  type RuleBookFacts,
  type RuleChapter,
  ruleBookConfirmationInput,
  ruleBookDigestInput,
  writeRuleBook,
} from "./rule-book.ts";
export {
  type ArticleDifference,
  compareRuleBooks,
  compareWords,
  type WordRun,
} from "./rule-book-difference.ts";
export { listPublishRefusals, listReadingRefusals } from "./rule-book-version.ts";
export { articleSourceName } from "./rule-book-words.ts";
export { compareRules, type DescribedRow, describeRows } from "./rule-changes.ts";
export {
  ATTACHMENT_KINDS,
  type AttachmentKind,
  attachmentNames,
  checkRuleSet,
  isBlocking,
  type LimitOutput,
  type RouteOutput,
  type RuleSet,
  type RuleSetFault,
  type ScopeOutput,
  STEP_KINDS,
  STEP_MODES,
  type StepKind,
  TABLE_IDS,
  type TableId,
  tableFacts,
  tableNames,
} from "./rule-set.ts";
export {
  LEFT_ALONE,
  type LeftAlone,
  listNamingRefusals,
  MOST_NAMED_REQUESTS,
  type RunningRequest,
  whyLeftAlone,
} from "./running-requests.ts";
export { type BodyOfSeal, formatBodyNumber, stateOfSeal } from "./seal-body.ts";
export {
  CERTIFICATE_STATES,
  type CertificateState,
  expiringDays,
  findSealDuty,
  groupSealState,
  NEXT_DUTIES,
  SEAL_STATE_GROUPS,
  type SealStateGroup,
  URGENCIES,
} from "./seal-duty.ts";
export { type BodyChange, type Freeze, readFreeze } from "./seal-freeze.ts";
export {
  defaultKindRules,
  findScopeFault,
  isContainerEnough,
  KIND_HOLDERS,
  KIND_PRESSERS,
  KIND_SHAPES,
  type KindWanted,
  LEAST_CONTAINERS,
  listHolderRefusals,
  listStarterClasses,
  listTypeRefusals,
  type SealKindRules,
  type SealOfKind,
} from "./seal-kind.ts";
export {
  applySeal,
  decideSeal,
  finalSealStates,
  hasWay,
  isKeptOn,
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
  waitsForConfirmations,
} from "./seal-life.ts";
export { decidePlaces, type PlaceForEntry } from "./seal-places.ts";
export {
  listNamesNeeded,
  listSealPositions,
  SEAL_DUTIES,
  type SealDuty,
  type SealPosition,
  sealDutyNames,
} from "./seal-positions.ts";
export {
  type BodyMatterKind,
  commandsOfMatters,
  LOSS_TASKS,
  listLifeLine,
  listNextMatters,
} from "./seal-steps.ts";
export {
  decideEdit,
  decideRequest,
  decideTakingBack,
  finalRequestStates,
  isUseOver,
  mayTakeBack,
  openRequestStates,
  REQUEST_COMMANDS,
  type RequestCommand,
  type RequestStateChanged,
} from "./seal-use-request.ts";
export { decideSendingBack, listAskedAgain } from "./send-back.ts";
export {
  decideGrant,
  type Grant,
  type GrantContext,
  type GrantGiven,
  type GrantScope,
  listLoosened,
  listLoosenedMeetings,
  listMatrix,
  listSeparationConflicts,
  type MatrixPair,
  mayManageGrants,
  type SealForSeparation,
  type SeparationConflict,
  separationMatrix,
} from "./separation-matrix.ts";
export {
  decideSeriesFacts,
  isOfLine,
  type ListOfSeries,
  listSeriesColumns,
  listSeriesDisagreements,
  listSeriesFaults,
  listTrialRows,
  listUnopened,
  mostSeriesDocuments,
  mostSeriesFaults,
  nameForDraw,
  readSeriesList,
  type SeriesColumn,
  type SeriesDocumentSeen,
  type SeriesFault,
  type SeriesLine,
  type SeriesSums,
  sampleSize,
  seriesLeaf,
  sumSeries,
} from "./series.ts";
export {
  type FieldSlot,
  type FillableField,
  findFieldSlots,
  listFields,
  type PlacedCharacter,
  type WrittenText,
  writeValue,
} from "./series-places.ts";
export {
  decideSettingChange,
  isLooser,
  readSettingValues,
  SETTING_KEYS,
  type SettingChange,
  type SettingKey,
  type Settings,
  settingDefinitions,
} from "./settings.ts";
export {
  isApartFromSheets,
  judgeSheetCodes,
  listOwnHandRefusals,
  listSheetConfirmerRefusals,
  listSheetDecisionRefusals,
  listSheetReportRefusals,
  type ReportToConfirm,
  SHEET_ENDS,
  SHEET_REPORT_STATES,
  type SheetCodesRead,
  type SheetConfirmer,
  type SheetEnd,
  type SheetReportState,
  type SheetToReport,
} from "./sheet-reports.ts";
export { planShortening, type ShorteningFacts, type StepOfRoute } from "./shorten-route.ts";
export {
  isBeingRead,
  isLeftToOtherCopy,
  isPhotographedItself,
  STAMPING_SHOWINGS,
  type StampingSeen,
  type StampingShowing,
  showingOf,
  showingOfCopy,
} from "./shown-stamping.ts";
export { listSpecimenRefusals, mayReadSpecimen } from "./specimen.ts";
export {
  COPY_ACTS,
  COPY_STATES,
  type CopiesMoved,
  type CopyAct,
  type CopyState,
  decideCopies,
  HAND_OUT_WAYS,
  type HandOutWay,
  isStamped,
  listCopyActs,
  listUnaccounted,
  type StampedCopy,
  whenCameBack,
  whenReplaced,
  writeCopies,
} from "./stamped-copy.ts";
export {
  commandAtEnd,
  commandOfVerdict,
  decideLook,
  decideReport,
  decideRuling,
  holdsUp,
  isOfOtherPaper,
  isPhotographed,
  leastPhotoPixels,
  listCopies,
  listStampDebts,
  lookingRoles,
  mayDutiesSettle,
  mayRetake,
  maySpoil,
  type PhotoUse,
  type RulingEvidence,
  rulingRoles,
  STAMP_DEBTS,
  STAMP_REPORTS,
  STAMP_VERDICTS,
  type StampDebt,
  type StampReport,
  type StampVerdict,
  stampDebtNames,
  takesReport,
} from "./stamping.ts";
export {
  isDrawn,
  isInForce,
  listStandingRefusals,
  listTermFaults,
  type StandingState,
  type StandingTerms,
  type StandingUse,
  type TemplateReference,
  UNSEALED_USE_STATES,
  withoutSteps,
} from "./standing.ts";
export { starterCourse, starterCourseId } from "./starter-course.ts";
export { STARTER_SETS, type StarterSetId, starterRules, starterSetNames } from "./starter-rules.ts";
export { sealStateNames } from "./state-names.ts";
export {
  decideAddingReviewer,
  decideTransfer,
  type ReviewerPlace,
  stageBeside,
} from "./step-change.ts";
export {
  CHECK_KINDS,
  type CheckKind,
  checkKindNames,
  compareWithBook,
  drawPieces,
  listAnswerRefusals,
  listForDraw,
  listPieceConfirmers,
  needsOtherLooker,
  type PieceToConfirm,
} from "./storage-check.ts";
export {
  countUncovered,
  findWorstCondition,
  listCountRefusals,
  listDueRefusals,
  listOtherSealRefusals,
  listPaperRefusals,
  listReturnFreezes,
  listTakeOutRefusals,
  TAKE_OUT_ENDS,
  type TakeOutWanted,
} from "./take-out.ts";
export {
  REQUEST_TASKS,
  TASKS_ENDED_BY_WORD,
  TASKS_OF_A_PIECE,
  TASKS_OF_A_RETURN,
  TASKS_WITH_EVIDENCE,
  TASKS_WITH_WORDS,
} from "./task.ts";
export {
  compareWithTemplate,
  DIFFERENCE_KINDS,
  differsInWordsAlone,
  type FieldValue,
  followTemplate,
  type Passage,
  type TemplateComparison,
  type TemplateDifference,
  type TemplateFollowed,
} from "./template-comparison.ts";
export { listTemplateFaults } from "./template-faults.ts";
export { FIELD_FAULTS, FIELD_KINDS, type FieldFault, type FieldKind, isOpenDay, joinWords } from "./template-fields.ts";
export {
  findTemplateCandidates,
  indexTemplates,
  sketchTemplate,
  type TemplateCandidate,
  type TemplateIndex,
  type TemplateSketch,
} from "./template-index.ts";
export { readTemplate, type TemplateField, type TemplateMark, type TemplateText } from "./template-text.ts";
export {
  type AttemptFacts,
  type AttemptJudged,
  attemptsADay,
  COURSE_SECTIONS,
  type Course,
  type CourseQuestion,
  type CourseSection,
  courseSectionNames,
  judgeAttempt,
  listCourseRefusals,
} from "./training.ts";
export {
  findUnfinishedPlaces,
  listUncertainPlaces,
  UNFINISHED_KINDS,
  type UncertainFact,
  type UnfinishedKind,
  type UnfinishedPlace,
} from "./unfinished-places.ts";
export {
  applyUnitChange,
  endOfBody,
  type FateOfSeal,
  fateOfSeal,
  heirOf,
  listUnitChangeRefusals,
  MATTERS_ENDED_WITH_UNIT,
  makesRing,
  parentForUnitsBelow,
  type SealOfUnit,
  type UnitChange,
  type UnitChangeFacts,
  type UnitToChange,
  unitsAbove,
} from "./unit-change.ts";
export { listUnsaidPapers, type PaperHandedIn } from "./unsaid-papers.ts";
export {
  asksWhyPaper,
  copiesMost,
  handMost,
  listUseModeRefusals,
  listUseModes,
  type UseModeWanted,
} from "./use-mode.ts";
export { tellUsualTime, usualDays } from "./usual-time.ts";
export {
  isVendorLiving,
  judgeVendorSnapshot,
  mostStrokesBeyond,
  VENDOR_AUTHORISATION_STATES,
  VENDOR_MISMATCHES,
  type VendorAuthorisation,
  type VendorAuthorisationState,
  type VendorMismatch,
} from "./vendor-snapshot.ts";
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
  USE_MODES,
  type UseMode,
  useModeNames,
} from "./vocabulary.ts";
export { listRateWeakenings } from "./weakened-rates.ts";
export { listWeakenings } from "./weakened-route.ts";
export { listTableWeakenings } from "./weakened-tables.ts";
export { saysNearlyAll } from "./word-sketch.ts";
export {
  addDays,
  addMonths,
  addPeriod,
  addWorkingDays,
  daysBetween,
  endOfDay,
  isWorkingDay,
  type Period,
  plainCalendar,
  startOfDay,
  type WorkingCalendar,
} from "./working-days.ts";
