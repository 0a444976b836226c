import { type Command, type CommandOutput, exitCodes, runCommand } from "./command.ts";

/** Commands are loaded when they are called, so that each starts with its own parts only. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  verify: async () => (await import("./verify.ts")).runVerify,
  seal: async () => (await import("./seal.ts")).runSeal,
  decisions: async () => (await import("./decisions.ts")).runDecisions,
  controller: async () => (await import("./controller.ts")).runController,
  ledger: async () => (await import("./ledger.ts")).runLedger,
};

const usage = {
  en: `Usage: chancery COMMAND
  verify FILE… [--trust FILE|DIR] [--at TIME] [--integrity-only] [--json]
      verify the seals of PDF files; works without a server
  seal IN.pdf --out OUT.pdf --key KEY.pem --cert CHAIN.pem [--image PNG|--face FACE.json] [--page N --x MM --y MM] [--json]
      seal with a key of your own (this is no seal of a platform)
  ledger check --url URL | verify PROOF [FILE] --key VKEY | key --url URL
      check a ledger, or a proof without network
  controller run --url URL --state FILE [--serial S --code CODE] [--records N] [--duplicate P] [--drop P] [--reconnect N] [--obey SECONDS] [--faulty P]
      a simulated seal controller: enrols with its pairing code, shows its six digits, and sends its journal; with --obey it
      carries out orders and presses what it is authorised for, with --faulty P wrongly at so many presses
  controller fleet --url URL --boxes FILE --folder FOLDER [as for run]
      many of them beside each other: a line of FILE is a serial number and a pairing code; each keeps itself in FOLDER
  decisions verify EVIDENCE… --key VKEY [--passkeys] [--json]
      check without network who decided on a seal use, and on what`,
  zh: `用法：chancery 命令
  verify 文件… [--trust 文件|目录] [--at 时间] [--integrity-only] [--json]
      验证 PDF 文件上的印章，无需服务器
  seal 输入.pdf --out 输出.pdf --key 私钥.pem --cert 证书链.pem [--image PNG|--face 印模.json] [--page 页 --x 毫米 --y 毫米] [--json]
      用自己的私钥盖章（不是平台印章）
  ledger check --url URL | verify 证明 [文件] --key VKEY | key --url URL
      核对账本，或离线核对证明
  controller run --url URL --state 文件 [--serial 序列号 --code 配对码] [--records 条数] [--duplicate 概率] [--drop 概率] [--reconnect 条数] [--obey 秒数] [--faulty 概率]
      模拟印控仪：用配对码注册，显示六位数字，并发送日志；加 --obey 则执行指令并按授权盖章，加 --faulty 概率 则部分盖章出现机械故障
  controller fleet --url URL --boxes 文件 --folder 目录 [选项同 run]
      同时模拟多台：文件每行为序列号和配对码，各设备的状态保存在目录中
  decisions verify 证据文件… --key VKEY [--passkeys] [--json]
      离线核对谁对用印作了决定、决定的是什么`,
} as const;

/** Finds the command the arguments name and runs it to its exit code. */
export async function runChancery(args: readonly string[], output: CommandOutput): Promise<number> {
  const [name, ...rest] = args;
  const say = usage[output.language];
  if (name === undefined) {
    output.err(say);
    return exitCodes.usage;
  }
  const asksForHelp = (word: string): boolean => word === "--help" || word === "-h";
  if (name === "help" || asksForHelp(name) || rest.some(asksForHelp)) {
    output.out(say);
    return exitCodes.ok;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    output.err(`command.unknown: ${name} (${Object.keys(commands).join(", ")}; --help)`);
    return exitCodes.usage;
  }
  return runCommand(await load(), rest, output);
}
