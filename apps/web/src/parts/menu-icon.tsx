import AlertOutlined from "@ant-design/icons/AlertOutlined";
import ApartmentOutlined from "@ant-design/icons/ApartmentOutlined";
import AuditOutlined from "@ant-design/icons/AuditOutlined";
import BarChartOutlined from "@ant-design/icons/BarChartOutlined";
import BellOutlined from "@ant-design/icons/BellOutlined";
import BookOutlined from "@ant-design/icons/BookOutlined";
import CarryOutOutlined from "@ant-design/icons/CarryOutOutlined";
import CopyOutlined from "@ant-design/icons/CopyOutlined";
import ExperimentOutlined from "@ant-design/icons/ExperimentOutlined";
import ExportOutlined from "@ant-design/icons/ExportOutlined";
import FileDoneOutlined from "@ant-design/icons/FileDoneOutlined";
import FileOutlined from "@ant-design/icons/FileOutlined";
import IdcardOutlined from "@ant-design/icons/IdcardOutlined";
import ImportOutlined from "@ant-design/icons/ImportOutlined";
import InboxOutlined from "@ant-design/icons/InboxOutlined";
import LockOutlined from "@ant-design/icons/LockOutlined";
import PartitionOutlined from "@ant-design/icons/PartitionOutlined";
import ProfileOutlined from "@ant-design/icons/ProfileOutlined";
import ReadOutlined from "@ant-design/icons/ReadOutlined";
import RetweetOutlined from "@ant-design/icons/RetweetOutlined";
import SafetyCertificateOutlined from "@ant-design/icons/SafetyCertificateOutlined";
import SettingOutlined from "@ant-design/icons/SettingOutlined";
import SolutionOutlined from "@ant-design/icons/SolutionOutlined";
import SwapOutlined from "@ant-design/icons/SwapOutlined";
import TagsOutlined from "@ant-design/icons/TagsOutlined";
import TeamOutlined from "@ant-design/icons/TeamOutlined";
import UserOutlined from "@ant-design/icons/UserOutlined";
import WarningOutlined from "@ant-design/icons/WarningOutlined";
import type { ReactElement } from "react";
import type { MenuIcon as MenuIconName } from "../page.ts";
import { ControllerIcon, ProofIcon, SealIcon } from "./icons.tsx";

const ICONS: Readonly<Record<MenuIconName, ReactElement>> = {
  overview: <BarChartOutlined aria-hidden />,
  inbox: <InboxOutlined aria-hidden />,
  requests: <FileOutlined aria-hidden />,
  standing: <SafetyCertificateOutlined aria-hidden />,
  emergency: <AlertOutlined aria-hidden />,
  matters: <SolutionOutlined aria-hidden />,
  tasks: <CarryOutOutlined aria-hidden />,
  seals: <SealIcon />,
  custody: <SwapOutlined aria-hidden />,
  containers: <LockOutlined aria-hidden />,
  alarms: <BellOutlined aria-hidden />,
  controllers: <ControllerIcon />,
  takeOuts: <ExportOutlined aria-hidden />,
  training: <ReadOutlined aria-hidden />,
  checks: <AuditOutlined aria-hidden />,
  findings: <WarningOutlined aria-hidden />,
  forms: <ProfileOutlined aria-hidden />,
  rotation: <RetweetOutlined aria-hidden />,
  ruleBook: <ProfileOutlined aria-hidden />,
  rulesOfUse: <PartitionOutlined aria-hidden />,
  templates: <CopyOutlined aria-hidden />,
  documentClasses: <TagsOutlined aria-hidden />,
  positions: <TeamOutlined aria-hidden />,
  import: <ImportOutlined aria-hidden />,
  specimens: <IdcardOutlined aria-hidden />,
  registers: <BookOutlined aria-hidden />,
  ledger: <ProofIcon />,
  verify: <FileDoneOutlined aria-hidden />,
  organisation: <ApartmentOutlined aria-hidden />,
  lab: <ExperimentOutlined aria-hidden />,
  settings: <SettingOutlined aria-hidden />,
  account: <UserOutlined aria-hidden />,
};

/** The icon of a place in the menu. */
export function MenuIcon(props: { name: MenuIconName }): ReactElement {
  return ICONS[props.name];
}
