import type { Field } from '../core/field.ts';
import type { IssueContext } from '../core/issues.ts';
import type { UnknownRecord } from '../core/own-members.ts';
import { carried, checkTogether } from './message.ts';
import { asText, checkLine, checkWebAddress } from './text.ts';

/** URL of a WAP push. Sent before the title in `mes`, with a line break between the two. */
export const url: Field<string> = {
  params: ['mes', 'push'],
  check: checkWebAddress,
  encode: (value, { title }) => ({ mes: `${value}\n${String(title)}`, push: 1 }),
};

/** Title that the phone shows for the URL: one line. */
export const title: Field<string> = /* @__PURE__ */ carried('mes', checkLine);

/** Adds an issue if URL and title are too long together, or if the title would start a comment. */
export function checkWapPush(input: UnknownRecord, at: IssueContext): void {
  if (asText(input['title']).trim() === '~~~')
    at.inside('title').addIssue('has a line ~~~, which starts a comment');
  checkTogether(input, ['url', '\n', 'title'], at);
}
