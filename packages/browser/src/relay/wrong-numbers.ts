import { estimate, type Issue } from '@smsc/protocol';
import type { Field, UnknownRecord } from '@smsc/protocol/adapter';
import { messagesOf } from './messages.ts';
import type { AllowedOperation } from './offer.ts';
import { bare, one } from './size.ts';

/** Recipients, each list with its place in the input. A `to` that is a day is none. */
function* placesOf(
  { fields }: AllowedOperation['operation'],
  input: UnknownRecord,
): Iterable<readonly [path: string, recipients: unknown]> {
  for (const [at, { to }] of messagesOf(input).entries())
    if (to !== undefined) yield [`messages[${at}].to`, to];
  for (const [name, { params }] of Object.entries<Field<unknown>>(fields)) {
    if (params.some((param) => /^phones?$/.test(param)) && input[name] !== undefined && name !== 'messages')
      yield [name, input[name]];
  }
}

/** Most complaints, as in the protocol. */
const mostIssues = 100;

/** Of the kinds of messages those that go to more than numbers. */
const kindOf = (recipients: unknown, kind: unknown): string =>
  kind === undefined && typeof recipients === 'string' && recipients.includes('@')
    ? 'email'
    : /^(?:email|telegram-\w+)$/.test(String(kind))
      ? String(kind)
      : 'sms';

/**
 * Numbers that look like numbers and are none. The gateway would refuse them; but after a few the client stops for a while,
 * for everyone, since whoever errs often is shut out.
 */
export function wrongNumbersOf(
  operation: AllowedOperation['operation'],
  input: UnknownRecord,
): readonly Issue[] {
  const issues: Issue[] = [];
  for (const [path, to] of placesOf(operation, input)) {
    const { unpriced } = estimate(bare({ kind: kindOf(to, input['kind']), to, text: '1' }), one, bare());
    for (const { index, reason } of unpriced) {
      if (reason === 'wrong-number')
        issues.push({
          path: Array.isArray(to) ? `${path}[${index}]` : path,
          message: 'is no number that there can be',
        });
    }
    if (issues.length >= mostIssues) break;
  }
  return issues.slice(0, mostIssues);
}
