import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

/** A process that uses a ledger, as the operating system identifies it. */
export interface ProcessIdentity {
  /** Number of the current boot of the machine. 0 if the system does not report it. */
  readonly boot: number;
  /** Name of the namespace in which the process id is valid. Empty if the system has none. */
  readonly namespace: string;
  readonly pid: number;
  /** Start time of the process. A later process with the same id has another one. Empty if the system does not report it. */
  readonly started: string;
}

/** Functions that query the operating system. Tests replace them. */
export interface Host {
  readonly self: ProcessIdentity;
  /** Milliseconds since the machine was started. All processes of the machine read the same clock. */
  uptimeMs(): number;
  /** Returns the start time of a process, or `undefined` if there is no such process. */
  startOf(pid: number): string | undefined;
}

/** Reads a file of the operating system. Returns `undefined` if it does not exist. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Returns the number of the current boot: the first 48 bits of its random name. */
function readBoot(): number {
  const path = '/proc/sys/kernel/random/boot_id';
  const name = read(path);
  // Some sandboxes make up another name each time.
  if (!name || name !== read(path)) return 0;
  return Number.parseInt(name.replaceAll('-', '').slice(0, 12), 16) || 0;
}

/** Returns the name of the namespace. If Linux does not report it, the name is unique: process ids then prove nothing. */
function readNamespace(): string {
  if (process.platform !== 'linux') return '';
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return randomUUID();
  }
}

/** Returns true if a process exists. Signal 0 only checks this. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Returns the start time of a process. A process that has ended but still has an entry is not running. */
function startOf(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return isRunning(pid) ? '' : undefined;
  // The name of the program is in parentheses and may contain spaces. State and start time are fields 3 and 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : (fields[19] ?? '');
}

/** Describes this process and its machine. */
export const createHost = (): Host => ({
  self: {
    boot: readBoot(),
    namespace: readNamespace(),
    pid: process.pid,
    started: startOf(process.pid) ?? '',
  },
  uptimeMs: () => Number(process.hrtime.bigint() / 1_000_000n),
  startOf,
});

/** An owner's row: one opened ledger. */
export interface OwnerRow extends ProcessIdentity {
  readonly id: number;
  /** Uptime of the latest sign of life, in milliseconds. */
  readonly heartbeat: number;
}

/**
 * Judges an owner:
 *
 * - `dead`: its process is gone, or the machine has been started again.
 * - `silent`: it gave no sign of life for the length of a lease. It may still run, or run again later.
 */
export function judge(row: OwnerRow, host: Host, leaseMs: number): 'alive' | 'silent' | 'dead' {
  const { self } = host;
  if (row.boot !== self.boot) return 'dead';
  if (row.namespace === self.namespace) {
    const started = host.startOf(row.pid);
    if (started === undefined || (started !== row.started && started !== '' && row.started !== ''))
      return 'dead';
  }
  const silentMs = host.uptimeMs() - row.heartbeat;
  // A sign of life in the future comes from before a restart that could not be recognized otherwise.
  return silentMs < 0 || silentMs > leaseMs ? 'silent' : 'alive';
}
