import { estimate, type Issue } from '@smsc/protocol';
import type { Field, UnknownRecord } from '@smsc/protocol/adapter';
import type { AllowedOperation } from '../allowed-operation.ts';
import { messagesOf } from './list-messages.ts';
import { onePerPart, withoutPrototype } from './size.ts';

/**
 * Yields the members of an input that hold recipients, each with its path. Finds them by their gateway parameter, because in
 * date ranges `to` is a date.
 */
function* recipientLists(
  { fields }: AllowedOperation['operation'],
  input: UnknownRecord,
): Iterable<readonly [path: string, recipients: unknown]> {
  for (const [index, { to }] of messagesOf(input).entries())
    if (to !== undefined) yield [`messages[${index}].to`, to];
  for (const [name, { params }] of Object.entries<Field<unknown>>(fields)) {
    if (params.some((param) => /^phones?$/.test(param)) && input[name] !== undefined && name !== 'messages')
      yield [name, input[name]];
  }
}

/** Maximum number of issues, as in `@smsc/protocol`. */
const maxIssues = 100;

/** Returns a kind of message that accepts the recipients. Only e-mail and Telegram have recipients other than numbers. */
function kindOf(recipients: unknown, kind: unknown): string {
  if (kind === undefined && typeof recipients === 'string' && recipients.includes('@')) return 'email';
  return /^(?:email|telegram-\w+)$/.test(String(kind)) ? String(kind) : 'sms';
}

/**
 * Finds phone numbers that cannot exist. The gateway would reject them. After a few rejections the client pauses all requests,
 * because the gateway blocks an account that causes many errors.
 */
export function findInvalidNumbers(
  operation: AllowedOperation['operation'],
  input: UnknownRecord,
): readonly Issue[] {
  const issues: Issue[] = [];
  for (const [path, to] of recipientLists(operation, input)) {
    const message = withoutPrototype({ kind: kindOf(to, input['kind']), to, text: '1' });
    const { unpriced } = estimate(message, onePerPart, withoutPrototype());
    for (const { index, reason } of unpriced) {
      if (reason === 'invalid-number')
        issues.push({
          path: Array.isArray(to) ? `${path}[${index}]` : path,
          message: 'is not a possible phone number',
        });
    }
    if (issues.length >= maxIssues) break;
  }
  return issues.slice(0, maxIssues);
}
