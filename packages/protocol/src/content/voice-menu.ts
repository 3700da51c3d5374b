import { utf8 } from '../charsets/utf-8.ts';
import { type Check, checkFlag, checkShape } from '../core/checks.ts';
import { IssueContext, throwIfIssues } from '../core/issues.ts';
import { isObject, type UnknownRecord } from '../core/own-members.ts';
import { checkWebAddress } from '../params/text.ts';

/** Phone key of a menu item. The keys `*`, `#` and `0` are reserved for `back`, `restart` and `repeat`. */
export type VoiceMenuKey = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';

/** Action of a menu item: `say` reads a text out, `request` calls a URL of yours with the pressed keys. */
export type VoiceMenuAction =
  | {
      /** Text to read out, one line. */
      readonly say: string;
    }
  | {
      /** URL to request, with `http` or `https`. */
      readonly request: string;
    };

/** Menu items by key. */
export type VoiceMenuItems = { readonly [Key in VoiceMenuKey]?: VoiceMenuItem | undefined };

/** Menu item: its actions, in order, and its submenu. Needs at least one of the two. */
export interface VoiceMenuItem {
  /** Texts to read out and URLs to request, in order. At most 1000. */
  readonly actions?: readonly VoiceMenuAction[] | undefined;
  /** Items of the submenu, by key. */
  readonly items?: VoiceMenuItems | undefined;
}

/** Menu that a call reads out. The subscriber navigates it with the keys of the phone. */
export interface VoiceMenu {
  /** Text before the menu. */
  readonly start?: string | undefined;
  /** Introduction of the menu, one line. */
  readonly text?: string | undefined;
  /** Items of the menu, by key. At least one. */
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

/** Optional commands of a menu, each with the line that adds the command. */
const commands = [
  ['back', '*: back'],
  ['restart', '#: start'],
  ['repeat', '0: repeat'],
] as const;

const isAddress = (text: string): boolean => /^https?:\/\//i.test(text);

/**
 * Checks a text of a menu. Braces and line breaks would end a part of the menu, and spaces at the start or end would be
 * lost. The gateway does not document how to escape braces, so this package rejects them.
 */
const checkSpoken =
  (lines: boolean): Check =>
  (value, at) => {
    if (!at.expect(typeof value === 'string' && value !== '', value, 'text')) return;
    const text = value as string;
    if (text.trim() !== text) at.addIssue('starts or ends with a space or a line break; trim the text');
    if (/[{}]/.test(text)) at.addIssue('contains `{` or `}`, which voice menus reserve; remove it');
    if (/\r/.test(text)) at.addIssue('contains a carriage return; write line breaks as \\n');
    if (!lines && text.includes('\n')) at.addIssue('contains a line break; write one line');
  };

const checkAction: Check = (value, at) => {
  if (isObject(value) && Object.hasOwn(value, 'request')) {
    checkShape(value, at, {
      request: (url, urlAt) => {
        checkWebAddress(url, urlAt);
        checkSpoken(false)(url, urlAt);
      },
    });
  } else {
    checkShape(value, at, {
      say: (text, textAt) => {
        checkSpoken(false)(text, textAt);
        if (typeof text === 'string' && isAddress(text))
          textAt.addIssue('is a URL, so the gateway would request it and say nothing; use `request`');
      },
    });
  }
};

/**
 * Number of items that may still be checked. Starts at the maximum length of the text, because each item takes at least
 * one character.
 */
interface Budget {
  items: number;
}

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

function checkItems(items: unknown, at: IssueContext, budget: Budget): void {
  if (
    !at.expect(
      isObject(items) && Object.keys(items).length > 0,
      items,
      'an object with at least one menu item',
    )
  )
    return;
  for (const [key, item] of Object.entries(items as UnknownRecord)) {
    if (!keys.includes(key)) at.inside('[?]').addIssue('is not a key from 1 to 9');
    else if (item !== undefined && --budget.items >= 0) checkItem(item, at.inside(`[${key}]`), budget);
  }
}

function checkItem(item: unknown, at: IssueContext, budget: Budget): void {
  checkShape(
    item,
    at,
    {},
    {
      actions: (actions, actionsAt) => {
        if (!Array.isArray(actions) || actions.length > maxLength)
          actionsAt.expect(false, actions, `an array of at most ${maxLength} actions`);
        else
          for (const [index, action] of actions.entries())
            checkAction(action, actionsAt.inside(`[${index}]`));
      },
      items: (items, itemsAt) => checkItems(items, itemsAt, budget),
    },
  );
  if (isObject(item) && isEmptyItem(item)) at.addIssue('requires actions or items');
}

const isEmptyItem = ({ actions, items }: UnknownRecord): boolean =>
  items === undefined && (actions === undefined || (Array.isArray(actions) && actions.length === 0));

const spokenOrRequested = (action: VoiceMenuAction): string =>
  'say' in action ? action.say : action.request;

/** Yields the lines of menu items. Each line starts with the keys of the parent items and the key of the item. */
function* linesOf(items: VoiceMenuItems, above = ''): Generator<string> {
  for (const key of keys as VoiceMenuKey[]) {
    const item = items[key];
    if (item === undefined) continue;
    for (const action of item.actions ?? []) yield `${above}${key}: ${spokenOrRequested(action)}`;
    if (item.items) yield* linesOf(item.items, above + key);
  }
}

/**
 * Writes a menu as the text of a call.
 *
 * @throws {InputError} with all issues, such as a text of more than 1000 characters
 *
 * @example
 * ```ts
 * await smsc.send({ kind: 'voice', to: '380501234567', text: renderVoiceMenu(menu) });
 * ```
 */
export function renderVoiceMenu(menu: VoiceMenu): string {
  const at = new IssueContext(utf8);
  const budget = { items: maxLength };
  checkShape(
    menu,
    at,
    { items: (items, itemsAt) => checkItems(items, itemsAt, budget) },
    {
      start: checkSpoken(true),
      text: checkSpoken(false),
      back: checkFlag,
      restart: checkFlag,
      repeat: checkFlag,
      end: checkSpoken(true),
    },
  );
  if (budget.items < 0) at.inside('items').addIssue(`take more than ${maxLength} characters of text`);
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
  if (rendered.length > maxLength)
    at.addIssue(`takes ${rendered.length} characters of text; at most ${maxLength} fit`);
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

/** Flags of a menu: the commands that it offers. */
type Flags = Partial<Record<(typeof commands)[number][0], true>>;

/** Adds one trimmed line to the menu. Returns false if the line is not part of a menu. */
function addLine(line: string, root: OpenItem, flags: Flags): boolean {
  if (line === '') return true;
  const command = commands.find(([, text]) => text.replace(' ', '') === line.replace(/ /g, ''));
  if (command) {
    flags[command[0]] = true;
    return true;
  }
  const match = /^([1-9]+): *(.+)$/.exec(line);
  if (match === null) return false;
  const [, path, content] = match as unknown as [string, string, string];
  (itemAt(root, path).actions ??= []).push(isAddress(content) ? { request: content } : { say: content });
  return true;
}

/** Matches one menu, with the texts before, inside and after its braces. */
const menuPattern = /^([^{}]*)\{menu:([^{}]*)\}([^{}]*)$/;

/**
 * Reads the menu in the text of a call.
 *
 * @throws {InputError} if the text contains no menu or more than one, or a line is not part of a menu
 */
export function parseVoiceMenu(text: string): VoiceMenu {
  const at = new IssueContext(utf8);
  const match = text.length > maxLength ? null : menuPattern.exec(text);
  if (match === null)
    at.addIssue(`expected a text of at most ${maxLength} characters that contains exactly one {menu: …}`);
  throwIfIssues('parseVoiceMenu', at);
  const [, before, inner, after] = match as unknown as [string, string, string, string];
  const [start, end] = [before.trim(), after.trim()];
  const [title, ...lines] = inner.split('\n').map((line) => line.trim()) as [string, ...string[]];
  const root: OpenItem = {};
  const flags: Flags = {};
  for (const [index, line] of lines.entries())
    if (!addLine(line, root, flags))
      at.inside(`[${index + 1}]`).addIssue('expected a line such as `1: text`, `*: back` or `0: repeat`');
  if (root.items === undefined) at.addIssue('expected at least one menu item, such as `1: text`');
  throwIfIssues('parseVoiceMenu', at);
  return {
    ...(start && { start }),
    ...(title && { text: title }),
    items: root.items!,
    ...flags,
    ...(end && { end }),
  };
}
