import { utf8 } from '../charsets/utf-8.ts';
import { type Check, checkShape } from '../core/checks.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { isObject, type UnknownRecord } from '../core/own-members.ts';
import { checkWebAddress } from '../params/text.ts';

/** Phone key of a menu item. The keys `*`, `#` and `0` are reserved for `back`, `restart` and `repeat`. */
export type VoiceMenuKey = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';

/** Action of a menu item: `say` reads a text out, `request` calls a URL of yours with the pressed keys. */
export type VoiceMenuAction = { readonly say: string } | { readonly request: string };

/** Menu items by key. */
export type VoiceMenuItems = { readonly [Key in VoiceMenuKey]?: VoiceMenuItem | undefined };

/** Menu item: its actions, in order, and its submenu. Needs at least one of the two. */
export interface VoiceMenuItem {
  readonly actions?: readonly VoiceMenuAction[] | undefined;
  readonly items?: VoiceMenuItems | undefined;
}

/** Menu that a call reads out. The subscriber navigates it with the keys of the phone. */
export interface VoiceMenu {
  /** Text before the menu. */
  readonly start?: string | undefined;
  /** Introduction of the menu, one line. */
  readonly text?: string | undefined;
  readonly items: VoiceMenuItems;
  /** Lets key `*` go back to the parent menu. Default: false. */
  readonly back?: boolean | undefined;
  /** Lets key `#` return to the start and read the menu again. Default: false. */
  readonly restart?: boolean | undefined;
  /** Lets key `0` read the chosen item again. Default: false. */
  readonly repeat?: boolean | undefined;
  /** Text after the menu. */
  readonly end?: string | undefined;
}

/** Maximum length of the whole text. Also limits the depth of a menu. Source: the gateway's page. */
const maxLength = 1000;

/** Optional commands of a menu, each with its line. */
const commands = [
  ['back', '*: back'],
  ['restart', '#: start'],
  ['repeat', '0: repeat'],
] as const;

const isAddress = (text: string): boolean => /^https?:\/\//i.test(text);

/**
 * Checks that the gateway reads a text unchanged. Braces and line breaks end parts of a menu, and spaces at the ends are
 * lost. The gateway documents no way to write braces, so this package rejects them.
 */
const checkSpoken =
  (lines: boolean): Check =>
  (value, at) => {
    if (!at.expect(typeof value === 'string' && value !== '', value, 'text')) return;
    const text = value as string;
    if (text.trim() !== text) at.addIssue('has blanks at its ends');
    if (/[{}]/.test(text)) at.addIssue('has a brace, which begins or ends a menu');
    if (/\r/.test(text) || (!lines && text.includes('\n'))) at.addIssue('has a line break');
  };

const checkAction: Check = (value, at) => {
  if (isObject(value) && Object.hasOwn(value, 'request')) {
    checkShape(value, at, {
      request: (address, place) => {
        checkWebAddress(address, place);
        checkSpoken(false)(address, place);
      },
    });
  } else {
    checkShape(value, at, {
      say: (text, place) => {
        checkSpoken(false)(text, place);
        if (typeof text === 'string' && isAddress(text)) place.addIssue('is an address; say request');
      },
    });
  }
};

/** Number of items that may still be checked. A menu with more items than characters cannot fit. */
interface Budget {
  items: number;
}

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

function checkItems(items: unknown, at: IssueContext, budget: Budget): void {
  if (!at.expect(isObject(items) && Object.keys(items).length > 0, items, 'items by their keys')) return;
  for (const [key, item] of Object.entries(items as UnknownRecord)) {
    const place = at.inside(`[${keys.includes(key) ? key : '?'}]`);
    if (!keys.includes(key)) place.addIssue('is not a key from 1 to 9');
    else if (item !== undefined && --budget.items >= 0) checkItem(item, place, budget);
  }
}

function checkItem(item: unknown, at: IssueContext, budget: Budget): void {
  checkShape(
    item,
    at,
    {},
    {
      actions: (actions, place) => {
        if (!Array.isArray(actions) || actions.length > maxLength)
          place.expect(false, actions, 'a list of actions');
        else for (const [index, action] of actions.entries()) checkAction(action, place.inside(`[${index}]`));
      },
      items: (items, place) => checkItems(items, place, budget),
    },
  );
  const { actions, items } = isObject(item) ? item : { actions: 0 };
  if (items === undefined && (actions === undefined || (Array.isArray(actions) && actions.length === 0)))
    at.addIssue('does nothing');
}

const written = (action: VoiceMenuAction): string => ('say' in action ? action.say : action.request);

/** Yields the lines of menu items. Each starts with the keys of its parent items and its own key. */
function* linesOf(items: VoiceMenuItems, above = ''): Generator<string> {
  for (const key of keys as VoiceMenuKey[]) {
    const item = items[key];
    if (item === undefined) continue;
    for (const action of item.actions ?? []) yield `${above}${key}: ${written(action)}`;
    if (item.items) yield* linesOf(item.items, above + key);
  }
}

/**
 * Writes a menu as the text of a call.
 *
 * @throws {InputError} lists all issues; also if the text is longer than 1000 characters
 *
 * @example
 * ```ts
 * await smsc.send({ kind: 'voice', to: '380501234567', text: renderVoiceMenu(menu) });
 * ```
 */
export function renderVoiceMenu(menu: VoiceMenu): string {
  const at = new IssueContext(utf8);
  const budget = { items: maxLength };
  const isFlag: Check = (value, place) =>
    void place.expect(typeof value === 'boolean', value, 'true or false');
  checkShape(
    menu,
    at,
    { items: (items, place) => checkItems(items, place, budget) },
    {
      start: checkSpoken(true),
      text: checkSpoken(false),
      back: isFlag,
      restart: isFlag,
      repeat: isFlag,
      end: checkSpoken(true),
    },
  );
  const tooLong = `does not fit ${maxLength} characters`;
  if (budget.items < 0) at.inside('items').addIssue(tooLong);
  throwIfIssues('renderVoiceMenu', at);
  const { start, text, items, end } = menu;
  const lines = [
    ...(start === undefined ? [] : [start]),
    `{menu:${text === undefined ? '' : ` ${text}`}`,
    ...linesOf(items),
    ...commands.filter(([name]) => menu[name]).map(([, line]) => line),
    '}',
    ...(end === undefined ? [] : [end]),
  ];
  const rendered = lines.join('\n');
  if (rendered.length > maxLength) at.addIssue(`${tooLong}: makes ${rendered.length}`);
  throwIfIssues('renderVoiceMenu', at);
  return rendered;
}

/** Menu item while it is parsed. */
interface OpenItem {
  actions?: VoiceMenuAction[];
  items?: Partial<Record<VoiceMenuKey, OpenItem>>;
}

/** Returns the item at a sequence of keys, and creates missing items. */
function itemAt(root: OpenItem, path: string): OpenItem {
  let item = root;
  for (const key of path as Iterable<string>) item = (item.items ??= {})[key as VoiceMenuKey] ??= {};
  return item;
}

/**
 * Reads the menu in the text of a call.
 *
 * @throws {InputError} if the text contains no menu, or a line is not part of one
 */
export function parseVoiceMenu(text: string): VoiceMenu {
  const at = new IssueContext(utf8);
  const [, start = '', inner, end = ''] =
    /^([^{}]*)\{menu:([^{}]*)\}([^{}]*)$/.exec(text.length > maxLength ? '' : text) ?? [];
  if (inner === undefined)
    at.addIssue(`expected a text of up to ${maxLength} characters with one {menu: …} in it`);
  const [title = '', ...lines] = (inner ?? '').split('\n').map((line) => line.trim());
  const root: OpenItem = {};
  const flags: Partial<Record<(typeof commands)[number][0], true>> = {};
  for (const [index, line] of lines.entries()) {
    const [, path, does] = /^([1-9]+): *(.+)$/.exec(line) ?? [];
    const command = commands.find(([, each]) => each.replace(' ', '') === line.replace(/ /g, ''));
    if (command) flags[command[0]] = true;
    else if (path !== undefined)
      (itemAt(root, path).actions ??= []).push(isAddress(does!) ? { request: does! } : { say: does! });
    else if (line !== '') at.inside(`[${index + 1}]`).addIssue('is no line of a menu');
  }
  if (inner !== undefined && root.items === undefined) at.addIssue('has no items');
  throwIfIssues('parseVoiceMenu', at);
  return {
    ...(start.trim() && { start: start.trim() }),
    ...(title && { text: title }),
    items: root.items ?? {},
    ...flags,
    ...(end.trim() && { end: end.trim() }),
  };
}
