import type { Issue } from '@smsc/protocol';
import type { UnknownRecord } from '@smsc/protocol/adapter';
import type { PageEffect } from '../relay-protocol.ts';
import type { AllowedOperation } from './allowed-operation.ts';
import { effectOf, requestsStatus } from './checks/input.ts';

type Report = (path: string, message: string) => void;

/** Members that the messages of a list may have. */
const messageMembers: readonly string[] = ['to', 'text', 'comment', 'sender', 'utcOffset'];

/** Effects of the four methods that every page has. */
const usualEffects: Readonly<Record<string, PageEffect>> = {
  send: 'spends',
  cost: 'reads',
  status: 'reads',
  balance: 'reads',
};

const membersOf = ({ members = [] }: AllowedOperation): readonly string[] => members;
const setOf = ({ set = {} }: AllowedOperation): UnknownRecord => set;

/** Checks that the operation has the effect that pages expect under this name. */
function checkName(name: string, { operation }: AllowedOperation, report: Report): void {
  if (name === 'call') report('', 'has a reserved name: call is a method of the page');
  const usual = Object.hasOwn(usualEffects, name) ? usualEffects[name] : undefined;
  const effect = effectOf(operation);
  if (usual && usual !== effect)
    report(
      '',
      `is ${operation.name} with the effect ${effect}, but pages expect the effect ${usual} under this name`,
    );
}

/** Checks the lists `members` and `set` against the fields of the operation. */
function checkMemberLists(allowed: AllowedOperation, report: Report): void {
  const { operation } = allowed;
  const set = setOf(allowed);
  const hasField = (field: string): boolean => Object.hasOwn(operation.fields, field);
  for (const member of membersOf(allowed)) {
    if (!hasField(member) && !(hasField('messages') && messageMembers.includes(member)))
      report('.members', `has ${member}, which is not a member of ${operation.name}`);
    if (member === 'visitor') report('.members', 'cannot have visitor: the guard adds it');
    if (Object.hasOwn(set, member)) report('.members', `has ${member}, which is also in set`);
  }
  for (const member of Object.keys(set)) {
    if (!hasField(member)) report('.set', `has ${member}, which is not a member of ${operation.name}`);
    if (member === 'id') report('.set', 'cannot have id: each message has its own');
  }
}

/** Checks `anyId` and `show`. */
function checkResults({ operation, anyId, show }: AllowedOperation, name: string, report: Report): void {
  if (anyId !== undefined && !requestsStatus(operation))
    report('.anyId', `is for status requests, not for ${operation.name}`);
  if (name === 'status' && show && !(show as readonly string[]).includes('status'))
    report('.show', 'lacks status: settle() in the page needs it');
  if (operation.name === 'callWithCode' && !show)
    report(
      '.show',
      'is missing: without it the page would receive the code that only the owner of the number may know',
    );
}

/** Checks `maxParts` and `maxCost`. If one is set, the relay must be able to compute its value before it sends. */
function checkBounds(allowed: AllowedOperation, report: Report): void {
  const { operation, groups, maxParts, maxCost } = allowed;
  const members = membersOf(allowed);
  const set = setOf(allowed);
  if (maxCost !== undefined && !/^send(?:List)?$/.test(operation.name))
    report('.maxCost', `is for send and sendList, not for ${operation.name}`);
  if (maxParts !== undefined && groups)
    report('.maxParts', 'cannot be computed for groups: remove maxParts or groups');
  const mayBeCall = set['kind'] === 'voice' || members.includes('kind');
  if (!mayBeCall) return;
  const mayHave = (field: string): boolean => members.includes(field) || Object.hasOwn(set, field);
  if (maxParts !== undefined && (mayHave('files') || mayHave('fileUrl')))
    report('.maxParts', 'cannot be computed for calls that play a file: set a kind other than voice');
  // The gateway downloads the file twice: for the cost, and for the call. The second time, the URL could return a longer file.
  if (maxCost !== undefined && members.includes('fileUrl'))
    report(
      '.maxCost',
      'cannot be computed for calls that play a fileUrl of the page: set a kind other than voice',
    );
}

/** Checks an allowed operation against the operation itself. Returns the issues. */
export function checkAllowedOperation(name: string, allowed: AllowedOperation): readonly Issue[] {
  const issues: Issue[] = [];
  const report: Report = (path, message) => void issues.push({ path: `operations.${name}${path}`, message });
  checkName(name, allowed, report);
  checkMemberLists(allowed, report);
  checkResults(allowed, name, report);
  checkBounds(allowed, report);
  return issues;
}
