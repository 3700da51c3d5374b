import { check, type Operation, send } from '@smsc/protocol';
import { endpoints } from '../../../packages/protocol/test/endpoints.ts';
import { operations } from '../../../packages/protocol/test/operations.ts';
import requests from '../../../packages/protocol/test/vectors/requests.json' with { type: 'json' };
import { password, phone, text } from '../src/marks.ts';

type AnyOperation = Operation<unknown, unknown>;

const isNumber = (value: unknown): boolean => typeof value === 'string' && /^\+?[\d ()-]{11,20}$/.test(value);

/** An input with marks for whom, what and with which password. */
function withMarks(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => withMarks(each, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withMarks(member, name)]));
  if (isNumber(value) && /^(?:to|phones?)$/.test(key)) return phone.value;
  if (typeof value === 'string' && /^(?:text|comment|subject|notes|info|title)$/.test(key)) return text.value;
  if (typeof value === 'string' && /password$/i.test(key)) return password.value;
  return value;
}

/** An input and its operation. */
export interface Sample {
  readonly operation: AnyOperation;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Inputs as the sources show them, marked as far as the operation takes them so. Every operation is there. */
export const samples: readonly Sample[] = [
  ...Object.values(endpoints).flatMap((each) => each.requests),
  ...requests.vectors,
].flatMap(({ operation: name, input }) => {
  const operation = operations[name]!;
  const marked = withMarks(input) as Sample['input'];
  return check(operation, marked).length === 0 ? [{ operation, input: marked }] : [];
});

/** One sample of each operation. */
export const oneOfEach: readonly Sample[] = [
  ...new Map(samples.map((sample) => [sample.operation.name, sample])).values(),
];

const picture = { name: 'picture.png', content: new TextEncoder().encode(text.value) };

/** Messages of every kind, one with a file. */
export const messages: readonly Sample[] = [
  ...samples.filter(({ operation }) => operation === (send as unknown)),
  {
    operation: operations['send']!,
    input: { kind: 'mms', to: phone.value, text: text.value, files: [picture] },
  },
];

/** A few of those that ask, and a message: each effect, and each way of writing a body. */
export const few: readonly Sample[] = [
  ...oneOfEach.filter(({ operation }) =>
    ['balance', 'status', 'history', 'changeContact', 'addSubAccount', 'downloadFile', 'sendList'].includes(
      operation.name,
    ),
  ),
  ...messages.slice(-2),
];
