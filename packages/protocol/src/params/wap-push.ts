import type { Field } from '../core/field.ts';
import type { IssueContext } from '../core/issues.ts';
import type { UnknownRecord } from '../core/own-members.ts';
import { carried, checkTogether } from './message.ts';
import { asText, checkLine, checkWebAddress } from './text.ts';

/** The address. It travels before the title, behind a line break; the gateway makes a WAP push of the two. */
export const url: Field<string> = {
  params: ['mes', 'push'],
  check: checkWebAddress,
  encode: (value, { title }) => ({ mes: `${value}\n${String(title)}`, push: 1 }),
};

/** What the phone shows for the address: one line. */
export const title: Field<string> = /* @__PURE__ */ carried('mes', checkLine);

/** Complains when address and title are too long together. */
export function checkWapPush(input: UnknownRecord, at: IssueContext): void {
  if (asText(input['title']).trim() === '~~~')
    at.inside('title').addIssue('has a line ~~~, which begins a comment');
  checkTogether(input, ['url', '\n', 'title'], at);
}
